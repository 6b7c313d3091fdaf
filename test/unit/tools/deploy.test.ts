import { expect, test } from 'vitest';
import { reasonIn } from '#tools/local/deploy.ts';

test('the bundler tells itself what is wrong', () => {
  const lines = [
    'Bundling asset …',
    '✘ [ERROR] Could not resolve "./mime.ts"',
    '    shared/mail/ses.ts:11:23:',
    'at x',
  ];
  expect(reasonIn(lines)[0]).toBe('✘ [ERROR] Could not resolve "./mime.ts"');
});

test('progress and stack frames are left out of the reason', () => {
  const lines = [
    'rollcall-local | 3/70 | 10:00:00 | CREATE_COMPLETE | AWS::SQS::Queue | Lane',
    'rollcall-local | 4/70 | 10:00:01 | CREATE_FAILED | AWS::SQS::Queue | Dead',
    '    at Object.deployStack (cdk.js:1:1)',
    '❌  rollcall-local failed: the queue has no name',
  ];
  expect(reasonIn(lines)).toEqual([lines[1], lines[3]]);
});
