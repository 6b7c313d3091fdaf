import { join } from 'node:path';

/** The repository's root. */
export const ROOT = join(import.meta.dirname, '../..');

/** Everything the launcher keeps between two starts; git-ignored. */
export const STATE_ROOT = join(ROOT, '.rollcall');
