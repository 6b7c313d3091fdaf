import { Refusal } from '#shared/domain/errors.ts';
import { PLACEHOLDERS } from '#shared/domain/placeholder.ts';

export type TemplateField = 'template/subject' | 'template/body';

const BODY: TemplateField = 'template/body';

/** Throws `invalid-template` with what is wrong, for the organiser to mend. */
export function refuse(message: string, field: TemplateField = BODY): never {
  throw new Refusal('invalid-template', message, field);
}

/** Throws `template-too-long`. */
export function refuseLength(message: string): never {
  throw new Refusal('template-too-long', message, BODY);
}

const KNOWN = Object.keys(PLACEHOLDERS)
  .map((name) => `{{${name}}}`)
  .join(', ');

/** "There are …": for who typed another. */
export const THERE_ARE = `There are ${KNOWN}, and sections like {{#recordingLink}}…{{/recordingLink}}.`;
