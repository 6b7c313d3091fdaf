import { isOrganiserKind, MAIL_RULES, type MailKind } from '#shared/domain/mail-kinds.ts';
import type { Foot, Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { oneLine } from './subject.ts';

/** What stands below the mail. The organiser is told nothing of a registration, nor to ask the organiser. */
export function footOf(kind: MailKind, { why }: Letter, { site, event, links }: MailView): Foot {
  const ask = `Questions? Reply to this mail: your answer goes to ${oneLine(event.organiser.name)}.`;
  const stop = { label: 'Stop reminders, news and surveys about this event', url: links.stop };
  const privacy = { label: 'How your data is used', url: `${site.url}/privacy` };
  return {
    lines: [...(isOrganiserKind(kind) ? [] : [ask]), why, `Sent by ${site.name}, ${new URL(site.url).host}.`],
    links: [...(MAIL_RULES[kind].stoppedByMute ? [stop] : []), ...(isOrganiserKind(kind) ? [] : [privacy])],
  };
}
