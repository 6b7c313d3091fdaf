import { answersNow, questionCalled } from '#shared/domain/answers-kept.ts';
import { evidenceOf } from '#shared/domain/attendance.ts';
import { readDelivery } from '#shared/domain/delivery.ts';
import { leftAddressesOf, leftAt, OBJECT_WITHIN } from '#shared/domain/left-address.ts';
import type { Details } from '#shared/domain/registration-details.ts';
import { instantAt } from '#shared/domain/time.ts';
import { personalPage } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { mailNamed } from '#shared/pages/mail-history.ts';
import { findPerson, type LinkHolderFound } from '#shared/site/find-person.ts';
import type { PersonalDeps } from './deps.ts';

/** All that is kept about me, as a file that programs read. */
export const exportData = (deps: PersonalDeps) =>
  pageRoute('GET', '/r/{token}/data.json', async ({ path }) => {
    const found = await findPerson(deps, 'manage', path.token);
    const { eventId, registrationId } = found.registration;
    const details = await deps.registrations.details(eventId, registrationId);
    // What was answered anonymously is nobody's, so it is not found here.
    const answer = await deps.surveyAnswers.of(eventId, registrationId);
    const survey = answer && { surveyAnswer: { answeredOn: answer.answeredOn, answers: answer.answers } };
    const page = personalPage(
      `${JSON.stringify({ ...dataOf(found), ...details, ...answersOf(found, details), ...survey }, undefined, 2)}\n`,
    );
    const headers = {
      ...page.headers,
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="registration-${registrationId}.json"`,
    };
    return { ...page, headers };
  });

/** What was answered, as it was, and what was asked. */
const answersOf = ({ event }: LinkHolderFound, { answers }: Details) =>
  answers && {
    questions: Object.fromEntries(Object.keys(answers).map((id) => [id, questionCalled(event, id)])),
    answers: answersNow(event.questions, answers),
  };

function dataOf({ event, registration }: LinkHolderFound) {
  const { deliveries, confirmedAt, joinedAt, openedAt, confirmBy, provedAt, objectedAt, ...row } = registration;
  const at = (epoch: number | undefined) => (epoch === undefined ? undefined : instantAt(epoch));
  return {
    event: { title: event.title, startsAt: event.startInstant, endsAt: event.endInstant },
    registrationId: row.registrationId,
    name: row.name,
    email: row.email,
    addressProvedAt: at(provedAt || undefined),
    newEmail: row.newEmail,
    earlierAddresses: leftAddressesOf(registration).map((address) => ({
      email: address.email,
      leftAt: instantAt(leftAt(address)),
      keptUntil: instantAt(leftAt(address) + OBJECT_WITHIN),
      objected: address.objected,
    })),
    objectedAt: at(objectedAt),
    status: row.status,
    registeredAt: row.registeredAt,
    registeredBy: row.source,
    confirmedAt: at(confirmedAt),
    confirmBefore: at(confirmBy),
    cancelledAt: row.cancelledAt,
    cancelledByOrganiser: row.cancelledQuietly,
    timeZone: row.timeZone,
    privacyNotice: row.privacyVersion,
    optionalMailStopped: row.muted ?? false,
    mailReturned: row.bounced ?? false,
    attendance: {
      evidence: evidenceOf(registration),
      cameAt: at(openedAt),
      joinedAt: at(joinedAt),
      minutes: row.minutes,
    },
    surveyAnswered: row.answeredSurvey ?? false,
    mails: Object.entries(deliveries).map(([key, entry]) => {
      const { state, epoch } = readDelivery(entry);
      return { mail: mailNamed(key), state, at: instantAt(epoch) };
    }),
  };
}
