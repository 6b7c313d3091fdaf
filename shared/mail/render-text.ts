import type { Fact, Foot, Letter, Section } from './letter.ts';

const WIDTH = 72;

/** The letter in plain text: 72 columns, addresses on lines of their own, never broken. */
export function renderText(letter: Letter, greeting: string, foot: Foot): string {
  const { news, facts, lead, action, sections } = letter;
  const blocks = [
    wrap(`${news}: ${facts.title}`),
    greeting,
    ...lead.map((text) => wrap(text)),
    facts.rows.map((row) => factLine(row, widest(facts.rows))).join('\n'),
    [action.label.toUpperCase(), action.url, ...(action.note ? [wrap(action.note)] : [])].join('\n'),
    ...sections.map(sectionBlock),
    ['-- ', ...foot.lines.map((text) => wrap(text)), ...foot.links.map(({ label, url }) => `${label}:\n${url}`)].join(
      '\n',
    ),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const widest = (rows: readonly Fact[]) => Math.max(...rows.map(({ label }) => label.length)) + 3;

const factLine = ({ label, text, url }: Fact, indent: number): string =>
  url === undefined ? wrap(text, `${label}:`.padEnd(indent)) : `${`${label}:`.padEnd(indent)}${url}`;

const sectionBlock = ({ heading, text, link }: Section): string =>
  [heading.toUpperCase(), wrap(text), ...(link ? [link.url] : [])].join('\n');

/** Breaks a paragraph between words, hung under what it begins with. A word that is too long stands alone. */
function wrap(text: string, begins = ''): string {
  const lines = [begins];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1) ?? '';
    const isFresh = last.length <= begins.length;
    if (isFresh || last.length + 1 + word.length <= WIDTH) {
      lines[lines.length - 1] = isFresh ? `${last}${word}` : `${last} ${word}`;
    } else {
      lines.push(`${' '.repeat(begins.length)}${word}`);
    }
  }
  return lines.join('\n');
}
