import { CsvError, parse } from 'csv-parse/sync';

const LONGEST_ROW = 64 * 1024;

/** Where a table cannot be cut into rows: the row, and why. */
export class BrokenTable extends Error {
  override readonly name = 'BrokenTable';
}

export const DELIMITERS = [',', '\t', ';'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/**
 * Hands over the rows of a table one by one, with their numbers as a spreadsheet counts them, and keeps none: memory does
 * not grow with the rows. `most` ends it early. Throws BrokenTable.
 */
export function eachRow(
  text: string,
  { delimiter, most, quotes = true }: { delimiter: Delimiter; most?: number; quotes?: boolean },
  take: (cells: readonly string[], row: number) => void,
): void {
  let row = 0;
  try {
    parse(text, {
      delimiter,
      quote: quotes ? '"' : null,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_quotes: true,
      relax_column_count: true,
      max_record_size: LONGEST_ROW,
      ...(most !== undefined && { to: most }),
      on_record: (cells: string[]) => {
        take(cells, ++row);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new BrokenTable(SENTENCES[error.code]?.(row + 1) ?? `Row ${row + 1} cannot be read`, { cause: error });
  }
}

const SENTENCES: Partial<Record<string, (row: number) => string>> = {
  CSV_QUOTE_NOT_CLOSED: (row) => `Row ${row} begins with a quotation mark that is never closed`,
  CSV_MAX_RECORD_SIZE: (row) => `Row ${row} is longer than ${LONGEST_ROW / 1024} KB`,
};
