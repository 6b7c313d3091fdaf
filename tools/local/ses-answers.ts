import * as z from 'zod';
import type { Reply } from './http.ts';

/** What SES is to say of itself from now on: fields of the answer to a GET of this path, in place of the emulator's. */
export const AnswerOrder = z.strictObject({
  path: z.string().startsWith('/v2/'),
  fields: z.record(z.string(), z.unknown()),
});
export type AnswerOrder = z.infer<typeof AnswerOrder>;

/** The emulator's account is out of the sandbox and its identities are verified: a test may order it otherwise. */
export const sesAnswers = () => {
  const orders = new Map<string, AnswerOrder['fields']>();
  return {
    order: ({ path, fields }: AnswerOrder): void => void orders.set(path, fields),
    clear: (): void => orders.clear(),
    /** The reply as it was ordered; as it came where nothing was, or where it is a refusal. */
    amend(path: string | undefined, reply: Reply): Reply {
      const fields = orders.get(path ?? '');
      if (!fields || reply.status !== 200) return reply;
      const body = Buffer.from(JSON.stringify({ ...JSON.parse(reply.body.toString()), ...fields }));
      return { ...reply, body, headers: { ...reply.headers, 'content-length': body.length } };
    },
  };
};
export type SesAnswers = ReturnType<typeof sesAnswers>;
