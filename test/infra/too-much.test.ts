import { describe, expect, test } from 'vitest';
import { readStage } from '#infra/read-stage.ts';
import { RollcallStack } from '#infra/rollcall-stack.ts';
import type { Stage } from '#infra/stage.ts';
import { stages } from '#infra/stages.ts';
import { tooMuch } from '#infra/too-much.ts';
import { newApp } from './synthesised.ts';

const dev = readStage({ stage: 'dev' });
const told = (stage: Stage) => tooMuch(new RollcallStack(newApp(), `rollcall-${stage.name}`, stage), stage);
const allowing = (addresses: number): Stage => {
  const allowList = Array.from({ length: addresses }, (_, n) => `colleague-${n + 100}@rollcall.test`);
  return { ...dev, mail: { ...dev.mail, allowList } };
};

describe('what a function is told', () => {
  test.each(Object.keys(stages))('fits, of the stage %s', (name) => {
    expect(told(readStage({ stage: name }))).toBeUndefined();
  });

  test('is refused at synth where Lambda would not take it, with what is too long, by how much and the way out', () => {
    expect(told(allowing(40))).toBeUndefined();
    expect(told(allowing(120))).toMatch(
      /^Stage dev: the settings are \d+ bytes more than Lambda takes in a function's environment; shorten mail\.allowList \(a domain, as @your\.domain, lets in everybody there\) in infra\/stages\.ts\.$/,
    );
  });

  test('is measured to the byte: a letter more is a byte more', () => {
    const over = (stage: Stage) => Number(/(\d+) bytes/.exec(told(stage) ?? '')?.[1]);
    const long = allowing(120);
    const [first = '', ...rest] = long.mail.allowList;
    const longer = { ...long, mail: { ...long.mail, allowList: [`x${first}`, ...rest] } };
    expect(over(longer)).toBe(over(long) + 1);
    // Quotes of the JSON inside are escaped, as Lambda measures: two bytes each, and a comma.
    expect(over(allowing(121))).toBe(over(long) + 'colleague-220@rollcall.test'.length + 5);
  });

  test('may be too long by any list', () => {
    const corsOrigins = Array.from({ length: 150 }, (_, n) => `https://partner-${n}.rollcall.test`);
    expect(told({ ...dev, site: { ...dev.site, corsOrigins } })).toMatch(/ shorten site\.corsOrigins in infra/);
  });
});

test('what a role may do is measured, too, in the characters IAM counts', () => {
  const stage = readStage({ stage: 'dev' });
  const stack = new RollcallStack(newApp(), 'rollcall-dev', stage);
  const send = stack.node.findChild('SendNow').node.findChild('Function') as unknown as {
    may(actions: string[], ...resources: string[]): void;
  };
  for (let n = 0; n < 150; n += 1)
    send.may(['ses:SendEmail'], `arn:aws:ses:eu-west-2:123456789012:identity/colleague-${n}.rollcall.test`);
  expect(tooMuch(stack, stage)).toMatch(
    /^Stage dev: the settings are \d+ characters more than IAM takes in a role's policies; shorten .+ in infra\/stages\.ts\.$/,
  );
});
