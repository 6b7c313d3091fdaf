import { type FieldView, textField } from './form-fields.ts';
import { type Html, html } from './html.ts';

/** Where an address is typed to have its links sent again; `typed` and `faults` are those of the last try. */
export const lostLinkForm = ({ typed, faults }: Omit<FieldView, 'field'> = { typed: [], faults: [] }): Html =>
  html`<form class="form" method="post" action="/lost-link" novalidate>
${textField({ field: 'email', typed, faults, label: 'Email address', hint: 'The one you registered with.', type: 'email', autocomplete: 'email', required: true })}
<p><button class="button" type="submit">Send my link</button></p>
</form>`;
