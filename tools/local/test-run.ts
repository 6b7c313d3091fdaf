const PROJECTS = ['unit', 'simulation', 'infra', 'integration', 'e2e', 'browser'];

/** Which of the words of `npm test -- …` name projects; the others pick files. */
export const selection = (words: readonly string[]): { projects: string[]; filters: string[] } => ({
  projects: words.filter((word) => PROJECTS.includes(word)),
  filters: words.filter((word) => !PROJECTS.includes(word)),
});

/** What counting needs to know of a test file that was run. */
export interface RunModule {
  ok(): boolean;
  readonly children: { allTests(): Iterable<{ result(): { readonly state: string } }> };
}

/**
 * How many tests passed and failed. A file that broke before or between its tests is a failure of its own, and so is
 * every error nobody caught: nothing that went wrong ends as "0 failed".
 */
export const countTests = (
  modules: Iterable<RunModule>,
  uncaughtErrors: number,
): { passed: number; failed: number } => {
  let passed = 0;
  let failed = uncaughtErrors;
  for (const module of modules) {
    const states = [...module.children.allTests()].map((test) => test.result().state);
    const failures = states.filter((state) => state === 'failed').length;
    passed += states.filter((state) => state === 'passed').length;
    failed += failures === 0 && !module.ok() ? 1 : failures;
  }
  return { passed, failed };
};
