import * as z from 'zod';
import { Id } from './ids.ts';
import { open, seal } from './seal.ts';

/** Somebody wants the links of an address mailed to it. */
export const LinkWish = z.object({
  email: z.string().min(3),
  /** The visitor's IP address as the edge saw it. */
  ip: z.string(),
});
export type LinkWish = z.infer<typeof LinkWish>;

/** A wish as it is kept until somebody has looked: nobody can read from it whose it is. */
export const KeptWish = z.object({
  wishId: Id,
  sealed: z.string(),
  /** Nobody looks any more after this; epoch seconds. */
  until: z.number(),
});
export type KeptWish = z.infer<typeof KeptWish>;

/** For so long a wish is kept, whatever happens. Seconds. */
export const WISH_KEPT_FOR = 3600;

const PURPOSE = 'link-wish';

/** The wish, hidden from everybody who has not the key. */
export const sealWish = (key: string, { email, ip }: LinkWish, chance: Parameters<typeof seal>[3]): string =>
  seal(key, PURPOSE, JSON.stringify({ email, ip }), chance);

/** The wish that was hidden. Throws where this key did not hide it: it is corrupt, or the key is another one. */
export function openWish(key: string, sealed: string): LinkWish {
  const text = open(key, PURPOSE, sealed);
  if (text === undefined) throw new Error('A wish for links does not open with the key of addresses');
  return LinkWish.parse(JSON.parse(text));
}
