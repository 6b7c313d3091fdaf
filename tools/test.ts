import { startVitest } from 'vitest/node';
import { ROOT } from './local/paths.ts';
import { countTests, selection } from './local/test-run.ts';

// `npm test` runs everything; `npm test -- unit infra` those projects; any other word picks files by their name.
const { projects, filters } = selection(process.argv.slice(2));
const vitest = await startVitest(filters, { root: ROOT, run: true, watch: false, project: projects });
const counted = countTests(vitest.state.getTestModules(), vitest.state.getUnhandledErrors().length);
const { passed } = counted;
// A set-up that fails leaves no test behind that could be counted.
const failed = counted.failed === 0 && process.exitCode ? 1 : counted.failed;
// Stops the local AWS, if these tests had one; then the count is the last line.
await vitest.close();
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed > 0 ? 1 : 0);
