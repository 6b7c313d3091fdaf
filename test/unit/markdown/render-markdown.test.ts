import fc from 'fast-check';
import { Tokenizer } from 'marked';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { describe, expect, test } from 'vitest';
import { BoundedTokenizer } from '#shared/markdown/bounded-tokenizer.ts';
import { parseMarkdown } from '#shared/markdown/parse-markdown.ts';
import { renderMarkdown } from '#shared/markdown/render-markdown.ts';
import { SafeRenderer } from '#shared/markdown/safe-renderer.ts';

const rendered = (text: string): string =>
  renderMarkdown(text)?.html.replaceAll('\n<', '<').replaceAll('>\n', '>') ?? '';

test.each([
  ['a paragraph', 'One\ntwo\n\nthree', '<p>One\ntwo</p><p>three</p>'],
  [
    'emphasis',
    '**bold**, *em*, __bold__, _em_, ~~gone~~',
    '<p><strong>bold</strong>, <em>em</em>, <strong>bold</strong>, <em>em</em>, <del>gone</del></p>',
  ],
  ['emphasis in emphasis', '**bold _both_**', '<p><strong>bold <em>both</em></strong></p>'],
  ['marks without a partner', '2 * 3, **open, snake_case_word', '<p>2 * 3, **open, snake_case_word</p>'],
  ['a heading, below those of the page', '# One\n## Two\n###### Six', '<h3>One</h3><h4>Two</h4><h6>Six</h6>'],
  ['a list', '- one\n- two\n  going on', '<ul><li>one</li><li>two\ngoing on</li></ul>'],
  ['a list in a list', '- one\n  - in one\n- two', '<ul><li>one<ul><li>in one</li></ul></li><li>two</li></ul>'],
  ['a numbered list', '3. three\n4. four', '<ol start="3"><li>three</li><li>four</li></ol>'],
  ['a list to tick off', '- [x] done\n- [ ] open', '<ul><li>☑ done</li><li>☐ open</li></ul>'],
  ['a quote', '> said\n> so', '<blockquote><p>said\nso</p></blockquote>'],
  ['a rule', 'a\n\n---\n\nb', '<p>a</p><hr><p>b</p>'],
  ['code', 'use `a < b`', '<p>use <code>a &lt; b</code></p>'],
  ['a code block', '```html\n<b>\n```\nafter', '<pre><code>&lt;b&gt;</code></pre><p>after</p>'],
  ['a hard break', 'one  \ntwo\\\nthree', '<p>one<br>two<br>three</p>'],
  ['an escaped mark', '\\*not em\\*', '<p>*not em*</p>'],
  [
    'a table',
    'Time | What\n--- | ---:\n9:30 | *Start*',
    '<table><thead><tr><th>Time</th><th align="right">What</th></tr></thead>' +
      '<tbody><tr><td>9:30</td><td align="right"><em>Start</em></td></tr></tbody></table>',
  ],
  ['an image by its description', '![Our *new* hall](https://example.org/hall.jpg)', '<p>Our new hall</p>'],
])('%s', (_, markdown, html) => {
  expect(rendered(markdown)).toBe(html);
});

const link = (address: string, label: string) => `<a href="${address}" rel="nofollow noopener noreferrer">${label}</a>`;

test.each([
  ['[the *site*](https://example.org/a?b=1&c=2)', link('https://example.org/a?b=1&amp;c=2', 'the <em>site</em>')],
  ['[titled](https://example.org/a "A title")', link('https://example.org/a', 'titled')],
  ['[write](mailto:a@example.org)', link('mailto:a@example.org', 'write')],
  ['a@example.org', link('mailto:a@example.org', 'a@example.org')],
  ['<https://example.org>', link('https://example.org/', 'https://example.org')],
  ['https://example.org/a.', `${link('https://example.org/a', 'https://example.org/a')}.`],
  ['(https://example.org/a)', `(${link('https://example.org/a', 'https://example.org/a')})`],
  ['[](https://example.org/a)', link('https://example.org/a', 'https://example.org/a')],
  ['[![A hall](x.png)](https://example.org/a)', link('https://example.org/a', 'A hall')],
  ['[by name][1]\n\n[1]: https://example.org/a', link('https://example.org/a', 'by name')],
])('%s becomes a link that vouches for nothing', (markdown, html) => {
  expect(rendered(markdown)).toBe(`<p>${html}</p>`);
});

