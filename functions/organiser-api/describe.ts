import * as z from 'zod';
import type { Scope } from '#shared/domain/api-key.ts';
import { ApiRates, PER_PERSON } from '#shared/domain/api-rates.ts';
import { Audience } from '#shared/domain/audience.ts';
import { CampaignPatch, WrittenTemplate } from '#shared/domain/campaign.ts';
import { Cloning } from '#shared/domain/clone-event.ts';
import { Speaker } from '#shared/domain/event.ts';
import { EventPatch } from '#shared/domain/event-patch.ts';
import { MoveNote, Rescheduling } from '#shared/domain/move-event.ts';
import { PLACEHOLDERS } from '#shared/domain/placeholder.ts';
import { GivenQuestion } from '#shared/domain/question.ts';
import { RegistrationPatch } from '#shared/domain/registration-patch.ts';
import { Survey, SurveyQuestion } from '#shared/domain/survey.ts';
import { Trigger } from '#shared/domain/trigger.ts';
import { openApiDocument } from '#shared/http/open-api.ts';
import type { Route } from '#shared/http/route.ts';
import { FIELD_NOTES, PARAMETER_NOTES } from './field-notes.ts';
import { registerByJson } from './register-docs.ts';

/** What each scope allows. */
const SCOPES: Record<Scope, string> = {
  'events:read': 'see events',
  'events:write': 'make, edit, publish, move and cancel events, and stop their mail',
  'registrations:read': 'see who registered, with names, addresses and answers',
  'registrations:write':
    'act for people who registered: correct, cancel and erase them, have their mail sent again, and say who came',
  'campaigns:read': 'see campaigns',
  'campaigns:write': 'make, edit, pause and resume campaigns',
  'campaigns:trigger': 'send campaigns by hand and as a test, and decide about held mails',
  'sending:control': 'stop all mail and let it flow again',
};

const { read, act, mail, send } = ApiRates.parse({});
const RATES = `**Rates.** Unless its stage says otherwise, a key may look ${read.limit} times a minute, make or change something ${act.limit} times, have mail sent again to ${mail.limit} people, and ${send.limit} times an hour move events and send campaigns and tests; one person is sent their registration again ${PER_PERSON.resend.limit} times an hour at most, and moved to another address ${PER_PERSON.move.limit} times. Beyond that the answer is 429 with \`Retry-After\`, and nothing has been done. Pausing is never held back.`;

const ABOUT = `Drives events, registrations and their mail.

**Errors** are problems ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)): \`type\` says which one, \`errors\` names each field, parameter or header at fault.

**Lists** come in pages. Pass \`next\` of one page as \`cursor\` of the following one; without \`next\` the list is at its end.

**Edits** name the revision they change: send the \`ETag\` you read as \`If-Match\`. If somebody else was quicker, the answer is 412 and nothing has changed.

**Repeats.** Every \`POST\` and \`DELETE\` with a key takes an \`Idempotency-Key\`, such as a UUID, and what it makes or does is done once: sent again within 24 hours, for the same address and with the same body, it is answered with the first status and the thing as it is now (\`Idempotent-Replayed: true\`). With another body the answer is 422; while the first is under way, 409 with \`Retry-After\`. What was refused was not done, and may be sent again under the same name. Names are kept per API key, as hashes.

${RATES}

**Bodies** are UTF-8 JSON of 256 KB at most.

**What a route does not know, it refuses**: every query parameter and every field that is not listed with it here, those without a value and those that are there twice, and any field at all where no body is listed. The answer is 400, says what is known, and nothing has been done: a typing error cannot pass for a wish, nor \`dryRun\` for a word of no meaning.`;

const KEYS = `A key made with \`npm run keys -- create\`, sent as \`Authorization: Bearer rk_…\`. A key may do what its scopes say, may be limited to some events (all others are 404) and may expire. A revoked one stops working within a minute. Scopes:

`;

const TRIGGERS =
  'What makes a campaign fire: the registration (the confirmation only), so long before the start or after the end, a wall time in the event’s zone, or somebody’s hand. `P1D` and `P2W` count calendar days, at the same wall time or `at` another; `PT24H` and `PT90M` are elapsed time.';

const TEMPLATES = `An organiser's own words. The body is Markdown, at most 20,000 characters. Both may hold placeholders, filled in for each person: ${Object.entries(
  PLACEHOLDERS,
)
  .map(([name, note]) => `\`{{${name}}}\` (${note})`)
  .join(
    ', ',
  )}. \`{{#recordingLink}}…{{/recordingLink}}\` is shown only where there is one, \`{{^recordingLink}}…{{/recordingLink}}\` only where there is none. A subject holds no links. What cannot be filled in is refused when it is saved.`;

/** This API in words, as an OpenAPI 3.1 document. */
export function describe(routes: readonly Route[], siteUrl: string) {
  const named = {
    Audience,
    CampaignPatch,
    Cloning,
    EventPatch,
    MoveNote,
    Question: GivenQuestion,
    RegistrationPatch,
    Rescheduling,
    Speaker,
    Survey,
    SurveyQuestion,
  };
  for (const [id, schema] of Object.entries(named)) z.globalRegistry.add(schema, { id });
  z.globalRegistry.add(Trigger, { id: 'Trigger', description: TRIGGERS });
  z.globalRegistry.add(WrittenTemplate, { id: 'Template', description: TEMPLATES });
  const used = Object.entries(SCOPES).filter(([scope]) => routes.some(({ spec }) => spec.scope === scope));
  return openApiDocument([...routes, registerByJson], {
    info: {
      title: 'Rollcall: organiser API',
      version: '1',
      description: ABOUT,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: siteUrl }],
    tags: [
      { name: 'Events', description: 'What people attend.' },
      { name: 'Registrations', description: 'Who has a place, and every mail to them.' },
      { name: 'Attendance', description: 'Who came.' },
      { name: 'Jobs', description: 'Long work, done piece by piece.' },
      { name: 'Campaigns', description: 'Mail to the people of an event, and how it went.' },
      { name: 'Survey', description: 'What people said after the event.' },
      { name: 'Sending', description: 'The stop for all mail.' },
    ],
    securityScheme: { description: KEYS + used.map(([scope, words]) => `- \`${scope}\`: ${words}`).join('\n') },
    scopes: SCOPES,
    fields: FIELD_NOTES,
    parameters: PARAMETER_NOTES,
  });
}
