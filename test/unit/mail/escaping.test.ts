import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAIL_KINDS } from '#shared/domain/mail-kinds.ts';
import { renderMail } from '#shared/mail/render-mail.ts';
import { anEvent, aRegistration } from '#test/support/builders.ts';
import { aMailView } from '#test/support/mail-view.ts';

const markup = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '<script>',
        '</td>',
        '"',
        "'",
        '<!--',
        '-->',
        '<![endif]-->',
        '&',
        '&amp;',
        '{{name}}',
        'onload=',
        '\n',
        '</style>',
      ),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

/** The tags of a page, without what is written between them. */
const tagsOf = (html: string) => [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/aria-label="[^"]*"/, ''));

test('no text of an event or a person becomes markup', () => {
  const mailsWith = (text: string) =>
    MAIL_KINDS.map((kind) => {
      const event = anEvent({
        title: `T${text}`,
        place: `P${text}`,
        organiser: { name: `O${text}`, email: 'events@example.org' },
      });
      return renderMail(kind, aMailView({ event, registration: aRegistration({ name: `A${text}` }) })).html;
    });
  const plain = mailsWith('x').map(tagsOf);
  fc.assert(
    fc.property(markup, (text) => {
      expect(mailsWith(text).map(tagsOf)).toEqual(plain);
    }),
    { numRuns: 100 },
  );
});

test('a name cannot add lines to the text', () => {
  const { text } = renderMail(
    'confirmation',
    aMailView({ registration: aRegistration({ name: 'Ada\n\nPress https' }) }),
  );
  expect(text).toContain('Hello Ada Press https,');
});
