import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Finding, GROUPS, STATUSES } from '#tools/doctor/finding.ts';
import { exitCodeOf, reportOf } from '#tools/doctor/report.ts';
import { show } from '#tools/doctor/show.ts';

const finding = (given: Partial<Finding> = {}): Finding => ({
  check: 'pause',
  group: 'Mail',
  status: 'fine',
  says: 'Sending is not paused.',
  ...given,
});
const reported = (...findings: Finding[]) =>
  reportOf(findings, { stage: 'prod', account: '123456789012', region: 'eu-west-2', now: 0 });
const plain = { columns: 80, colour: false };

describe('it ends', () => {
  test.each([
    [[], 0],
    [['fine', 'note', 'soon'], 0],
    [['fine', 'blind'], 2],
    [['blind', 'hurts', 'soon'], 1],
  ] as const)('after %j with %d', (statuses, code) => {
    expect(exitCodeOf(statuses.map((status) => finding({ status })))).toBe(code);
  });

  test.each([
    [['fine'], 'healthy.'],
    [['soon'], 'nobody is hurt; 1 thing is to be seen to before it does.'],
    [['blind'], 'nothing seen that hurts anybody, but 1 thing could not be looked at.'],
    [
      ['hurts', 'hurts', 'soon', 'blind'],
      '2 things hurt people now, 1 thing will, 1 thing could not be looked at. Begin with ✗.',
    ],
  ] as const)('after %j saying: %s', (statuses, sentence) => {
    const text = show(reported(...statuses.map((status) => finding({ status }))), plain);
    expect(text.split('\n\n').at(-1)?.replaceAll('\n', ' ').trim()).toBe(
      `Stage prod (account 123456789012, eu-west-2): ${sentence}`,
    );
  });
});

test('JSON keeps its shape', () => {
  expect(reported(finding({ status: 'hurts', wayOut: 'Resume' }))).toEqual({
    v: 1,
    stage: 'prod',
    account: '123456789012',
    region: 'eu-west-2',
    lookedAt: '1970-01-01T00:00:00.000Z',
    exitCode: 1,
    counts: { fine: 0, note: 0, soon: 0, hurts: 1, blind: 0 },
    findings: [{ check: 'pause', group: 'Mail', status: 'hurts', says: 'Sending is not paused.', wayOut: 'Resume' }],
  });
});

test('each finding has its sign and its word, so that no colour has to be seen', () => {
  const text = show(reported(...STATUSES.map((status) => finding({ status }))), plain);
  for (const sign of ['✓ fine', '· note', '! soon', '✗ hurts', '? blind']) expect(text).toContain(`  ${sign}`);
  expect(text).not.toContain('\u001b');
  expect(show(reported(finding()), { ...plain, colour: true })).toContain('\u001b[');
});

test('whatever is found: no line is wider than the terminal but by a word to copy, and no word is lost', () => {
  const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '-', '/'), minLength: 1, maxLength: 40 }), {
    minLength: 1,
  });
  const findings = fc.array(
    fc.record({ group: fc.constantFrom(...GROUPS), status: fc.constantFrom(...STATUSES), says: words, wayOut: words }),
  );
  fc.assert(
    fc.property(findings, fc.integer({ min: 60, max: 120 }), (all, columns) => {
      const report = reported(
        ...all.map(({ says, wayOut, ...rest }) => finding({ ...rest, says: says.join(' '), wayOut: wayOut.join(' ') })),
      );
      const text = show(report, { columns, colour: false });
      for (const line of text.split('\n'))
        expect(line.length <= columns || !/\S \S/.test(line.slice(11).trim())).toBe(true);
      const flat = text.replaceAll(/\s+/g, ' ');
      for (const { says, wayOut } of report.findings) {
        expect(flat).toContain(says);
        expect(flat).toContain(`→ ${wayOut}`);
      }
    }),
  );
});
