import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  /** It comes inside another package's file, whose integrity is its own. */
  readonly inBundle?: boolean;
  readonly bundleDependencies?: readonly string[];
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
const installed = Object.entries(packages).filter(([path, { link }]) => path !== '' && !link);

/** The nearest package around this one whose file holds it. */
function bundleOf(path: string): Locked | undefined {
  const around = path.slice(0, path.lastIndexOf('/node_modules/'));
  if (around === path || around === '') return undefined;
  const holder = packages[around];
  return holder && !holder.inBundle ? holder : bundleOf(around);
}

test('whatever is installed, on whatever platform, is the file that was locked', () => {
  const unlocked = installed.filter(([path, { inBundle, integrity }]) => {
    const theirs = inBundle ? bundleOf(path)?.integrity : integrity;
    return !/^sha512-[\w+/]{86}==$/.test(theirs ?? '');
  });
  expect(unlocked.map(([path, { version }]) => `${path} ${version}`)).toEqual([]);
  expect(installed.filter(([, { os }]) => os?.includes('darwin')).length).toBeGreaterThan(3);
  expect(installed.filter(([, { os }]) => os?.includes('win32')).length).toBeGreaterThan(3);
});

test('every platform’s package is there: nobody’s npm has to look for one that is not locked', () => {
  const names = new Set(installed.map(([path]) => path.split('node_modules/').at(-1)));
  const wanted = installed.flatMap(([, { optionalDependencies = {} }]) => Object.keys(optionalDependencies));
  expect(wanted.length).toBeGreaterThan(20);
  expect(wanted.filter((name) => !names.has(name))).toEqual([]);
});

test('no package is tied to the place that it was once fetched from', () => {
  expect(installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
});
