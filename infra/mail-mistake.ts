import { senderParts } from './sender.ts';
import type { StageSettings } from './stage.ts';

/** What is wrong between the settings of mail that are each right by themselves; undefined when nothing is. */
export function mailMistake({ mode, sandbox, sender, identity, mailFrom }: StageSettings['mail']): string | undefined {
  if (sandbox && mode === 'live')
    return 'mail.mode is "live" while mail.sandbox is true: from its sandbox SES writes to verified addresses only';
  if (mailFrom === undefined) return undefined;
  if (identity !== 'domain')
    return `mail.mailFrom is set while mail.identity is "${identity}": only a domain that this stage verifies has one`;
  if (!mailFrom.endsWith(`.${senderParts(sender)?.domain}`))
    return 'mail.mailFrom must be a name below the domain of mail.sender';
  return undefined;
}
