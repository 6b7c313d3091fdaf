import { Refusal } from '#shared/domain/errors.ts';
import { freshPage } from '#shared/http/page-reply.ts';
import { ASK_AGAIN, HttpRefusal, InvalidInput, PROBLEMS } from '#shared/http/problem.ts';
import type { HttpResponse } from '#shared/http/reply.ts';
import { html } from '#shared/pages/html.ts';
import { type Message, messagePage } from '#shared/pages/message-page.ts';
import type { PageSite } from '#shared/pages/site.ts';
import { passesByItself } from '#shared/passing.ts';

const NOTHING_HERE: Message = {
  title: 'There is nothing at this address',
  text: 'It may have been cut short or typed wrongly. If it came in a mail, open it from there once more.',
  more: html`<p>Lost the link to your registration? <a href="/lost-link">Have it sent again</a>.</p>`,
  offersSearch: true,
};

/**
 * Turns anything thrown into a page. What is no mistake of the visitor's says nothing of its cause. `nothingHere` is shown
 * where an address leads nowhere: it may be somebody's link, cut short, so no other site learns of it.
 */
export const errorPage =
  (site: PageSite, nothingHere: Message = NOTHING_HERE) =>
  (error: unknown, sent = false): HttpResponse => {
    const show = (status: number, message: Message, headers: Readonly<Record<string, string>> = {}): HttpResponse => {
      const page = freshPage(messagePage(site, message), status);
      return {
        ...page,
        headers: { ...page.headers, 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer', ...headers },
      };
    };
    if (error instanceof Refusal) {
      if (error.code === 'not-found') return show(404, nothingHere);
      return show(PROBLEMS[error.code].status, { title: 'That is not possible', text: error.message });
    }
    if (error instanceof HttpRefusal) {
      const { status } = PROBLEMS[error.code];
      if (status === 404) return show(404, nothingHere);
      return show(status, { title: TITLES[status] ?? 'That did not work', text: error.message }, error.headers);
    }
    if (error instanceof InvalidInput) {
      return show(400, { title: NOT_AS_SENT, text: error.faults[0]?.detail ?? error.message });
    }
    if (passesByItself(error)) return show(503, sent ? NOT_KNOWN : NOT_NOW, { 'retry-after': ASK_AGAIN });
    return show(500, {
      title: 'Something went wrong on our side',
      text: 'It is not your fault, and we have been told. Please try again in a minute.',
    });
  };

const NOT_KNOWN: Message = {
  title: 'We do not know yet',
  text: 'That takes longer than it should, so we cannot say whether what you sent has arrived. Sending it again does no harm: please do so in a minute.',
};
const NOT_NOW: Message = {
  title: 'This page takes too long just now',
  text: 'Please ask for it again in a minute. Nothing is lost, and what you have sent before stays as it is.',
};

const NOT_AS_SENT = 'That form did not arrive as it should';
const TITLES: Record<number, string> = {
  405: 'This page cannot be used that way',
  413: 'That was too much at once',
  415: NOT_AS_SENT,
};
