import * as z from 'zod';
import { MAIL_KINDS } from '#shared/domain/mail-kinds.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Fate } from '#shared/domain/release-unsent.ts';
import { instantAt } from '#shared/domain/time.ts';
import { UNSENT_STATES } from '#shared/domain/unsent.ts';
import type { MailNames } from './mail-names.ts';

const Count = z.int().min(0);

/** How a mail is named: by its kind, and its campaign where it has one. */
const Named = { mail: z.enum([...MAIL_KINDS, 'campaign']), campaignId: z.string().optional() };

/** So many mails of one kind for one reason: how many a release would send, and why not the others. */
export const UnsentCount = z
  .object({ ...Named, reason: z.string(), count: Count, releasable: Count, left: z.record(z.string(), Count) })
  .meta({ id: 'UnsentCount' });
type UnsentCount = z.infer<typeof UnsentCount>;

/** One mail that did not go. */
const UnsentMail = z.object({
  ...Named,
  occasion: z.string(),
  reason: z.string(),
  at: z.iso.datetime(),
  broughtBy: z.string().optional(),
  releasable: z.boolean(),
  because: z.string().optional(),
});

/** Somebody whose mails did not go. */
export const UnsentPerson = z
  .object({ registrationId: z.string(), name: z.string().optional(), mails: z.array(UnsentMail) })
  .meta({ id: 'UnsentPerson' });

/** What of an event's mail did not go. */
export const DeliveriesView = z
  .object({
    state: z.enum(UNSENT_STATES),
    counts: z.array(UnsentCount).optional(),
    people: z.array(UnsentPerson),
    next: z.string().optional(),
  })
  .meta({ id: 'Deliveries' });
export type DeliveriesView = z.infer<typeof DeliveriesView>;

/** Counts mails by kind and reason. */
export function unsentCounter(names: MailNames) {
  const counts = new Map<string, UnsentCount>();
  return {
    add(fates: readonly Fate[]): void {
      for (const fate of fates) {
        const { mailKey, reason } = fate.mail;
        const { occasion: _, ...named } = names.named(mailKey);
        const key = JSON.stringify([named, reason]);
        const known = counts.get(key) ?? { ...named, reason, count: 0, releasable: 0, left: {} };
        const left = fate.owed === undefined ? { [fate.left]: (known.left[fate.left] ?? 0) + 1 } : {};
        const releasable = known.releasable + Number(fate.owed !== undefined);
        counts.set(key, { ...known, count: known.count + 1, releasable, left: { ...known.left, ...left } });
      }
    },
    /** The most frequent first. */
    counts: (): UnsentCount[] => [...counts.values()].sort((a, b) => b.count - a.count),
  };
}

/** A person of the list; by name only for who may see people. */
export const unsentPerson = (
  { registrationId, name }: Pick<Registration, 'registrationId' | 'name'>,
  fates: readonly Fate[],
  { names, named }: { names: MailNames; named: boolean },
): z.infer<typeof UnsentPerson> => ({
  registrationId,
  ...(named && { name }),
  mails: fates.map((fate) => ({
    ...names.named(fate.mail.mailKey),
    reason: fate.mail.reason,
    at: instantAt(fate.mail.at),
    ...(fate.mail.carrier !== undefined && { broughtBy: names.named(fate.mail.carrier).mail }),
    releasable: fate.owed !== undefined,
    ...(fate.owed === undefined && { because: fate.left }),
  })),
});
