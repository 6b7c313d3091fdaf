import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { errorSummary } from './form-errors.ts';
import { textField } from './form-fields.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import { backTo, said } from './personal-parts.ts';
import type { PageSite } from './site.ts';

export interface AddressView {
  readonly event: Event;
  readonly registration: Pick<Registration, 'email' | 'newEmail'>;
  readonly token: string;
  readonly typed: readonly string[];
  readonly faults: readonly { readonly field: string; readonly message: string }[];
  /** Why the last press changed nothing. */
  readonly said: string | undefined;
  /** What the button must carry. */
  readonly press: string;
}

/** Another address for one's mail: it is asked there first. */
export function addressPage(site: PageSite, view: AddressView): string {
  const { event, registration, token, typed, faults, press } = view;
  const { email, newEmail } = registration;
  const waits =
    newEmail &&
    html`<div class="status status-wait"><p><b>Check the inbox of ${newEmail}.</b> A mail there asks you to confirm it. Until you do, mail goes to ${email}.</p></div>`;
  const main = html`${backTo(token)}
<div class="narrow">
${errorSummary(faults.map(({ field, message }) => ({ anchor: field, message })))}
${said(view.said)}
<h1>Use another email address</h1>
<p class="lead">${event.title}</p>
${waits}
<p>Your mail goes to <b>${email}</b> now. We ask at the new address whether it is yours; once you confirm that there, your mail goes to it, and the links in earlier mails stop working.</p>
<form class="form" method="post" novalidate>
${textField({ field: 'email', typed, faults, label: 'New email address', type: 'email', autocomplete: 'email', required: true })}
<p><button class="button" type="submit" name="move" value="${press}">${newEmail ? 'Send the mail again' : 'Send the mail'}</button></p>
</form>
</div>`;
  const title = `Use another email address: ${event.title}`;
  return layout(site, { title: faults.length > 0 ? `Error: ${title}` : title, main, quiet: true });
}
