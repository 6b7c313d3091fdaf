import MailComposer from 'nodemailer/lib/mail-composer';
import { keyedHash } from '#shared/domain/address.ts';
import { bareAddress, readMailbox } from './mailbox.ts';
import type { Mail } from './mailer.ts';
import { oneLine } from './subject.ts';

export type MimeFields = Pick<Mail, 'from' | 'to' | 'replyTo' | 'subject' | 'html' | 'text' | 'headers' | 'calendar'>;

/**
 * The mail as raw MIME (RFC 5322): text, HTML and calendar as alternatives, which Gmail and Outlook draw as an
 * invitation, and the file attached for everybody else. The same fields make the same bytes. Without Date and
 * Message-ID: SES sets its own. Throws on an address or a header name that is none, so that nothing typed by anybody
 * can add a header or a recipient.
 */
export async function mimeOf({ from, to, replyTo, subject, html, text, headers, calendar }: MimeFields) {
  const message = new MailComposer({
    from: readMailbox(from),
    to: { name: '', address: bareAddress(to) },
    replyTo: { name: '', address: bareAddress(replyTo) },
    subject: oneLine(subject),
    text,
    html,
    headers: Object.entries(headers).map(([key, value]) => ({ key: headerName(key), value: oneLine(value) })),
    ...(calendar && { icalEvent: { method: calendar.method, content: calendar.ics, filename: 'invite.ics' } }),
    ...PLACEHOLDERS,
    // No part can hold its own hash, and so no part can end itself.
    baseBoundary: keyedHash('boundary', subject, text, html, calendar?.ics ?? ''),
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'win',
  }).compile();
  return withoutPlaceholders(await message.build());
}

/** The composer would put the clock and chance in here. */
const PLACEHOLDERS = { date: 'placeholder', messageId: '<placeholder>' };

function withoutPlaceholders(message: Buffer): Uint8Array {
  const end = message.indexOf('\r\n\r\n');
  const lines = message.subarray(0, end).toString().split('\r\n');
  const kept = lines.filter((line) => !/^(?:Date|Message-ID):/.test(line)).join('\r\n');
  return Buffer.concat([Buffer.from(kept), message.subarray(end)]);
}

/** Headers that say who, when and what are fields of their own. */
const OURS =
  /^(from|sender|to|cc|bcc|reply-to|subject|date|message-id|return-path|mime-version|received|content-.*|resent-.*)$/i;

function headerName(name: string): string {
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name) || OURS.test(name))
    throw new Error(`Not a header to add: ${JSON.stringify(name)}`);
  return name;
}
