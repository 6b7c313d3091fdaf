/** Something the person at the keyboard can mend: one clear sentence, the way out, and the lines that tell why. */
export class Failure extends Error {
  readonly details: readonly string[];

  constructor(sentence: string, details: readonly string[] = []) {
    super(sentence);
    this.name = 'Failure';
    this.details = details;
  }
}

/** What to print for anything thrown: our own sentence, or the error's with its stack. */
export const explain = (error: unknown): string[] => {
  if (error instanceof Failure) return [error.message, ...error.details.map((line) => `    ${line}`)];
  return error instanceof Error ? (error.stack ?? error.message).split('\n') : [String(error)];
};
