type Fields = Record<string, unknown> & { error?: unknown };

/** Says a short sentence and ids, as one JSON line. Never names, addresses, bodies or tokens. */
export interface Logger {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

const MOST_CAUSES = 5;

/**
 * The log of one Lambda. Written here instead of by Powertools' Logger, of which nothing else was used: 20 KB of each
 * bundle. `timestamp` and `level` are the names Lambda itself reads in JSON logs.
 */
export function logger(service: string, write: (line: string) => void = toStdout): Logger {
  const say =
    (level: 'INFO' | 'WARN' | 'ERROR') =>
    (message: string, { error, ...fields }: Fields = {}) =>
      write(
        JSON.stringify({
          level,
          message,
          timestamp: new Date().toISOString(),
          service,
          xray_trace_id: traceId(),
          ...fields,
          ...(error !== undefined && { error: described(error) }),
        }),
      );
  return { info: say('INFO'), warn: say('WARN'), error: say('ERROR') };
}

const toStdout = (line: string): void => void process.stdout.write(`${line}\n`);

/** The request's trace, by which its lines are found with those of the functions it set going. */
const traceId = (): string | undefined => /Root=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID ?? '')?.[1];

function described(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack, cause } = error;
  return {
    name,
    message,
    stack,
    ...(cause !== undefined && depth < MOST_CAUSES && { cause: described(cause, depth + 1) }),
  };
}
