import type { Fact, Foot, Letter, Section } from './letter.ts';
import { headlineOf } from './subject.ts';
import { wrap } from './wrap.ts';

/** The letter in plain text: 72 columns, addresses on lines of their own, never broken. */
export function renderText(letter: Letter, greeting: string | undefined, foot: Foot): string {
  const { aside, words, facts, action, sections } = letter;
  const blocks = [
    ...(aside === undefined ? [] : [wrap(aside)]),
    wrap(words ? words.subject : headlineOf(letter.news, facts.title)),
    ...(greeting === undefined ? [] : [greeting]),
    ...(words ? [wrapLines(words.text), wrap(facts.title)] : letter.lead.map((text) => wrap(text))),
    facts.rows.map((row) => factLine(row, widest(facts.rows))).join('\n'),
    [action.label.toUpperCase(), action.url, ...(action.note ? [wrap(action.note)] : [])].join('\n'),
    ...sections.map(sectionBlock),
    ['-- ', ...foot.lines.map((text) => wrap(text)), ...foot.links.map(({ label, url }) => `${label}:\n${url}`)].join(
      '\n',
    ),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const widest = (rows: readonly Fact[]) => Math.max(...rows.map(({ label }) => label.length)) + 3;

function factLine({ label, text, url, before }: Fact, indent: number): string {
  const begins = `${label}:`.padEnd(indent);
  if (url !== undefined) return `${begins}${url}`;
  if (before === undefined) return wrap(text, begins);
  return [wrap(`Now: ${text}`, begins), wrap(`Before: ${before}`, ' '.repeat(indent))].join('\n');
}

const sectionBlock = ({ heading, paragraphs, code, link }: Section): string =>
  [
    heading.toUpperCase(),
    paragraphs.map(wrapLines).join('\n\n'),
    ...(link ? [link.url] : []),
    ...(code === undefined ? [] : ['', code.replace(/^(?=.)/gm, '    ')]),
  ].join('\n');

/** Lines stay lines; one that is too long goes on under its first word, beside the bullet or the quote's mark. */
const wrapLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => {
      const [begins = ''] = /^ *(?:(?:-|\d+\.|>) )*/.exec(line) ?? [];
      return wrap(line.slice(begins.length), begins);
    })
    .join('\n');
