import { type Html, html } from './html.ts';

/** Something wrong with a form; `anchor` is the id of the field to mend, where one is. */
export interface FormError {
  readonly anchor?: string | undefined;
  readonly message: string;
}

/** Everything that is wrong, above the form, with a way to each place. It takes the focus when the page opens. */
export function errorSummary(errors: readonly FormError[]): Html | undefined {
  if (errors.length === 0) return undefined;
  return html`<div class="error-summary" role="alert" aria-labelledby="error-summary" tabindex="-1" autofocus data-focus>
<h2 id="error-summary">${errors.length === 1 ? 'There is a problem' : `There are ${errors.length} problems`}</h2>
<ul>${errors.map(({ anchor, message }) => html`<li>${anchor === undefined ? message : html`<a href="#${anchor}">${message}</a>`}</li>`)}</ul>
</div>`;
}

/** What stands at the field itself: the sentence, and the attributes that tie it to the control. */
export function fieldError(
  field: string,
  faults: readonly { readonly field: string; readonly message: string }[],
  hint?: string,
): { message: Html | undefined; attributes: Html | undefined } {
  const fault = faults.find((each) => each.field === field);
  const described = [hint, fault && `${field}-error`].filter(Boolean).join(' ');
  return {
    message: fault && html`<span class="error" id="${field}-error"><b>Error:</b> ${fault.message}</span>`,
    attributes:
      described === '' ? undefined : html`${fault && html` aria-invalid="true"`} aria-describedby="${described}"`,
  };
}
