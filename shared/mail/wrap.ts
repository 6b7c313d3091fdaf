const WIDTH = 72;

/** Breaks a paragraph between words, hung under what it begins with. A word that is too long stands alone. */
export function wrap(text: string, begins = ''): string {
  const lines = [begins];
  for (const word of text.trim().split(/\s+/)) {
    const last = lines.at(-1) ?? '';
    const isFresh = last.length <= begins.length;
    if (isFresh || last.length + 1 + word.length <= WIDTH) {
      lines[lines.length - 1] = isFresh ? `${last}${word}` : `${last} ${word}`;
    } else {
      lines.push(`${begins.includes('>') ? begins : ' '.repeat(begins.length)}${word}`);
    }
  }
  return lines.join('\n');
}
