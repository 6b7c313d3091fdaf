import { expect, test } from 'vitest';
import { isNewEnough } from '#tools/local/venv.ts';

test('Python 3.10 and later will do', () => {
  expect(['3.10.0', '3.13.0', '4.0.1'].map(isNewEnough)).toEqual([true, true, true]);
});

test('older Pythons will not, nor will what is no version', () => {
  expect(['3.9.18', '2.7.18', ''].map(isNewEnough)).toEqual([false, false, false]);
});
