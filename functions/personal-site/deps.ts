import type { Clock } from '#shared/clock.ts';
import type { Chance } from '#shared/domain/ids.ts';
import type { LinkKeys } from '#shared/domain/link.ts';
import type { Allowance } from '#shared/domain/registration.ts';
import type { PageSite } from '#shared/pages/site.ts';
import type { MailWish } from '#shared/site/allow-mail.ts';
import type { EventReads } from '#shared/store/event-reads.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import type { SeatStore } from '#shared/store/seats.ts';
import type { SurveyAnswerStore } from '#shared/store/survey-answers.ts';

/** What the pages behind personal links work with. */
export interface PersonalDeps {
  readonly site: PageSite;
  readonly events: Pick<EventReads, 'get'>;
  readonly registrations: Pick<RegistrationStore, 'get' | 'revise'>;
  readonly seats: Pick<SeatStore, 'get' | 'placeOf'>;
  readonly surveyAnswers: Pick<SurveyAnswerStore, 'of' | 'keep'>;
  readonly linkKeys: () => Promise<LinkKeys>;
  readonly allowMail: (wish: MailWish) => Promise<Allowance>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: Clock['sleep'];
  readonly chance: Chance;
}
