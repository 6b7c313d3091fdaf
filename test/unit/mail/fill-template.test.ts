import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { Refusal } from '#shared/domain/errors.ts';
import { PLACEHOLDERS, type Placeholder, type PlaceholderValues, tellsSchedule } from '#shared/domain/placeholder.ts';
import { fillHtml, fillLine, fillText } from '#shared/mail/fill-template.ts';
import { oneLine } from '#shared/mail/subject.ts';
import { renderTemplate } from '#shared/markdown/render-template.ts';

const NAMES = Object.keys(PLACEHOLDERS) as Placeholder[];
const EMPTY = Object.fromEntries(NAMES.map((name) => [name, ''])) as Record<Placeholder, string>;
const valuesOf = (given: Partial<PlaceholderValues> = {}): PlaceholderValues => ({ ...EMPTY, name: 'Ada', ...given });

const filled = (body: string, given: Partial<PlaceholderValues> = {}) => {
  const { html = '', text = '' } = renderTemplate({ subject: 'Subject', body });
  const values = valuesOf(given);
  return {
    html: fillHtml(html, values).replaceAll('\n', '').replaceAll(' rel="nofollow noopener noreferrer"', ''),
    text: fillText(text, values),
  };
};

const JOIN = 'https://events.example.org/j/token';

test.each([
  ['Hello **{{name}}**', {}, '<p>Hello <strong>Ada</strong></p>', 'Hello Ada'],
  ['[Join]({{joinLink}})', { joinLink: JOIN }, `<p><a href="${JOIN}">Join</a></p>`, `Join: ${JOIN}`],
  ['Join: {{joinLink}}', { joinLink: JOIN }, `<p>Join: <a href="${JOIN}">${JOIN}</a></p>`, `Join: ${JOIN}`],
  ['[Join *now*]({{joinLink}}) or not', {}, '<p>Join <em>now</em> or not</p>', 'Join now or not'],
  ['See {{recordingLink}}', {}, '<p>See </p>', 'See'],
  ['a{{#recordingLink}}, b{{/recordingLink}}', { recordingLink: 'x' }, '<p>a, b</p>', 'a, b'],
  ['a{{#recordingLink}}, b{{/recordingLink}}', {}, '<p>a</p>', 'a'],
  ['a{{^recordingLink}}, b{{/recordingLink}}', {}, '<p>a, b</p>', 'a, b'],
  ['a{{^recordingLink}}, b{{/recordingLink}}', { recordingLink: 'x' }, '<p>a</p>', 'a'],
  ['{{#joinLink}}a{{#surveyLink}}b{{/surveyLink}}{{/joinLink}}c', { surveyLink: 'x' }, '<p>c</p>', 'c'],
  ['{{#joinLink}}a{{^surveyLink}}b{{/surveyLink}}{{/joinLink}}c', { joinLink: 'x' }, '<p>abc</p>', 'abc'],
  ['one\n\n{{#joinLink}}hidden{{/joinLink}}\n\ntwo', {}, '<p>one</p><p>two</p>', 'one\n\ntwo'],
  ['one\n{{#joinLink}}\n# Hidden\n- list\n{{/joinLink}}\ntwo', {}, '<p>one</p><p>two</p>', 'one\n\ntwo'],
  ['- one\n- {{#joinLink}}two{{/joinLink}}\n- three', {}, '<ul><li>one</li><li>three</li></ul>', '- one\n- three'],
  ['- {{#joinLink}}two{{/joinLink}}', {}, '', ''],
  ['> {{#joinLink}}**two**{{/joinLink}}\n\na', {}, '<p>a</p>', 'a'],
])('%j with %j', (body, given, html, text) => {
  expect(filled(body, given)).toEqual({ html, text });
});

test('what a value brings in is text, and is never filled or rendered', () => {
  const name = '{{event}} **bold** <b onclick="x">&amp; "q" \'a\' [x](https://x.example)';
  const { html, text } = filled('Hello {{name}}!', { name, event: 'NO' });
  expect(text).toBe(`Hello ${name}!`);
  expect(html).toBe(
    '<p>Hello {{event}} **bold** &lt;b onclick=&quot;x&quot;&gt;&amp;amp; &quot;q&quot; &#39;a&#39; [x](https://x.example)!</p>',
  );
});

test('a value of several lines is one line', () => {
  expect(filled('- {{name}}', { name: 'Ada\n\n# x\u2028y' })).toEqual({
    html: '<ul><li>Ada # x y</li></ul>',
    text: '- Ada # x y',
  });
  expect(fillLine('Hi {{ name }}', valuesOf({ name: 'Ada\r\nBcc: x' }))).toBe('Hi Ada Bcc: x');
});

const section = fc
  .constantFrom(...NAMES)
  .chain((name) =>
    fc.tuple(fc.constant(name), fc.constantFrom('#', '^')).map(([of, sign]) => [`{{${sign}${of}}}`, `{{/${of}}}`]),
  );
