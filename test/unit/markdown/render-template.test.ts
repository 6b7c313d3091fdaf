import { describe, expect, test } from 'vitest';
import { Template } from '#shared/domain/campaign.ts';
import { Refusal } from '#shared/domain/errors.ts';
import { PLACEHOLDERS } from '#shared/domain/placeholder.ts';
import { renderTemplate } from '#shared/markdown/render-template.ts';

const render = (body: string, subject = 'Tomorrow') => renderTemplate({ subject, body });
const html = (body: string) => render(body).html?.replaceAll('\n<', '<').replaceAll('>\n', '>');
const REL = 'rel="nofollow noopener noreferrer"';

function refusalOf(body: string, subject?: string): Refusal {
  try {
    render(body, subject);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('It was not refused');
}

test('what was typed is kept beside what was made of it, and is a template as the table keeps it', () => {
  const written = { subject: 'See you, {{ name }}', body: 'Hello **{{name}}**' };
  expect(renderTemplate(written)).toEqual({
    ...written,
    html: '<p>Hello <strong>{{name}}</strong></p>',
    text: 'Hello {{name}}',
  });
  expect(Template.parse(renderTemplate(written))).toEqual(renderTemplate(written));
});

test('every placeholder there is can be written', () => {
  const all = Object.keys(PLACEHOLDERS).map((name) => `{{${name}}}`);
  const { text } = render(all.join(' and '));
  expect(text).toBe(all.join(' and '));
});

describe('as markup', () => {
  test.each([
    ['{{name}}, {{ event }} is on {{when}}.', '<p>{{name}}, {{event}} is on {{when}}.</p>'],
    ['_{{name}}_ **{{event}}**', '<p><em>{{name}}</em> <strong>{{event}}</strong></p>'],
    ['[Join *now*]({{joinLink}})', `<p><a href="{{joinLink}}" ${REL}>Join <em>now</em></a></p>`],
    ['Join: {{joinLink}}.', `<p>Join: <a href="{{joinLink}}" ${REL}>{{joinLink}}</a>.</p>`],
    ['[{{joinLink}}]({{joinLink}})', `<p><a href="{{joinLink}}" ${REL}>{{joinLink}}</a></p>`],
    ['[All of {{event}}](https://example.org/)', `<p><a href="https://example.org/" ${REL}>All of {{event}}</a></p>`],
    ['`{{joinLink}}`', '<p><code>{{joinLink}}</code></p>'],
    ['a{{#recordingLink}} b{{/recordingLink}}', '<p>a{{#recordingLink}} b{{/recordingLink}}</p>'],
    [
      '{{#recordingLink}}\n## Again\n- one\n- two\n{{/recordingLink}}\nafter',
      '{{#recordingLink}}<h4>Again</h4><ul><li>one</li><li>two</li></ul>{{/recordingLink}}<p>after</p>',
    ],
    [
      '{{#joinLink}}\n{{^recordingLink}}\nOnly live.\n{{/recordingLink}} {{/joinLink}}',
      '{{#joinLink}}\n{{^recordingLink}}<p>Only live.</p>{{/recordingLink}} {{/joinLink}}',
    ],
    [
      'See https://example.org/a{{#joinLink}} or join{{/joinLink}}',
      `<p>See <a href="https://example.org/a" ${REL}>https://example.org/a</a>{{#joinLink}} or join{{/joinLink}}</p>`,
    ],
    ['<b>{{name}}</b>', '<p>&lt;b&gt;{{name}}&lt;/b&gt;</p>'],
    ['One } two }} three', '<p>One } two }} three</p>'],
    ['a \ue000name\ue000 b', '<p>a name b</p>'],
  ])('%j', (body, expected) => {
    expect(html(body)).toBe(expected);
  });
});

describe('as text', () => {
  test.each([
    ['**Bold** and _soft_,\nin one line', 'Bold and soft, in one line'],
    ['One\\\ntwo', 'One\ntwo'],
    ['# The *day*\nWords', 'The day\n\nWords'],
    ['- one\n- two\n  going on\n  - inner\n- three', '- one\n- two going on\n  - inner\n- three'],
    ['3. three\n4. four', '3. three\n4. four'],
    ['- [x] done\n- [ ] open', '- ☑ done\n- ☐ open'],
    ['> said\n>\n> so', '> said\n>\n> so'],
    ['a | b\n--|--\n1 | 2', 'a | b\n1 | 2'],
    ['[the guide](https://example.org/a)', 'the guide: https://example.org/a'],
    ['<https://example.org/a> and https://example.org', 'https://example.org/a and https://example.org/'],
    ['[Write](mailto:a@example.org) or a@example.org', 'Write: a@example.org or a@example.org'],
    ['[not this](javascript:alert(1))', 'not this'],
    ['[Join]({{joinLink}})', 'Join{{#joinLink}}: {{joinLink}}{{/joinLink}}'],
    ['[{{joinLink}}]({{joinLink}})', '{{joinLink}}'],
    ['{{#joinLink}}\n- one\n{{/joinLink}}', '{{#joinLink}}\n\n- one\n\n{{/joinLink}}'],
    ['![Our hall](https://example.org/x.png)', 'Our hall'],
    ['```\nlet a;\n  b\n```', 'let a;\n  b'],
    ['a\n\n---\n\nb', 'a\n\n----\n\nb'],
  ])('%j', (body, expected) => {
    expect(render(body).text).toBe(expected);
  });
});

describe('is refused', () => {
  test.each([
    ['{{nmae}}', 'There is no placeholder {{nmae}}'],
    ['{{constructor}}', 'There is no placeholder {{constructor}}'],
    ['{{Name}}', 'There is no placeholder {{Name}}'],
    ['{{{name}}}', 'There is no placeholder {{{name}}'],
    ['{{& name}}', 'There is no placeholder {{& name}}'],
    ['{{! a note }}', 'There is no placeholder {{! a note }}'],
    ['{{> part}}', 'There is no placeholder {{> part}}'],
    ['{{=<% %>=}}', 'There is no placeholder {{=<% %>=}}'],
    ['{{#each people}}x{{/each}}', 'There is no placeholder {{#each people}}'],
    ['{{else}}', 'There is no placeholder {{else}}'],
    ['{{}}', 'There is no placeholder {{}}'],
    ['Hello {{name', '{{name does not'],
    ['Hello {{name}', '{{name does not'],
    ['a {{ b', '{{ b does not'],
    ['{{#name}}a', '{{#name}} never ends: write {{/name}}'],
    ['{{^name}}a', '{{^name}} never ends'],
    ['a{{/name}}', '{{/name}} ends a section that has not begun'],
    ['{{#name}}{{#event}}{{/name}}{{/event}}', '{{/name}} comes while {{#event}} is open'],
    ['{{#name}}{{#event}}{{#name}}{{/name}}{{/event}}{{/name}}', 'inside another section of the same name'],
    ['{{#name}}{{^name}}x{{/name}}{{/name}}', '{{^name}} is inside another section of the same name'],
    ['**a {{#name}}b** c{{/name}}', 'The section {{#name}} begins in one paragraph, list or emphasis'],
    ['{{#name}}one\n\ntwo{{/name}}', 'The section {{#name}} begins in one paragraph'],
    ['- one{{#event}}\n- two{{/event}}', 'The section {{#event}} begins in one paragraph'],
    ['[a {{#name}}b](https://example.org) c{{/name}}', 'The section {{#name}} begins'],
    ['a | b\n--|--\n1{{#name}} | 2 {{/name}}', 'The section {{#name}} begins'],
    ['a | b\n--|--\n{{#name}}1 | 2 | {{/name}}', '{{#name}} never ends'],
    ['{{#name}}a [b](https://example.org "{{/name}}")', '{{#name}} never ends'],
    ['[a](https://example.org/?q={{name}})', '{{name}} is a part of an address'],
    ['https://example.org/{{name}}', '{{name}} is a part of an address'],
    ['[a](https://example.org/{{#name}}b{{/name}})', '{{#name}} is a part of an address'],
    ['[a]({{joinLink}}{{joinLink}})', '{{joinLink}} is a part of an address'],
    ['[a]({{name}})', '{{name}} is no address'],
    ['\\{\\{name}}', 'Two opening braces in a row'],
    ['{**{name}}**', 'Two opening braces in a row'],
    ['{**{/name}}**', 'Two opening braces in a row'],
    ['[x](https://example.org/?a=\\{\\{name}})', 'Two opening braces in a row'],
    [' \n ', 'Write what the mail should say'],
  ])('%j: %s', (body, message) => {
    const refusal = refusalOf(body);
    expect(refusal).toMatchObject({ code: 'invalid-template', field: 'template/body' });
    expect(refusal.message).toContain(message);
  });

  test('an unknown placeholder, with a list of those there are', () => {
    const { message } = refusalOf('{{nmae}}');
    for (const name of Object.keys(PLACEHOLDERS)) expect(message).toContain(`{{${name}}}`);
  });

  test.each([
    ['{{nmae}}', 'There is no placeholder {{nmae}}'],
    ['{{#name}}x', '{{#name}} never ends'],
    ['Join: {{joinLink}}', 'A subject cannot hold a link: leave {{joinLink}} to the body'],
    ['{{eventLink}}', 'A subject cannot hold a link'],
  ])('a subject %j: %s', (subject, message) => {
    const refusal = refusalOf('Words', subject);
    expect(refusal).toMatchObject({ code: 'invalid-template', field: 'template/subject' });
    expect(refusal.message).toContain(message);
  });

  const TOKEN = 'zq3v8k2m5n7p9r4t7h2c9d4f6g8j3k5m.k1.Zm9vYmFyYmF6cXV4MTIzNDU2Nz0';
  test.each([
    [`https://events.example.org/r/${TOKEN}`, '{{manageLink}}'],
    [`[join](https://events.example.org/j/${TOKEN}?x=1)`, '{{joinLink}}'],
    [`see events.example.org/s/${TOKEN}.`, '{{surveyLink}}'],
    [`https://events.example.org/u/${TOKEN}`, 'leave it out'],
    [`https://safe.example.com/?url=https%3A%2F%2Fevents.example.org%2Fj%2F${TOKEN}`, '{{joinLink}}'],
    [TOKEN, '{{manageLink}} or {{joinLink}}'],
    [`[mine](https://events.example.org/r/${TOKEN.replaceAll('.', '\\.')})`, '{{manageLink}}'],
  ])('somebody’s own link: %s', (body, instead) => {
    const refusal = refusalOf(body);
    expect(refusal).toMatchObject({ code: 'invalid-template', field: 'template/body' });
    expect(refusal.message).toContain('somebody’s own link');
    expect(refusal.message).toContain(instead);
  });

  test('somebody’s own link in the subject', () => {
    expect(refusalOf('Words', `Look: /r/${TOKEN}`)).toMatchObject({ field: 'template/subject' });
  });

  test.each([
    ['too many characters', 'x'.repeat(20_001)],
    ['too much markup', '| a |\n|---|\n'.padEnd(19_000, '|a|\n')],
    ['too many links to fill in', '{{joinLink}} '.repeat(1500)],
  ])('%s', (_, body) => {
    expect(refusalOf(body)).toMatchObject({ code: 'template-too-long', field: 'template/body' });
  });
});

test('a section in the subject may look at a link without showing it', () => {
  expect(() => render('Words', '{{#recordingLink}}Watch {{event}} again{{/recordingLink}}')).not.toThrow();
});

test('a token of another kind is nobody’s link', () => {
  expect(() => render(`https://example.org/r/${'u'.repeat(32)}.k1.${'x'.repeat(27)}`)).not.toThrow();
});
