import { answersNow } from '#shared/domain/answers-kept.ts';
import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Details } from '#shared/domain/registration-details.ts';
import { errorSummary } from './form-errors.ts';
import { type FieldView, textField } from './form-fields.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import { backTo, said } from './personal-parts.ts';
import { questionField } from './question-field.ts';
import { anchorOf, answerField } from './registration-form.ts';
import type { PageSite } from './site.ts';
import { zoneField } from './zone-field.ts';

export interface DetailsView {
  readonly event: Event;
  readonly token: string;
  /** What each field holds. */
  readonly typed: (field: string) => readonly string[];
  readonly faults: readonly { readonly field: string; readonly message: string }[];
  /** Why the last press changed nothing. */
  readonly said: string | undefined;
  /** What the button must carry. */
  readonly press: string;
}

/** What a person said about themselves, to correct; their address is a page of its own. */
export function detailsPage(site: PageSite, view: DetailsView): string {
  const { event, token, typed, faults, press } = view;
  const field = (name: string): FieldView => ({ field: name, typed: typed(name), faults });
  const main = html`${backTo(token)}
<div class="narrow">
${errorSummary(faults.map((fault) => anchorOf(fault, event)))}
${said(view.said)}
<h1>Correct your details</h1>
<p class="lead">${event.title}</p>
<form class="form" method="post" novalidate>
${textField({ ...field('name'), label: 'Full name', autocomplete: 'name', required: true })}
${textField({ ...field('organisation'), label: 'Organisation', autocomplete: 'organization' })}
${textField({ ...field('jobTitle'), label: 'Job title', autocomplete: 'organization-title' })}
${event.questions.map((question) => questionField(question, field(answerField(question.id))))}
${zoneField(field('timeZone'))}
<p><button class="button" type="submit" name="correct" value="${press}">Save</button></p>
</form>
<p><a href="/r/${token}/address">Use another email address</a></p>
</div>`;
  const title = `Correct your details: ${event.title}`;
  return layout(site, { title: faults.length > 0 ? `Error: ${title}` : title, main, quiet: true });
}

/** What is kept of a person, as their form would hold it. */
export const typedBefore =
  (
    { name, timeZone }: Registration,
    { organisation, jobTitle, answers }: Details,
    { questions }: Pick<Event, 'questions'>,
  ) =>
  (field: string): readonly string[] => {
    const kept: Record<string, string | readonly string[] | undefined> = {
      name,
      organisation,
      jobTitle,
      timeZone,
      ...Object.fromEntries(
        Object.entries(answersNow(questions, answers)).map(([id, answer]) => [answerField(id), answer]),
      ),
    };
    return [kept[field] ?? []].flat();
  };
