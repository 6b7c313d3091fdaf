import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from './failure.ts';
import { ROOT } from './paths.ts';
import { run } from './process.ts';

/** A set of Python packages: where they are pinned, and the environment they are installed into. */
export interface Packages {
  readonly folder: string;
  readonly requirements: string;
}

/** What the local AWS takes, and the linter of templates. */
const LOCAL: Packages = { folder: '.venv', requirements: 'requirements.txt' };
/** What some tests take besides: too much for everybody who only wants to start Rollcall. */
export const FOR_TESTS: Packages = { folder: '.venv-test', requirements: 'requirements-test.txt' };

const OLDEST = [3, 10] as const;
const CANDIDATES = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];

/** The path of a program that came with these packages. */
export const inVenv = (program: string, { folder }: Packages = LOCAL): string => join(ROOT, folder, 'bin', program);

/** Installs these packages (pinned, hashes checked) unless that is done, and was from this very file. */
export const ensureVenv = async (
  packages: Packages = LOCAL,
  { env = process.env }: { env?: NodeJS.ProcessEnv } = {},
): Promise<'made' | 'kept'> => {
  const venv = join(ROOT, packages.folder);
  const requirements = join(ROOT, packages.requirements);
  const stamp = join(venv, '.made-from');
  const wanted = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex');
  const made = await readFile(stamp, 'utf8').catch(() => '');
  if (made === wanted && (await versionOf(inVenv('python', packages)))) return 'kept';
  const python = await findPython();
  await rm(venv, { recursive: true, force: true });
  await run(python, ['-m', 'venv', venv], { env, failed: venvFailure(python) });
  const pip = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--require-hashes',
    '-r',
    requirements,
  ];
  await run(inVenv('python', packages), pip, {
    env,
    failed: (lines) =>
      new Failure(
        `Python could not install ${packages.requirements}: is the network there, and PyPI within reach?`,
        lines.slice(-8),
      ),
  });
  await writeFile(stamp, wanted);
  return 'made';
};

const venvFailure = (python: string) => (lines: readonly string[]) =>
  new Failure(
    `${python} cannot make virtual environments: install its venv module (on Debian and Ubuntu: apt install python3-venv).`,
    lines.slice(-4),
  );

/** The first Python on the PATH that is new enough. */
const findPython = async (): Promise<string> => {
  const tooOld: string[] = [];
  for (const name of CANDIDATES) {
    const version = await versionOf(name);
    if (version && isNewEnough(version)) return name;
    if (version) tooOld.push(`${name} is ${version}`);
  }
  throw new Failure(
    `Python ${OLDEST.join('.')} or newer is needed and was not found on the PATH (${tooOld.join(', ') || 'there is no python3'}): install it from https://www.python.org or your system's packages.`,
  );
};

const versionOf = async (python: string): Promise<string | undefined> => {
  try {
    const script = 'import sys; print("%d.%d.%d" % sys.version_info[:3])';
    return (await promisify(execFile)(python, ['-c', script])).stdout.trim();
  } catch {
    return undefined;
  }
};

/** Whether a version such as "3.9.18" is one the emulator runs on. */
export const isNewEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
};
