import { keys } from '#shared/store/keys.ts';
import type { Item } from '#shared/store/table.ts';
import { BY_ANSWER, choseAnother } from './choices.ts';
import type { History } from './history.ts';
import { confirmedSince, gapOf, type Ref } from './promised.ts';
import { isSame, isSent, type Schedules, SLACK, scheduleIn, stateOf } from './schedules.ts';

/** A skip is decided at most so long before it is written, milliseconds. */
const DECIDED_WITHIN = 30_000;

/** Whether the reason for which a mail is skipped is true of the row it was written with, or of its event just before. */
export function isJustified(
  { reason, ref, row, now }: { reason: string; ref: Ref; row: Item; now: number },
  past: History,
  told: Schedules,
): boolean {
  const { eventId, campaign: campaignId, occasion } = ref;
  const key = keys.event(eventId);
  const events = (is: (event: Item) => boolean) =>
    past.everSince(key, now - DECIDED_WITHIN, (item) => item !== undefined && is(item));
  if (reason.startsWith('registration-')) return reason === `registration-${row.status}`;
  if (reason.startsWith('event-')) return events(({ state }) => reason === `event-${state}`);
  switch (reason) {
    case 'moved':
      return /^s\d+$/.test(occasion) && Number(row.addressRevision) > 1;
    case 'muted':
      return row.muted === true;
    case 'bounced':
      return row.bounced === true;
    case 'over-budget':
      return row.overBudget === occasion;
    case 'first-mail-dropped':
      return row.overBudget !== undefined && row.source === 'form';
    case 'mailbox-full':
      return row.beyondCap === true;
    case 'superseded':
      if (campaignId === 'confirm-address') return row.confirmBy === undefined;
      if (campaignId === 'new-address') return row.newEmail === undefined;
      // Whoever objected, and was heard, has been told.
      if (campaignId === 'address-moved') return !Object.hasOwn((row.left ?? {}) as object, occasion);
      if (/^a\d+$/.test(occasion)) return occasion !== `a${row.admissions}`;
      return events(
        ({ startRevision, scheduleRevision }) => ![`s${startRevision}`, `r${scheduleRevision}`].includes(occasion),
      );
    case 'not-in-audience':
      return row.status !== 'confirmed' || (campaignId === BY_ANSWER && choseAnother(past, ref, now - DECIDED_WITHIN));
    case 'campaign-off':
      return past.everSince(
        keys.campaign(eventId, campaignId),
        now - DECIDED_WITHIN,
        (item) => item?.state === 'draft',
      );
    case 'told-already':
      // How to join is looked at in the end.
      if (/^s\d+$/.test(occasion)) return true;
      return told.lastTold(ref).some(({ shown }) => events((event) => isSame(shown.schedule, scheduleIn(event))));
    case 'registered-late':
    case 'covered-by-notice':
      return isTooNear(reason, { ref, row }, past, told);
    default:
      // Too late is looked at elsewhere; what is held is dropped by a person.
      return reason === 'expired' || reason === 'dropped';
  }
}

/** Whether a reminder comes so shortly after the person got their place, or a notice, that it says nothing new. */
function isTooNear(
  reason: 'registered-late' | 'covered-by-notice',
  { ref, row }: { ref: Ref; row: Item },
  past: History,
  told: Schedules,
): boolean {
  const { eventId, registrationId, campaign: campaignId, occasion } = ref;
  const [event, campaign] = [past.latest(keys.event(eventId)), past.latest(keys.campaign(eventId, campaignId))];
  const firedAt = Number(past.latest(keys.run(eventId, campaignId, occasion))?.firedAt) * 1000;
  if (!event || campaign?.kind !== 'reminder') return false;
  const gap = gapOf(campaign, event, firedAt) + SLACK;
  if (reason === 'registered-late') {
    const since = confirmedSince(past, keys.registration(eventId, registrationId));
    return since !== undefined && firedAt - since < gap;
  }
  const edit = told.editOf(eventId);
  const notice = stateOf(row, `change@r${event.scheduleRevision}`);
  return edit?.moves === true && Math.abs(firedAt - edit.due) < gap + SLACK && isSent(notice);
}