const words = fc.oneof(
  fc.constantFrom(
    'word',
    '**bold**',
    '_em_',
    '`code`',
    '\n\n',
    '\n',
    '- item\n',
    '# Head\n',
    '> ',
    'https://a.example ',
  ),
  fc.constantFrom(...NAMES).map((name) => `{{${name}}}`),
  fc.constantFrom('joinLink', 'eventLink').map((name) => `[label]({{${name}}})`),
);
const body = fc
  .array(
    fc.oneof({ weight: 4, arbitrary: words }, { weight: 1, arbitrary: section.map(([a, b]) => `\n${a}\nin\n${b}\n`) }),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((pieces) => pieces.join(' '));
const value = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(...NAMES.flatMap((name) => [`{{${name}}}`, `{{#${name}}}`, `{{/${name}}}`])),
      fc.constantFrom(
        '<script>',
        '</p>',
        '</a>',
        '<a href="">',
        '"',
        "'",
        '&',
        '\n',
        '\r\n\r\n',
        '- ',
        '[x](y)',
        '\ue000',
      ),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));
const values = fc.record(Object.fromEntries(NAMES.map((name) => [name, value])) as Record<Placeholder, typeof value>);

const elementsOf = (html: string): string[] => {
  const namesIn = (node: DefaultTreeAdapterTypes.ChildNode): string[] =>
    'tagName' in node
      ? [[node.tagName, ...node.attrs.map((attr) => attr.name)].join(' '), ...node.childNodes.flatMap(namesIn)]
      : [];
  return parseFragment(html).childNodes.flatMap(namesIn);
};
const rendered = (text: string) => {
  try {
    return renderTemplate({ subject: 'Subject', body: text });
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
};

test('whatever the values, they are filled in one pass, escaped, and add no element, attribute or line', () => {
  let tried = 0;
  fc.assert(
    fc.property(body, values, (written, given) => {
      const template = rendered(written);
      fc.pre(template !== undefined);
      tried += 1;
      const plain = Object.fromEntries(
        NAMES.map((name) => [name, oneLine(given[name]) === '' ? '' : 'plain']),
      ) as PlaceholderValues;
      const { html = '', text = '' } = template;
      expect(elementsOf(fillHtml(html, given))).toEqual(elementsOf(fillHtml(html, plain)));
      expect(fillText(text, given).split('\n')).toHaveLength(fillText(text, plain).split('\n').length);
      for (const out of [fillHtml(html, plain), fillText(text, plain)]) expect(out).not.toMatch(/\{\{|\}\}|\ue000/);
    }),
    { numRuns: 500 },
  );
  expect(tried).toBeGreaterThan(100);
});

const marks = fc.constantFrom(
  ...[
    '*',
    '**',
    '_',
    '`',
    '[',
    '](',
    ')',
    '|',
    '\n|-|-|\n',
    '\\',
    '{',
    '}',
    '<',
    '>',
    '# ',
    '- ',
    '1. ',
    '~~',
    '!',
    '\n',
    '\n\n',
  ],
  ...['https://a.example', '[a](https://a.example)', 'a@a.example', '    ', 'word', '&'],
  ...NAMES.slice(0, 3).flatMap((name) => [`{{${name}}}`, `{{#${name}}}`, `{{^${name}}}`, `{{/${name}}}`]),
  ...['{{joinLink}}', '[a]({{joinLink}})', '{{#joinLink}}', '{{/joinLink}}', '\n{{#joinLink}}\n', '\n{{/joinLink}}\n'],
);

/** Elements that do not end in the order in which they began. */
function unclosedIn(html: string): string[] {
  const open: string[] = [];
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
    if (['br', 'hr'].includes(name)) continue;
    if (slash !== '/') open.push(name);
    else if (open.pop() !== name) return [name];
  }
  return open;
}

test('whatever is typed is refused or makes whole markup, whichever sections are hidden', () => {
  let tried = 0;
  fc.assert(
    fc.property(
      fc.array(marks, { minLength: 1, maxLength: 14 }),
      fc.array(fc.constantFrom(...NAMES)),
      (parts, hidden) => {
        const template = rendered(parts.join(''));
        if (template === undefined) return;
        tried += 1;
        const given = Object.fromEntries(NAMES.map((name) => [name, hidden.includes(name) ? '' : 'plain']));
        const html = fillHtml(template.html ?? '', given as PlaceholderValues);
        const text = fillText(template.text ?? '', given as PlaceholderValues);
        expect(unclosedIn(html)).toEqual([]);
        for (const out of [html, text]) expect(out).not.toMatch(/\{\{|\ue000/);
      },
    ),
    { numRuns: 4000 },
  );
  expect(tried).toBeGreaterThan(500);
});

test.each([
  ['{{when}}', true],
  ['It is {{ where }}', true],
  ['{{#when}}soon{{/when}}', false],
  ['{{name}} {{event}} when where', false],
])('whether %j tells people when or where: %s', (text, tells) => {
  expect(tellsSchedule({ subject: 'x', body: text })).toBe(tells);
  expect(tellsSchedule({ subject: text, body: 'x' })).toBe(tells);
});
