/** How long one check may take in all, milliseconds. */
export const LOOK_WITHIN = 25_000;

/** What an error tells of itself: AWS's, or of Node's network. */
interface Told {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const DENIED = /^(AccessDenied|Unauthorized|NotAuthorized|AuthorizationError)/;
const UNKNOWN = /^(UnknownOperation|InvalidAction|NotImplemented|UnsupportedOperation|UnknownOperationException)/;

/** Whether the service does not know the question: on an emulator that is no fault of the stage. */
export const isUnknownHere = (error: unknown): boolean => {
  const { name = '', $metadata } = (error ?? {}) as Told;
  return UNKNOWN.test(name) || $metadata?.httpStatusCode === 501;
};

/**
 * Why a check could not look, in words. AWS's own sentence names the caller, who may be a person: of a refusal only the
 * right that is missing is told, of other errors the name and what is left without names of things.
 */
export function cannotLook(error: unknown, rights: readonly string[]): string {
  const { name = 'Error', message = '', code = '' } = (error ?? {}) as Told;
  if (DENIED.test(name)) {
    const right = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z]+)/i.exec(message)?.[1];
    return `needs the right ${right ?? rights.join(', ')}`;
  }
  if (name === 'TimeoutError' || name === 'AbortError' || /^(ETIMEDOUT|ECONNRESET)$/.test(code))
    return 'AWS did not answer in time';
  if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)$/.test(code)) return 'AWS cannot be reached';
  if (isUnknownHere(error)) return 'AWS does not know the question';
  const short = message
    .split(/\n/)[0]
    ?.replace(/arn:\S+/g, '<arn>')
    .replace(/\S+@\S+/g, '<address>')
    .slice(0, 120)
    .trim();
  return short ? `${name}: ${short}` : name;
}

/** The work's outcome, or an error when it takes too long. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('Too long'), { name: 'TimeoutError' })), milliseconds);
  });
  // Whoever was too slow may still fail later: nobody listens then.
  work.catch(() => {});
  return Promise.race([work, tooLong]).finally(() => clearTimeout(timer));
}
