import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Campaign, confirmationCampaign } from '#shared/domain/campaign.ts';
import {
  admissionOccasion,
  automaticKindOf,
  campaignOf,
  readMailKey,
  requestedAt,
  requestOccasion,
  writeMailKey,
} from '#shared/domain/mail-key.ts';
import { CAMPAIGN_KINDS, MAIL_KINDS } from '#shared/domain/mail-kinds.ts';

test('a kind that goes by itself is found again by the campaign half of its keys; a campaign is not, by no name', () => {
  for (const kind of MAIL_KINDS) {
    const hasItem = kind !== 'confirmation' && CAMPAIGN_KINDS.some((each) => each === kind);
    expect(automaticKindOf(campaignOf(kind))).toBe(hasItem ? undefined : kind);
  }
  expect(new Set(MAIL_KINDS.map(campaignOf)).size).toBe(MAIL_KINDS.length);
});

test('the confirmation is campaign 1, an item made with the event', () => {
  expect(Campaign.parse(confirmationCampaign('2026-11-23T10:00:00Z'))).toMatchObject({
    campaignId: '1',
    kind: 'confirmation',
    state: 'active',
  });
  expect(campaignOf('confirmation')).toBe('1');
});

test('a key reads as it was written, in characters that tags of SES take', () => {
  for (const kind of MAIL_KINDS) {
    for (const occasion of [admissionOccasion(12), requestOccasion(1_795_428_000, 'abc123')]) {
      const key = { campaign: campaignOf(kind), occasion };
      expect(readMailKey(writeMailKey(key))).toEqual(key);
      expect(`${key.campaign}${occasion}`).toMatch(/^[A-Za-z0-9_-]+$/);
    }
  }
});

test.each(['', '1', '1@', '@a1', '1@a1@a2'])('%j is no key', (key) => {
  expect(() => readMailKey(key)).toThrow('Not a mail key');
});

test('a request carries its instant to the second', () => {
  fc.assert(
    fc.property(fc.nat(4e9), (epoch) => {
      expect(requestedAt(requestOccasion(epoch, 'chance'))).toBe(epoch);
    }),
  );
});
