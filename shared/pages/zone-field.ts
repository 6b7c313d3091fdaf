import { fieldError } from './form-errors.ts';
import { type FieldView, optional } from './form-fields.ts';
import { type Html, html } from './html.ts';

/** The time zone to be told times in, out of all there are. */
export function zoneField({ field, typed, faults }: FieldView): Html {
  const hint = `${field}-hint`;
  const { message, attributes } = fieldError(field, faults, hint);
  const [chosen] = typed;
  const zones = Intl.supportedValuesOf('timeZone');
  const all = chosen === undefined || chosen === '' || zones.includes(chosen) ? zones : [chosen, ...zones];
  return html`<div class="field${message && ' wrong'}"><label for="${field}">Your time zone${optional}</label>
<span class="hint" id="${hint}">Mails tell you the times there, too.</span>${message}
<select id="${field}" name="${field}"${attributes}><option value="">The same as the event’s</option>${all.map((zone) => html`<option${zone === chosen && html` selected`}>${zone}</option>`)}</select></div>`;
}
