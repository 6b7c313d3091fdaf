import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newApp, stackOf } from './synthesised.ts';

const CFN_LINT = '.venv/bin/cfn-lint';
const outdir = mkdtempSync(join(tmpdir(), 'rollcall-lint-'));
afterAll(() => rmSync(outdir, { recursive: true }));

/** What cfn-lint says of these templates; nothing when all is well. */
async function lint(...templates: string[]): Promise<string> {
  // W3005 finds a needless DependsOn in what CDK makes for rules; CloudFormation does not mind.
  const run = promisify(execFile)(CFN_LINT, ['-i', 'W3005', '--', ...templates]);
  return run.then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout || stderr,
  );
}

beforeAll(() => {
  if (!existsSync(CFN_LINT))
    throw new Error(
      `${CFN_LINT} is missing: run "npm test", which makes .venv from requirements.txt, or "npm start" once.`,
    );
});

describe('cfn-lint', () => {
  test.each(['local', 'dev', 'prod'])(
    'finds nothing in the templates of the %s stage',
    { timeout: 300_000 },
    async (stage) => {
      const app = newApp(join(outdir, stage));
      stackOf({ stage }, app);
      app.synth();
      const templates = readdirSync(app.outdir).filter((file) => file.endsWith('.template.json'));
      expect(templates).toHaveLength(stage === 'local' ? 1 : 2);
      expect(await lint(...templates.map((file) => join(app.outdir, file)))).toBe('');
    },
  );

  test('would find something', { timeout: 300_000 }, async () => {
    const wrong = join(outdir, 'wrong.template.json');
    writeFileSync(
      wrong,
      JSON.stringify({ Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { Color: 'red' } } } }),
    );
    expect(await lint(wrong)).toContain('Color');
  });
});
