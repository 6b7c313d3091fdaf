import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, test } from 'vitest';
import { type LinkKeys, linkKeysIn, signLink, signPress } from '#shared/domain/link.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { ALL_SHARDS } from '#shared/store/keys.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { crowd, inTurns } from '#test/support/crowd.ts';
import { deployed } from '#test/support/deployed.ts';
import { deployedTable } from '#test/support/deployed-table.ts';
import { clientConfig } from '#tools/local/endpoint.ts';

const app = deployed();
const MINUTE = 60_000;
const url = 'https://meet.example.org/room';

/** An event whose gate is open: it starts in half an hour, and lets people in an hour before. */
async function openEvent() {
  const wall = (ms: number) => new Date(Date.now() + ms).toISOString().slice(0, 16);
  const times = { startsAt: wall(30 * MINUTE), endsAt: wall(90 * MINUTE), timeZone: 'UTC' };
  return app.event({ ...times, joining: { url, opensBefore: 'PT1H' } });
}

/** What the deployed app signs its links with. */
async function linkKeys(): Promise<LinkKeys> {
  const secrets = new SecretsManagerClient(clientConfig(app.endpoint));
  const asked = new GetSecretValueCommand({ SecretId: String(app.outputs.LinkKeysSecretArn) });
  return linkKeysIn((await secrets.send(asked)).SecretString ?? '');
}

/** Presses the button that the page of this person has now. */
async function pressJoin(keys: LinkKeys, row: Registration): Promise<{ status: number; location: string | null }> {
  const token = signLink(keys, 'join', row);
  const response = await fetch(new URL(`/j/${token}`, app.siteUrl), {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ join: signPress(keys, token, 'join', Date.now()) }),
  });
  await response.arrayBuffer();
  return { status: response.status, location: response.headers.get('location') };
}

async function everybody(eventId: string): Promise<Registration[]> {
  const registrations = registrationStore(deployedTable().table);
  const people: Registration[] = [];
  for (const shard of ALL_SHARDS) {
    let after: Record<string, unknown> | undefined;
    do {
      const page = await registrations.page(eventId, shard, after);
      people.push(...page.people);
      after = page.after;
    } while (after);
  }
  return people;
}

test('2,000 presses of "Join now" in a minute on the local AWS lose none', { timeout: 3 * MINUTE }, async () => {
  const { eventId, slug } = await openEvent();
  const [keys, people] = await Promise.all([linkKeys(), crowd(eventId, 2000, `${slug}.example.org`)]);
  const began = Date.now();
  const answers = await inTurns(people, 8, (row) => pressJoin(keys, row));
  const ended = Date.now();
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
    new Set([JSON.stringify({ status: 303, location: url })]),
  );
  expect(ended - began).toBeLessThan(MINUTE);
  const after = await everybody(eventId);
  expect(after).toHaveLength(2000);
  for (const { joinedAt } of after) {
    expect(joinedAt).toBeGreaterThanOrEqual(Math.floor(began / 1000));
    expect(joinedAt).toBeLessThanOrEqual(Math.floor(ended / 1000));
  }
});

test('from the mail: the page, a press, the meeting; a second press leads there again, and counts no more', async () => {
  const { eventId, slug } = await openEvent();
  const [row] = await crowd(eventId, 1, `${slug}.example.org`);
  if (!row) throw new Error('Nobody came');
  const keys = await linkKeys();
  const path = `/j/${signLink(keys, 'join', row)}`;
  const page = await app.call<string>('GET', path, { key: null });
  expect(page).toMatchObject({ status: 200 });
  expect(page.body).toContain('>Join now</button>');
  expect(page.body).not.toContain('meet.example.org');
  expect(await pressJoin(keys, row)).toEqual({ status: 303, location: url });
  const [first] = await everybody(eventId);
  expect(await pressJoin(keys, row)).toEqual({ status: 303, location: url });
  expect(await everybody(eventId)).toEqual([first]);
  expect(first?.joinedAt).toBeDefined();
});