test.each([
  '[x](javascript:alert(1))',
  '[x](JAVASCRIPT:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](data:text/html,hi)',
  '[x](http://example.org)',
  '[x](//example.org)',
  '[x](/r/token)',
  '[x](https:example.org)',
  '[x](https:///example.org)',
  '[x](https://bank.example.org@example.com)',
  '[x](https:\\\\example.org)',
  '[x][1]\n\n[1]: javascript:alert(1)',
])('%s is but its text', (markdown) => {
  expect(rendered(markdown)).toBe('<p>x</p>');
});

test('HTML is shown, never obeyed, and Markdown in it holds', () => {
  expect(rendered('<script>alert(1)</script> <img src=x onerror=alert(1)>')).toBe(
    '<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(1)&gt;</p>',
  );
  expect(rendered('<div>\n<pre>**a** &lt;\n<!-- b')).toBe(
    '<p>&lt;div&gt;\n&lt;pre&gt;<strong>a</strong> &amp;lt;\n&lt;!-- b</p>',
  );
});

test('a link holds no other', () => {
  expect(rendered('[see <https://example.org/a>](https://example.org/b)')).toBe(
    `<p>${link('https://example.org/b', 'see https://example.org/a')}</p>`,
  );
});

test('an address cannot break out of its attribute', () => {
  expect(rendered('[x](https://example.org/"onmouseover="alert(1))')).toContain('%22onmouseover=%22');
  expect(rendered('[x](mailto:a@b"onmouseover="alert)')).toContain('&quot;onmouseover=&quot;');
});

test('the words without their marks', () => {
  const text = '# About\n\n**Bold** words\\*, [a link](https://example.org/x).\n\n- one\n- `two`\n\n![hall](x.png) <b>';
  expect(renderMarkdown(text)?.plain).toBe('About Bold words*, a link. one two hall <b>');
});

const PLAIN_TAGS = 'p strong em del code pre ul ol li blockquote h3 h4 h5 h6 hr br table thead tbody tr th td a'.split(
  ' ',
);
const ATTRIBUTES: Record<string, RegExp> = {
  'a href': /^(https:\/\/[^/]|mailto:)/,
  'a rel': /^nofollow noopener noreferrer$/,
  'ol start': /^\d+$/,
  'th align': /^(left|right|center)$/,
  'td align': /^(left|right|center)$/,
};

/** What a browser would make of it that is not on the list. */
function strange(nodes: readonly DefaultTreeAdapterTypes.ChildNode[]): string[] {
  return nodes.flatMap((node) => {
    if (node.nodeName === '#text') return [];
    if (!('attrs' in node) || !PLAIN_TAGS.includes(node.tagName)) return [node.nodeName];
    const attributes = node.attrs.flatMap(({ name, value }) =>
      ATTRIBUTES[`${node.tagName} ${name}`]?.test(value) ? [] : [`${node.tagName} ${name}=${value}`],
    );
    return [...attributes, ...strange(node.childNodes)];
  });
}

/** Every tag as we write it, to the letter: no browser has to guess. */
const OURS =
  /<(?:\/?(?:p|strong|em|del|code|pre|ul|ol|li|blockquote|h[3-6]|table|thead|tbody|tr|th|td)|\/a|hr|br|ol start="\d+"|t[hd] align="(?:left|right|center)"|a href="(?:https:\/\/|mailto:)[^"<>]*" rel="nofollow noopener noreferrer")>/g;

const PIECES = [
  ...['*', '**', '_', '__', '`', '```', '~~', '\\', '#', '# ', '- ', '1. ', '> ', '- [ ] ', '    ', '\t', '  \n', '\n'],
  ...[
    '\n\n',
    '---\n',
    '===\n',
    '|',
    '|-|-|\n',
    ':-:',
    '[',
    '![',
    '](',
    ')',
    ']: ',
    '[1]',
    '<',
    '>',
    '"',
    "'",
    '&',
    '=',
  ],
  ...['&lt;', '&#106;', '&quot;', '&colon;', 'https://', 'HTTPS://example.org', 'mailto:', 'a@b.co', 'www.a.co', '//'],
  ...[
    'javascript:',
    'java\nscript:',
    'data:text/html,',
    'vbscript:',
    '<script>',
    '</script>',
    '<pre>',
    '<a href="',
    '<!--',
  ],
  ...[
    '-->',
    '<![CDATA[',
    '<?',
    '<svg/onload=',
    ' onclick=',
    '<https://',
    '<x@y.z>',
    ' "',
    '{{name}}',
    '__proto__',
    'x',
    ' ',
  ],
];
const hostile = fc
  .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: 'binary' })), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));

