import { Refusal } from '#shared/domain/errors.ts';
import type { Run } from '#shared/domain/run.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { RunId } from '#shared/store/runs.ts';
import type { Deps } from './deps.ts';
import { found } from './no-such-event.ts';
import { NO_SUCH_RUN } from './runs.ts';
import { ATTEMPTS } from './whole-campaign.ts';

/** Begins another pass of the run, whatever pass it is in. */
export async function reopenRun({ runs }: Pick<Deps, 'runs'>, id: RunId, now: Epoch): Promise<Run> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const reopened = await runs.reopen(found(await runs.get(id), NO_SUCH_RUN), now);
    if (reopened) return reopened;
  }
  throw new Refusal('stale-revision', 'The run is going on at this moment: try again');
}
