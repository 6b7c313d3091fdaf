import { withinRate } from '#shared/domain/api-rates.ts';
import type { Event } from '#shared/domain/event.ts';
import { randomWord } from '#shared/domain/ids.ts';
import { requestOccasion } from '#shared/domain/mail-key.ts';
import { ASKED_PER_KEY, mayAsk } from '#shared/domain/organiser-proof.ts';
import { organiserRow, oweOrganiser } from '#shared/domain/organiser-row.ts';
import type { HttpEvent } from '#shared/http/reply.ts';
import type { Deps } from './deps.ts';

type ProofDeps = Pick<Deps, 'organisers' | 'site'>;

/** Whether the owner of an event's address has said that it is theirs; whoever runs the site need not. */
export async function isProved({ organisers, site }: ProofDeps, { organiser: { email } }: Pick<Event, 'organiser'>) {
  return email === site.organiser.email || (await organisers.get(email)).provedAt !== undefined;
}

/**
 * Has the owner of an event's address asked whether it is theirs, unless they said so or were asked within a day; for one API
 * key so many a day.
 */
export async function askOrganiser(
  deps: ProofDeps & Pick<Deps, 'rates' | 'registrations' | 'now' | 'chance'>,
  event: Event,
  { caller }: Pick<HttpEvent, 'caller'>,
): Promise<void> {
  const { organisers, rates, registrations, chance } = deps;
  const { email } = event.organiser;
  if (email === deps.site.organiser.email) return;
  const now = Math.floor(deps.now() / 1000);
  const proof = await organisers.get(email);
  if (proof.provedAt !== undefined || !mayAsk(proof, now)) return;
  const spent = await rates.count(`ask#${caller?.keyId ?? ''}`, ASKED_PER_KEY, { now, wanted: 1 });
  if (withinRate(ASKED_PER_KEY, { spent, wanted: 1 }) === 0 || !(await organisers.ask(email, now))) return;
  const occasion = requestOccasion(now, randomWord(6, chance));
  const row = await registrations.addOrganiser(organiserRow(event, now));
  await registrations.revise(row, (current) =>
    oweOrganiser(current, { event, kind: 'prove-organiser', occasion, now }),
  );
}
