import type { Event, EventText } from '#shared/domain/event.ts';
import { type Html, html } from './html.ts';
import { prose } from './prose.ts';
import type { PageSite } from './site.ts';

/** What people are told about their data, and the version of it that is kept with their registration. */
export interface PrivacyNotice {
  readonly version: string;
  /** The organiser's; undefined where the site's own notice holds. */
  readonly text: Html | undefined;
}

/** The version of the site's own notice: raise it whenever its meaning changes. */
const SITE_VERSION = 'site-2';

/** The event's own notice, or the site's. */
export const noticeOf = ({ privacyNotice, privacyNoticeHtml }: EventText): PrivacyNotice =>
  privacyNotice
    ? { version: privacyNotice.version, text: prose(privacyNoticeHtml, privacyNotice.text) }
    : { version: SITE_VERSION, text: undefined };

/** The notice in two sentences beside the button, in full behind a press. */
export function privacyPanel(site: PageSite, event: Event, notice: PrivacyNotice): Html {
  const { organiser, retentionDays } = event;
  return html`<div class="privacy">
<p>${organiser.name} uses what you enter to run this event and to write to you about it. It is deleted ${days(retentionDays)} after the event.</p>
<details><summary>Privacy notice in full</summary><div class="prose">${
    notice.text ?? siteNotice(site, { organiser, retentionDays })
  }</div></details>
</div>`;
}

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

/** The site's own notice: who is responsible, what is kept, for how long, and what people may ask for. */
export function siteNotice(
  site: PageSite,
  { organiser, retentionDays }: Pick<Event, 'organiser' | 'retentionDays'>,
): Html {
  const mailbox = html`<a href="mailto:${organiser.email}">${organiser.email}</a>`;
  return html`<p><b>Who is responsible.</b> ${organiser.name}, ${mailbox}.</p>
<p><b>What is kept.</b> Your name and email address; your organisation, job title and answers, if you give them; your time zone as your browser tells it; which version of this notice you saw; when you registered, and which mails about the event you were sent and whether they arrived. If you answer the survey: what you answer; where the survey says that it is anonymous, apart from all of this. For an hour, a scrambled form of your network address is counted, to stop misuse of the form.</p>
<p><b>What for.</b> To give you a place, to send you the confirmation, the joining link and news of the event, to know how many came, and to learn how it was. It is not sold, not used for advertising, and not passed on except to those who run the event with us and the services that store data and send mail for us.</p>
<p><b>For how long.</b> It is deleted ${days(retentionDays)} after the event. Counts without names stay.</p>
<p><b>No tracking.</b> ${site.name} sets no cookies, counts no clicks, and its mails do not report whether you open them.</p>
<p><b>Your rights.</b> You may ask to see, correct, move or delete what is kept about you, or object to its use. The link in each mail lets you see your registration and give up your place; for everything else write to ${mailbox}. You may also complain to your data protection authority.</p>`;
}
