import * as z from 'zod';
import type { Reply } from './http.ts';

/** What SES is to say of itself from now on, beside what it enforces: fields of the answer to a GET of this path, in place of the emulator's. */
export const AnswerOrder = z.strictObject({
  path: z.string().startsWith('/v2/'),
  fields: z.record(z.string(), z.unknown()),
});
export type AnswerOrder = z.infer<typeof AnswerOrder>;

/** What is so of the account, whatever the emulator says: its own is out of the sandbox, and all it knows is verified. */
export interface SesState {
  readonly sandbox: boolean;
  readonly unverified: ReadonlySet<string>;
}

const ACCOUNT = '/v2/email/account';
const IDENTITY = '/v2/email/identities/';

/** SES's answers about itself: what it enforces is what it says, and a test may order the rest. */
export const sesAnswers = (state: () => SesState) => {
  const orders = new Map<string, AnswerOrder['fields']>();
  const enforced = (path: string): AnswerOrder['fields'] => {
    const { sandbox, unverified } = state();
    if (path === ACCOUNT && sandbox) return { ProductionAccessEnabled: false };
    if (path.startsWith(IDENTITY) && unverified.has(decodeURIComponent(path.slice(IDENTITY.length))))
      return { VerifiedForSendingStatus: false };
    return {};
  };
  return {
    order: ({ path, fields }: AnswerOrder): void => void orders.set(path, fields),
    clear: (): void => orders.clear(),
    /** The reply as it is to be told; as it came where nothing is to be said otherwise, or where it is a refusal. */
    amend(path: string | undefined, reply: Reply): Reply {
      const fields = { ...enforced(path ?? ''), ...orders.get(path ?? '') };
      if (Object.keys(fields).length === 0 || reply.status !== 200) return reply;
      const body = Buffer.from(JSON.stringify({ ...JSON.parse(reply.body.toString()), ...fields }));
      return { ...reply, body, headers: { ...reply.headers, 'content-length': body.length } };
    },
  };
};
export type SesAnswers = ReturnType<typeof sesAnswers>;
