import { ensureVenv, FOR_TESTS } from '#tools/local/venv.ts';

/** Global set-up for tests that run programs written in Python: cfn-lint, a stand-in for AWS, the AWS CLI. */
export const setup = async (): Promise<void> => {
  await ensureVenv();
  await ensureVenv(FOR_TESTS);
};
