import { expect, test } from 'vitest';
import { logger } from '#shared/logger.ts';

function recorded() {
  const lines: string[] = [];
  return { lines, log: logger('send', (line) => void lines.push(line)) };
}

test('a line is one JSON object that says who speaks, how serious it is, and when', () => {
  const { lines, log } = recorded();
  log.warn('Mail held', { eventId: 'e1' });
  expect(lines).toHaveLength(1);
  const line = JSON.parse(lines[0] ?? '');
  expect(line).toMatchObject({ level: 'WARN', message: 'Mail held', service: 'send', eventId: 'e1' });
  expect(Date.parse(line.timestamp)).not.toBeNaN();
});

test('an error is told with its stack and what caused it', () => {
  const { lines, log } = recorded();
  log.error('request failed', { error: new Error('no seat', { cause: new TypeError('no table') }) });
  const { error } = JSON.parse(lines[0] ?? '');
  expect(error).toMatchObject({ name: 'Error', message: 'no seat', cause: { name: 'TypeError', message: 'no table' } });
  expect(error.stack).toContain('logger.test');
});

test('line breaks in what is told stay inside the line', () => {
  const { lines, log } = recorded();
  log.info('one\ntwo');
  expect(lines[0]).not.toContain('\n');
});

test('whatever is thrown can be told', () => {
  const { lines, log } = recorded();
  const endless = new Error('endless');
  endless.cause = endless;
  for (const error of ['a word', null, Object.create(null) === null, endless]) log.error('failed', { error });
  expect(lines).toHaveLength(4);
});
