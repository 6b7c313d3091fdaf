import { fieldError } from './form-errors.ts';
import { type Html, html } from './html.ts';

/** A field as it is shown again: what was typed, and what is wrong with it. */
export interface FieldView {
  readonly field: string;
  readonly typed: readonly string[];
  readonly faults: readonly { readonly field: string; readonly message: string }[];
}

export interface TextField extends FieldView {
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'text' | 'email';
  readonly autocomplete?: string;
  readonly required?: boolean;
}

/** What stands after the label of a field that may stay empty. */
export const optional = html` <span class="optional">(optional)</span>`;

/** One line to type, its label and hint above it. */
export function textField({
  field,
  typed,
  faults,
  label,
  hint,
  type = 'text',
  autocomplete,
  required,
}: TextField): Html {
  const hintId = hint && `${field}-hint`;
  const { message, attributes } = fieldError(field, faults, hintId);
  return html`<div class="field${message && ' wrong'}">
<label for="${field}">${label}${!required && optional}</label>
${hint && html`<span class="hint" id="${hintId}">${hint}</span>`}
${message}
<input type="${type}" id="${field}" name="${field}" value="${typed[0] ?? ''}"${autocomplete && html` autocomplete="${autocomplete}"`}${type === 'email' && html` inputmode="email" autocapitalize="none" spellcheck="false"`}${required && html` required`}${attributes}>
</div>`;
}
