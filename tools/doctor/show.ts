import { styleText } from 'node:util';
import { GROUPS, type Status } from './finding.ts';
import type { Report } from './report.ts';
import { counted } from './words.ts';

/** Each status by its sign and by a word, for who sees no colours or reads aloud. */
const SIGNS: Record<
  Status,
  readonly [sign: string, word: string, colour: 'green' | 'dim' | 'yellow' | 'red' | 'magenta']
> = {
  fine: ['✓', 'fine', 'green'],
  note: ['·', 'note', 'dim'],
  soon: ['!', 'soon', 'yellow'],
  hurts: ['✗', 'hurts', 'red'],
  blind: ['?', 'blind', 'magenta'],
};
const WORD = 5;
const INDENT = ' '.repeat(2 + 2 + WORD + 2);

export interface Look {
  readonly columns: number;
  readonly colour: boolean;
}

/** The report for people: by chapter, worst chapter's signs in front, no line wider than the terminal. */
export function show(report: Report, { columns, colour }: Look): string {
  const width = Math.max(40, Math.min(columns, 100));
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const lines: string[] = [];
  for (const group of GROUPS) {
    const findings = report.findings.filter((finding) => finding.group === group);
    if (findings.length === 0) continue;
    lines.push('', paint('bold', group));
    for (const { status, says, wayOut } of findings) {
      const [sign, word, hue] = SIGNS[status];
      const [first = '', ...rest] = wrapped(says, width - INDENT.length);
      lines.push(
        `  ${paint(hue, `${sign} ${word.padEnd(WORD)}`)}  ${first}`,
        ...rest.map((line) => `${INDENT}${line}`),
      );
      if (wayOut) lines.push(...wrapped(`→ ${wayOut}`, width - INDENT.length, '  ').map((line) => `${INDENT}${line}`));
    }
  }
  return [...lines, '', ...wrapped(summary(report), width), ''].join('\n');
}

function summary({ stage, account, region, counts: { hurts, soon, blind } }: Report): string {
  const where = `Stage ${stage} (account ${account}, ${region})`;
  const parts = [
    hurts > 0 ? `${counted(hurts, 'thing hurts', 'things hurt')} people now` : '',
    soon > 0 ? `${counted(soon, 'thing')} will` : '',
    blind > 0 ? `${counted(blind, 'thing')} could not be looked at` : '',
  ].filter(Boolean);
  if (hurts > 0) return `${where}: ${parts.join(', ')}. Begin with ✗.`;
  if (blind > 0) return `${where}: nothing seen that hurts anybody, but ${parts.join(', ')}.`;
  if (soon > 0)
    return `${where}: nobody is hurt; ${counted(soon, 'thing is', 'things are')} to be seen to before ${soon === 1 ? 'it does' : 'they do'}.`;
  return `${where}: healthy.`;
}

/** Words in lines of this width; one that is longer has a line of its own, so that it can be copied whole. */
export function wrapped(text: string, width: number, hanging = ''): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(lines.length === 0 ? word : `${hanging}${word}`);
  }
  return lines;
}
