import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderMarkdown } from '#shared/pages/markdown.ts';

const rendered = (text: string) => String(renderMarkdown(text));

test.each([
  ['a paragraph', 'One\ntwo\n\nthree', '<p>One\ntwo</p><p>three</p>'],
  [
    'emphasis',
    '**bold**, *em*, __bold__, _em_, ~~gone~~',
    '<p><strong>bold</strong>, <em>em</em>, <strong>bold</strong>, <em>em</em>, <s>gone</s></p>',
  ],
  ['emphasis in emphasis', '**bold _both_**', '<p><strong>bold <em>both</em></strong></p>'],
  ['marks without a partner', '2 * 3, **open, snake_case_word', '<p>2 * 3, **open, snake_case_word</p>'],
  ['a heading, below those of the page', '# One\n## Two', '<h3>One</h3><h4>Two</h4>'],
  ['a list', '- one\n- two\n  going on', '<ul><li>one</li><li>two\ngoing on</li></ul>'],
  ['a list in a list', '- one\n  - in one\n- two', '<ul><li><p>one</p><ul><li>in one</li></ul></li><li>two</li></ul>'],
  ['a numbered list', '3. three\n4. four', '<ol start="3"><li>three</li><li>four</li></ol>'],
  ['a quote', '> said\n> so', '<blockquote><p>said\nso</p></blockquote>'],
  ['a rule', 'a\n\n---\n\nb', '<p>a</p><hr><p>b</p>'],
  ['code', 'use `a < b`', '<p>use <code>a &lt; b</code></p>'],
  ['a code block', '```\n<b>\n```\nafter', '<pre><code>&lt;b&gt;</code></pre><p>after</p>'],
  ['a hard break', 'one  \ntwo\\\nthree', '<p>one<br>two<br>three</p>'],
  ['an escaped mark', '\\*not em\\*', '<p>*not em*</p>'],
])('%s', (_, markdown, html) => {
  expect(rendered(markdown)).toBe(html);
});

const link = (address: string, label: string) => `<a href="${address}" rel="nofollow noopener">${label}</a>`;

test.each([
  ['[the site](https://example.org/a?b=1)', link('https://example.org/a?b=1', 'the site')],
  ['[write](mailto:a@example.org)', link('mailto:a@example.org', 'write')],
  ['<https://example.org>', link('https://example.org', 'https://example.org')],
  ['https://example.org/a.', `${link('https://example.org/a', 'https://example.org/a')}.`],
  ['(https://example.org/a)', `(${link('https://example.org/a', 'https://example.org/a')})`],
])('%s becomes a link that vouches for nothing', (markdown, html) => {
  expect(rendered(markdown)).toBe(`<p>${html}</p>`);
});

test.each([
  '[x](javascript:alert(1))',
  '[x](JAVASCRIPT:alert(1))',
  '[x](data:text/html,hi)',
  '[x](http://example.org)',
  '[x](//example.org)',
  '[x](/r/token)',
  '[x](https:example.org)',
  '[x](https:///example.org)',
  '<javascript:alert(1)>',
])('%s stays text', (markdown) => {
  expect(rendered(markdown)).not.toContain('<a');
});

test('HTML is shown, never obeyed', () => {
  expect(rendered('<script>alert(1)</script> <img src=x onerror=alert(1)>')).toBe(
    '<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(1)&gt;</p>',
  );
});

test('an address cannot break out of its attribute', () => {
  expect(rendered('[x](https://example.org/"onmouseover="alert(1))')).toContain('&quot;onmouseover=&quot;');
});

const OURS =
  /<(?:\/?(?:p|strong|em|s|code|pre|ul|ol|li|blockquote|h[3-6])|hr|br|ol start="\d+"|a href="(?:https:\/\/|mailto:)[^"<>]*" rel="nofollow noopener"|\/a)>/gi;
const markdownish = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '*',
        '**',
        '_',
        '`',
        '```',
        '[',
        '](',
        ')',
        '<',
        '>',
        '"',
        "'",
        '&',
        '\n',
        '- ',
        '1. ',
        '> ',
        '# ',
        '    ',
        '\\',
        '~~',
        'https://',
        'mailto:',
        'javascript:',
        '<script>',
        'x',
      ),
      fc.string(),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

test('whatever is typed, every tag is one of ours', () => {
  fc.assert(
    fc.property(markdownish, (text) => {
      expect(rendered(text).replace(OURS, '')).not.toMatch(/[<>]/);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  '*',
  '*_',
  '[',
  '>',
  '`a',
  '[a](',
  '**a ',
  '- a\n\n',
  '> - ',
  '<https://',
  '\\',
  '    - a\n',
  '# ',
  '~~~\n',
])('twenty thousand characters of %j take no time', (piece) => {
  const start = performance.now();
  rendered(piece.repeat(20_000 / piece.length));
  expect(performance.now() - start).toBeLessThan(1000);
});
