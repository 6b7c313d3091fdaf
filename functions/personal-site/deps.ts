import type { Clock } from '#shared/clock.ts';
import type { Event } from '#shared/domain/event.ts';
import type { Chance } from '#shared/domain/ids.ts';
import type { LinkKeys } from '#shared/domain/link.ts';
import type { Allowance, Registration } from '#shared/domain/registration.ts';
import type { Logger } from '#shared/logger.ts';
import type { PageSite } from '#shared/pages/site.ts';
import type { MailWish } from '#shared/site/allow-mail.ts';
import type { Telling } from '#shared/site/allow-telling.ts';
import type { Eraser } from '#shared/store/eraser.ts';
import type { EventReads } from '#shared/store/event-reads.ts';
import type { OrganiserStore } from '#shared/store/organisers.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import type { SeatStore } from '#shared/store/seats.ts';
import type { SurveyAnswerStore } from '#shared/store/survey-answers.ts';

/** What the pages behind personal links work with. */
export interface PersonalDeps {
  readonly site: PageSite;
  readonly events: Pick<EventReads, 'get'>;
  readonly registrations: Pick<
    RegistrationStore,
    'get' | 'withEvent' | 'revise' | 'relocate' | 'details' | 'saveDetails' | 'tombstone' | 'addOrganiser'
  >;
  readonly eraser: Pick<Eraser, 'removeTraces' | 'removeRow'>;
  readonly organisers: Pick<OrganiserStore, 'get' | 'prove'>;
  readonly seats: Pick<SeatStore, 'get' | 'placeOf'>;
  readonly surveyAnswers: Pick<SurveyAnswerStore, 'of' | 'keep'>;
  readonly linkKeys: () => Promise<LinkKeys>;
  /** The hash under which a person's place at an event is taken. */
  readonly placeHash: (event: Event, person: Pick<Registration, 'email' | 'name'>) => Promise<string>;
  readonly chance: Chance;
  readonly allowMail: (wish: MailWish) => Promise<Allowance>;
  /** Whether an address that a registration leaves may be told. */
  readonly mayTellOld: Telling;
  readonly logger: Pick<Logger, 'error'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: Clock['sleep'];
}
