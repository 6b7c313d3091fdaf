import { Logger as Powertools } from '@aws-lambda-powertools/logger';

type Fields = Record<string, unknown> & { error?: unknown };

/** Says a short sentence and ids, as one JSON line. Never names, addresses, bodies or tokens. */
export interface Logger {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

/** The log of one Lambda. */
export function logger(serviceName: string): Logger {
  const powertools = new Powertools({ serviceName });
  const say =
    (level: 'info' | 'warn' | 'error') =>
    (message: string, fields: Fields = {}) =>
      powertools[level](message, fields);
  return { info: say('info'), warn: say('warn'), error: say('error') };
}