test('whatever is typed, a browser sees no tag, attribute or address but ours', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const html = renderMarkdown(text)?.html ?? '';
      expect(strange(parseFragment(html).childNodes)).toEqual([]);
      expect(html.replace(OURS, '')).not.toMatch(/[<>"]/);
    }),
    { numRuns: 2000 },
  );
});

describe('twenty thousand characters', () => {
  const LENGTH = 20_000;
  const times = (count: number, piece: (n: number) => string) => Array.from({ length: count }, (_, n) => piece(n));
  const halves = (open: string, close: string) =>
    open.repeat(LENGTH / 2 / open.length) + close.repeat(LENGTH / 2 / close.length);
  const repeated = [
    ...[
      '*',
      '*_',
      '*a ',
      '*a',
      'a_',
      '**a ',
      '*a **a ',
      '~~a',
      '[',
      '![',
      '[[]]',
      '[a](',
      '[a](<',
      '[a](b "',
      '[a][b]',
    ],
    ...[
      '>',
      '> ',
      '> - ',
      '- ',
      '1. ',
      '- a\n\n',
      '    - a\n',
      '`',
      '`a',
      '~~~\n',
      '# ',
      'a\n=\n',
      '\\',
      '  \n',
      '[a]: b\n',
    ],
    ...['<', '<a ', '<!--', '<https://', '&#', 'a@', 'a@b.co ', 'www.a.', 'https://a.b ', '|', 'a|\n-|\n', '|-'],
  ].map((piece): [string, string] => [JSON.stringify(piece), piece.repeat(LENGTH / piece.length)]);
  const nested: [string, string][] = [
    ['brackets in brackets', halves('[', ']')],
    ['links in links', halves('[', '](a)')],
    ['emphasis in brackets', '*[_a '.repeat(LENGTH / 5)],
    ['emphasis in emphasis', halves('*a ', 'a* ')],
    ['strong in strong', halves('**', '**').replace('****', '**a**')],
    ['lists in lists', times(190, (n) => `${' '.repeat(n)}- a`).join('\n')],
    ['quotes in quotes', times(190, (n) => `${'>'.repeat(n)} a`).join('\n')],
    ['a table of columns', `${'a|'.repeat(3000)}\n${'-|'.repeat(3000)}\n${'a\n'.repeat(4000)}`],
    ['a table of rows', `${'a|'.repeat(12)}\n${'-|'.repeat(12)}\n${'a\n'.repeat(9900)}`],
  ];

  test.each([...repeated, ...nested])('of %s are rendered soon, in little space', (_, text) => {
    // What this thread worked, not what it waited: the machine may be busy.
    const before = process.threadCpuUsage();
    const html = renderMarkdown(text)?.html ?? '';
    expect(process.threadCpuUsage(before).user / 1e6).toBeLessThan(5);
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(65_000);
  });
});

test('what would grow too large to keep is not rendered', () => {
  expect(renderMarkdown('a@b.co '.repeat(2800))).toBeUndefined();
  expect(renderMarkdown('私たちの街の安全 '.repeat(2200))).toBeDefined();
});

test('however long a paragraph is, its bounds change nothing of what people write', () => {
  class Unbounded extends Tokenizer {
    override html(): undefined {}
    override tag(): undefined {}
  }
  const word = fc.constantFrom(
    ...[
      'a',
      'word',
      '**bold**',
      '_so_',
      'snake_case',
      '*both **of** them*',
      'ada@example.org',
      'mailto:ada@example.org',
    ],
    ...[
      'https://example.org/a_b',
      'www.example.org',
      '[a link](https://example.org)',
      '`code`',
      '~~gone~~',
      '5 * 3',
      'end.',
    ],
    ...['\\', '  ', '  \n', '\n', 'x'.repeat(90), `https://example.org/${'a'.repeat(90)}`],
  );
  const made = (markdown: string, tokenizer: Tokenizer) =>
    parseMarkdown(markdown, { tokenizer, renderer: new SafeRenderer() })?.html;
  fc.assert(
    fc.property(fc.array(word, { minLength: 50, maxLength: 400 }), (words) => {
      const text = words.join(' ');
      expect(made(text, new BoundedTokenizer())).toBe(made(text, new Unbounded()));
    }),
  );
});
