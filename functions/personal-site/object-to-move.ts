import { randomWord } from '#shared/domain/ids.ts';
import { leftAt, OBJECT_WITHIN } from '#shared/domain/left-address.ts';
import { objectionOccasion } from '#shared/domain/mail-key.ts';
import { objectToMove as object } from '#shared/domain/object-to-move.ts';
import { isAlerted, organiserRow, oweOrganiser } from '#shared/domain/organiser-row.ts';
import { instantAt } from '#shared/domain/time.ts';
import { momentOf } from '#shared/domain/when.ts';
import { personalPage, seeOther } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { objectPage } from '#shared/pages/object-page.ts';
import type { PersonalDeps } from './deps.ts';
import { findObjector, type Objector } from './find-objector.ts';
import { NOT_PRESSED, pressed } from './press.ts';
import { pressOf } from './show-manage.ts';

const PATH = '/m/{token}';
const ACTION = 'object';

/** Was that not me? Opening the page changes nothing: mail scanners do that too. */
export const showObjection = (deps: PersonalDeps) =>
  pageRoute('GET', PATH, async ({ path: { token = '' } }) =>
    personalPage(viewOf(deps, token, await findObjector(deps, token))),
  );

/** It was not: the address changes no more until the organiser decides, who is told, and so is the new address. */
export const objectToMove = (deps: PersonalDeps) =>
  pageRoute('POST', PATH, async (request) => {
    const { token = '' } = request.path;
    const found = await findObjector(deps, token);
    if (!pressed(request, found, [ACTION], deps.now()))
      return personalPage(viewOf(deps, token, found, NOT_PRESSED), 409);
    if (!found.address.objected) await takeObjection(deps, found);
    return seeOther(`/m/${token}`);
  });

/**
 * The organiser is told first: whoever dies between the two leaves an alert too many, never one too few. Once, however often
 * the button is pressed at the same time: each alert is a mail.
 */
async function takeObjection(
  { registrations, chance, now: milliseconds }: PersonalDeps,
  { event, registration, address: { occasion } }: Objector,
): Promise<void> {
  const now = Math.floor(milliseconds() / 1000);
  const alerted = await registrations.addOrganiser(organiserRow(event, now));
  const alert = objectionOccasion(now, occasion, registration.registrationId);
  await registrations.revise(alerted, (row) =>
    isAlerted(row, alert) ? undefined : oweOrganiser(row, { event, kind: 'alert', occasion: alert, now }),
  );
  const objection = { occasion, now, chance: randomWord(6, chance) };
  await registrations.revise(registration, (row) => object(row, objection));
}

function viewOf({ site, now }: PersonalDeps, token: string, { event, address, keys }: Objector, said?: string): string {
  const until = momentOf(instantAt(leftAt(address) + OBJECT_WITHIN), event.timeZone);
  return objectPage(site, {
    event,
    objected: address.objected,
    until,
    press: pressOf(keys, token, now())(ACTION),
    said,
  });
}
