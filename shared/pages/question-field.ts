import type { Question } from '#shared/domain/question.ts';
import { fieldError } from './form-errors.ts';
import { type FieldView, optional } from './form-fields.ts';
import { type Html, html } from './html.ts';

/** More options than this are chosen from a list that opens. */
const MOST_RADIOS = 7;

type AskedQuestion = Pick<Question, 'type' | 'label' | 'required' | 'options'>;

/** A question of the event as a form control of its kind. */
export function questionField(question: AskedQuestion, view: FieldView): Html {
  switch (question.type) {
    case 'text':
      return longText(question, view);
    case 'yes-no':
      return choices(question, view, 'radio', [
        ['yes', 'Yes'],
        ['no', 'No'],
      ]);
    case 'choice':
      return question.options.length > MOST_RADIOS ? select(question, view) : choices(question, view, 'radio');
    case 'choices':
      return choices(question, view, 'checkbox');
  }
}

const labelled = ({ label, required }: AskedQuestion): Html => html`${label}${!required && optional}`;

function longText(question: AskedQuestion, { field, typed, faults }: FieldView): Html {
  const { message, attributes } = fieldError(field, faults);
  return html`<div class="field${message && ' wrong'}"><label for="${field}">${labelled(question)}</label>${message}
<textarea id="${field}" name="${field}" rows="3"${question.required && html` required`}${attributes}>${typed[0] ?? ''}</textarea></div>`;
}

function select(question: AskedQuestion, { field, typed, faults }: FieldView): Html {
  const { message, attributes } = fieldError(field, faults);
  const option = (value: string, label = value) =>
    html`<option value="${value}"${typed.includes(value) && html` selected`}>${label}</option>`;
  return html`<div class="field${message && ' wrong'}"><label for="${field}">${labelled(question)}</label>${message}
<select id="${field}" name="${field}"${question.required && html` required`}${attributes}>${option('', 'Choose one')}${question.options.map((each) => option(each))}</select></div>`;
}

/** A group of radio buttons or checkboxes. The first control carries the field's id: there the error summary leads. */
function choices(
  question: AskedQuestion,
  { field, typed, faults }: FieldView,
  type: 'radio' | 'checkbox',
  options: readonly (readonly [string, string])[] = question.options.map((each) => [each, each]),
): Html {
  const { message, attributes } = fieldError(field, faults);
  const control = ([value, label]: readonly [string, string], i: number) => {
    const id = i === 0 ? field : `${field}-${i}`;
    return html`<p><input type="${type}" id="${id}" name="${field}" value="${value}"${typed.includes(value) && html` checked`}><label for="${id}">${label}</label></p>`;
  };
  return html`<fieldset class="field${message && ' wrong'}"${attributes}><legend>${labelled(question)}</legend>
${type === 'checkbox' && html`<span class="hint">Choose all that apply.</span>`}${message}
<div class="options">${options.map(control)}</div></fieldset>`;
}
