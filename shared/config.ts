import * as z from 'zod';

/** What a function reads from its environment. Parsed once, at cold start, so a bad deploy fails at once. */
export const readConfig = <S extends z.ZodRawShape>(shape: S, env: NodeJS.ProcessEnv = process.env) =>
  // Read once: a compiled parser would never pay for itself.
  z.object(shape).parse(env, { jitless: true });

/** A JSON value in one environment variable. */
export const json = <S extends z.ZodType>(schema: S) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'Not JSON', input: text });
        return z.NEVER;
      }
    })
    .pipe(schema);

/** What pages and mails say of the site itself. */
export const Site = z.object({
  name: z.string(),
  organiser: z.object({ name: z.string(), email: z.string() }),
  corsOrigins: z.array(z.string()),
  retentionDays: z.number(),
});
export type Site = z.infer<typeof Site>;
