/** Every way the rules can say no. The HTTP edge maps each to a status; nothing else is expected. */
export type RefusalCode =
  | 'not-found'
  | 'slug-taken'
  | 'stale-revision'
  | 'registration-closed'
  | 'event-over'
  | 'invalid-transition'
  | 'capacity-fixed'
  | 'times-fixed'
  | 'invalid-times'
  | 'address-taken'
  | 'mail-under-way'
  | 'move-objected'
  | 'moved-too-often'
  | 'invalid-trigger'
  | 'invalid-audience'
  | 'invalid-options'
  | 'campaign-not-active'
  | 'event-not-published'
  | 'not-the-time'
  | 'campaign-kept'
  | 'too-many-campaigns'
  | 'invalid-template'
  | 'template-too-long'
  | 'expectation-needed'
  | 'announced-already'
  | 'organiser-not-proved'
  | 'key-reused'
  | 'survey-answered'
  | 'survey-withheld'
  | 'too-many-answers';

/** A request the rules say no to. Expected, safe to show, never retried. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  /** The field at fault, as a JSON pointer, where one field is. */
  readonly field: string | undefined;

  constructor(code: RefusalCode, message: string, field?: string) {
    super(message);
    this.code = code;
    this.field = field;
  }
}

/** AWS did only a part of what it was asked for just now: worth another try. */
export class PartlyDone extends Error {
  override readonly name = 'PartlyDone';
}
