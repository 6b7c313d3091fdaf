/**
 * How often its own time a function is tried for before a message is given up. AWS advises to hide messages for six times the
 * function's timeout, so that Lambda can try again while it finds none free, and five receives at least (Lambda, "Creating and
 * configuring an Amazon SQS event source mapping", read in November 2026). Ours are hidden for little longer than one run, so
 * that a crash costs a minute and not six; as patient with a lack of Lambdas they are by more receives.
 */
const PATIENCE = 6 * 5;

/** How often a message is received before it joins the dead letters; both times in seconds. */
export const mostReceives = ({ timeout, visibility }: { timeout: number; visibility: number }): number =>
  Math.ceil((PATIENCE * timeout) / visibility);
