import { unreadable } from './unreadable.ts';

try {
  // Before anything else takes it in, so that a slip in the one file to edit is answered like any other mistake there.
  await import('./stages.ts');
} catch (error) {
  const sentence = unreadable(error);
  if (!sentence) throw error;
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
const { synthesise } = await import('./synthesise.ts');
synthesise();
