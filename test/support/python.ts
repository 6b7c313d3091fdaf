import { ensureVenv } from '#tools/local/venv.ts';

/** Global set-up for tests that run programs of .venv, such as cfn-lint. */
export const setup = async (): Promise<void> => {
  await ensureVenv();
};
