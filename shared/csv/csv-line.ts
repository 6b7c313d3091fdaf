/** What tells a spreadsheet that a file is UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff';

/**
 * Where a spreadsheet may take text for a formula: a sign that begins one, wide forms too, at the start of a cell or after
 * anything that some spreadsheet takes for the end of one (OWASP, "CSV Injection").
 */
const FORMULA = /(?=[=+\-@\uff0b\uff0d\uff1d\uff20])(?<=(?:^|[,;|\t\r\n"])\s*)/g;

/** Text that no spreadsheet runs: an apostrophe stands before what would be a formula, and before a leading tab or break. */
export const inert = (text: string): string => text.replace(FORMULA, "'").replace(/^(?=[\t\r\n])/, "'");

/** One line of a CSV file (RFC 4180 §2): every cell in quotes, none of them a formula. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${inert(cell).replaceAll('"', '""')}"`).join(',')}\r\n`;
