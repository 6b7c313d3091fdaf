/** A file of comma-separated values as another program reads it (RFC 4180 §2). */
export function readCsv(text: string, separator = ','): string[][] {
  const rows: string[][] = [];
  let [row, cell, isQuoted]: [string[], string, boolean] = [[], '', false];
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (isQuoted && char === '"' && text.charAt(at + 1) === '"') {
      cell += '"';
      at++;
    } else if (char === '"') isQuoted = !isQuoted;
    else if (!isQuoted && char === separator) {
      row.push(cell);
      cell = '';
    } else if (!isQuoted && (char === '\n' || char === '\r')) {
      if (char === '\r' && text.charAt(at + 1) === '\n') at++;
      rows.push([...row, cell]);
      [row, cell] = [[], ''];
    } else cell += char;
  }
  return cell === '' && row.length === 0 ? rows : [...rows, [...row, cell]];
}
