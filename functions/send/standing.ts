/**
 * How it stands with a mail: settled; to be looked at again after some seconds; or left to whoever sweeps. `called` where
 * SES was called, whatever came of it: the slot is used.
 */
export type Standing = { readonly called: boolean } & (
  | { readonly is: 'settled' | 'left' }
  | { readonly is: 'again'; readonly after: number }
);

export const SETTLED: Standing = { is: 'settled', called: false };
export const LEFT: Standing = { is: 'left', called: false };

/** Seconds after which something is tried again that may soon be possible. */
export const BACKOFF = 5;

/** What a person was told, or that they had their first mail, is known in a moment; what else there is to wait for, `sweep` comes back to. */
export const waiting = (reason: string): Standing =>
  reason === 'told' || reason === 'first-mail' ? { is: 'again', after: BACKOFF, called: false } : LEFT;
