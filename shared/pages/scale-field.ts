import { pointsOf, SCALES, type SurveyQuestion } from '#shared/domain/survey.ts';
import { fieldError } from './form-errors.ts';
import { type FieldView, optional } from './form-fields.ts';
import { type Html, html } from './html.ts';

type ScaleQuestion = Pick<SurveyQuestion, 'label' | 'required'> & { readonly type: keyof typeof SCALES };

/**
 * A point of a scale to choose, its two ends named in words. The first control carries the field's id: there the error
 * summary leads.
 */
export function scaleField({ type, label, required }: ScaleQuestion, { field, typed, faults }: FieldView): Html {
  const { from, to, lowest, highest } = SCALES[type];
  const { message, attributes } = fieldError(field, faults, `${field}-ends`);
  const endOf = (point: number) => (point === from ? lowest : point === to ? highest : undefined);
  const point = (value: number) => {
    const id = value === from ? field : `${field}-${value}`;
    const end = endOf(value);
    return html`<label for="${id}"><input type="radio" id="${id}" name="${field}" value="${value}"${typed.includes(String(value)) && html` checked`}>${value}${end && html`<span class="unseen">, ${end}</span>`}</label>`;
  };
  return html`<fieldset class="field${message && ' wrong'}"${attributes}><legend>${label}${!required && optional}</legend>
<span class="hint" id="${field}-ends">${from} is ${lowest}, ${to} is ${highest}.</span>${message}
<div class="scale scale-${type}">${pointsOf(type).map(point)}</div></fieldset>`;
}
