import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { expect, test } from 'vitest';
import type { MailKind } from '#shared/domain/mail-kinds.ts';
import { renderMail } from '#shared/mail/render-mail.ts';
import { MAIL_SAMPLES } from '#tools/mail-samples.ts';

const SAMPLES = Object.entries(MAIL_SAMPLES).flatMap(([kind, views]) =>
  Object.entries(views).map(([name, view]) => [`${kind} ${name}`, renderMail(kind as MailKind, view), view] as const),
);

test.each(SAMPLES)('%s is laid out in columns of text: 72 wide, but for addresses', (_, { text }) => {
  expect(text.split('\n').filter((line) => line.length > 72 && !line.includes('https://'))).toEqual([]);
  expect(text).not.toMatch(/\n{3}|[ \t]\n(?!Questions|You get|\n*$)/);
});

test.each(SAMPLES)('%s has a subject that inboxes show, and a preview behind it', (_, { subject, preview }) => {
  expect([...subject].length).toBeLessThanOrEqual(120);
  expect([...preview].length).toBeGreaterThan(20);
  expect([...preview].length).toBeLessThanOrEqual(200);
});

test.each(SAMPLES)('%s holds nothing that was not filled in', (_, { subject, html, text }) => {
  for (const body of [subject, html, text]) expect(body).not.toMatch(/\{\{|undefined|\[object|NaN|Invalid Date/);
});

test.each(SAMPLES)('%s loads nothing, and is far from what Gmail cuts off', (_, { html }) => {
  expect(html).not.toMatch(/<img|<link|<script|<iframe|url\(|@import|src=/i);
  expect(Buffer.byteLength(html)).toBeLessThan(30_000);
});

test.each(SAMPLES)('%s is HTML that a parser need not mend', (_, { html }) => {
  const errors: string[] = [];
  parse(html, { onParseError: ({ code }) => errors.push(code) });
  expect(errors).toEqual([]);
});

test.each(SAMPLES)(
  '%s has its looks inline, too: a paragraph or a cell without a size is Times in Outlook',
  (_, { html }) => {
    const bare: string[] = [];
    const walk = (node: DefaultTreeAdapterTypes.Node) => {
      if ('tagName' in node && ['p', 'h1', 'h2', 'h3', 'h4', 'ul', 'ol', 'a'].includes(node.tagName)) {
        if (!node.attrs.some(({ name }) => name === 'style')) bare.push(node.tagName);
      }
      if ('childNodes' in node) node.childNodes.forEach(walk);
    };
    walk(parse(html));
    expect(bare).toEqual([]);
  },
);
