import { type ApiKey, SCOPES } from '#shared/domain/api-key.ts';
import { fine, note, soon, type Verdict } from '../finding.ts';
import { counted, some, span } from '../words.ts';

const SOON = 14 * 86_400_000;
const REPLACE = 'npm run keys -- create, hand it over, then npm run keys -- revoke <keyId>';

/** Whether the keys to the organiser API are as they should be. Whose they are is not told, only their ids. */
export function judgeApiKeys(keys: readonly ApiKey[], { now, stage }: { now: number; stage: string }): Verdict[] {
  const live = keys.filter(({ revokedAt, expiresOn }) => revokedAt === undefined && !(endOf(expiresOn) <= now));
  const expired = keys.filter(({ revokedAt, expiresOn }) => revokedAt === undefined && endOf(expiresOn) <= now);
  const recently = expired.filter(({ expiresOn }) => now - endOf(expiresOn) < SOON);
  const ending = live.filter(({ expiresOn }) => endOf(expiresOn) - now < SOON);
  const almighty = live.filter(({ scopes, events }) => !events && SCOPES.every((scope) => scopes.includes(scope)));
  const idsOf = (some_: readonly ApiKey[]) => some(some_.map(({ keyId }) => keyId));
  const found = [
    ...ending.map(({ keyId, expiresOn }) =>
      soon(
        `API key ${keyId} ends in ${span((endOf(expiresOn) - now) / 1000)}: whoever uses it is locked out then.`,
        REPLACE,
      ),
    ),
    ...recently.map(({ keyId, expiresOn }) =>
      soon(
        `API key ${keyId} ended ${span((now - endOf(expiresOn)) / 1000)} ago: whoever still uses it is locked out.`,
        `${REPLACE}; revoke it if nobody misses it`,
      ),
    ),
  ];
  if (live.length === 0)
    found.push(
      soon(
        'There is no API key that is good: no organiser can do anything.',
        `npm run keys -- create --stage ${stage} --name … --scopes …`,
      ),
    );
  if (found.length > 0) return found;
  const revoked = keys.filter(({ revokedAt }) => revokedAt !== undefined).length;
  const counts = `${counted(live.length, 'API key is', 'API keys are')} good; ${revoked} revoked, ${expired.length} expired`;
  if (almighty.length > 0 && stage !== 'local')
    return [
      note(
        `${counts}. ${counted(almighty.length, 'key', 'keys')} may do everything: ${idsOf(almighty)}.`,
        'Give each user a key with the scopes it needs',
      ),
    ];
  return [fine(`${counts}.`)];
}

const endOf = (expiresOn: string | undefined): number =>
  expiresOn === undefined ? Number.POSITIVE_INFINITY : Date.parse(expiresOn);
