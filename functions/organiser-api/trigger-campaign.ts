import { type Announced, announcedBy } from '#shared/domain/announced.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import { Refusal } from '#shared/domain/errors.ts';
import { outlookByHand } from '#shared/domain/outlook.ts';
import { predict } from '#shared/domain/predict.ts';
import { isUntouched, type Run, startRun } from '#shared/domain/run.ts';
import { walkOf } from '#shared/queue/walk.ts';
import { type Aim, aim, signatureOf, type Wish } from './aim.ts';
import type { Deps } from './deps.ts';
import { meetEverybody } from './meet-everybody.ts';
import { patiently } from './patiently.ts';
import { planCounter, reachOf } from './plan-counts.ts';
import { readSurroundings } from './read-outlook.ts';
import { isSentAnew, refuseAgain, saidBefore, wordsHashOf } from './said-before.ts';

type CountDeps = Pick<
  Deps,
  'events' | 'campaigns' | 'runs' | 'registrations' | 'control' | 'timings' | 'mayReach' | 'now'
>;
type TriggerDeps = CountDeps & Pick<Deps, 'fanOut' | 'sleep' | 'chance'>;
type Ready = Exclude<Aim, { readonly known: Run }>;

/**
 * Starts a run by hand. An announcement is sent anew for each key; a kind with a clock is sent for its present occasion,
 * early and once: the run there is comes back. A repeat finds its own run, whatever has changed since.
 */
export async function triggerCampaign(deps: TriggerDeps, wish: Wish): Promise<{ run: Run; isNew: boolean }> {
  return patiently(deps, async () => {
    const aimed = await aim(deps, wish);
    if (aimed.known) return { run: aimed.isOwn ? await sentAgain(deps, aimed.known) : aimed.known, isNew: false };
    const said = await ensureMeant(deps, aimed, wish);
    ensureExpected(reachOf(await countReach(deps, aimed)), wish.expect);
    const { event, campaign, occasion, now } = aimed;
    const run = startRun(event, campaign, { occasion, firedAt: now, now, bodyHash: signatureOf(wish) });
    const { startRevision, endRevision } = event;
    // What the clock was to send is sent now; an announcement by hand is another one than that of the clock.
    const armed = !isSentAnew(campaign);
    const read = { startRevision, endRevision, campaignRevision: campaign.revision, armed };
    const outcome = await deps.runs.start(run, read, saysOf(campaign, { note: said ?? announcedBy(run), wish }));
    if (outcome !== 'started') return undefined;
    await deps.fanOut(walkOf(run, run.pass));
    return { run, isNew: true };
  });
}

/** Whom the same request would reach. Nobody more where its run is there already. */
export async function forecastTrigger(deps: CountDeps, wish: Wish) {
  const aimed = await aim(deps, wish);
  if (aimed.known) return { people: 0, skipped: {}, notAddressed: 0 };
  await ensureMeant(deps, aimed, wish);
  const counts = await countReach(deps, aimed);
  return { people: reachOf(counts), skipped: counts.skipped, notAddressed: counts.notAddressed };
}

/** Throws `announced-already` where the same went to the same people within a day, unless it is meant: then the run of before. */
async function ensureMeant(deps: CountDeps, { event, campaign, now }: Ready, { again }: Wish) {
  const said = await saidBefore(deps, { event, campaign, now });
  return said && !again ? refuseAgain(event.eventId, said) : said;
}

/** What is noted with a run of a kind that each key sends anew. */
const saysOf = (campaign: Campaign, { note, wish: { again = false } }: { note: Announced; wish: Wish }) =>
  isSentAnew(campaign) ? { wordsHash: wordsHashOf(campaign), note, isMeant: again } : undefined;

/** The plan of a run that begins now, counted. */
async function countReach(deps: CountDeps, { event, campaign, occasion, now }: Ready) {
  const around = { ...(await readSurroundings(deps, event)), now };
  const outlook = outlookByHand(campaign, occasion, now);
  const counter = planCounter();
  await meetEverybody(deps, event.eventId, (row) => counter.add(predict(row, outlook, around)));
  return counter.counts;
}

/** Beyond so many people nobody sends by a slip of the hand. */
const MANY = 1000;

function ensureExpected(people: number, expect: number | undefined): void {
  if (expect === people || (expect === undefined && people <= MANY)) return;
  const [number, found] = [people.toLocaleString('en-GB'), people === 1 ? 'person' : 'people'];
  const why = expect === undefined ? '' : `, not the ${expect.toLocaleString('en-GB')} you expect`;
  const detail = `This reaches ${number} ${found}${why}: send "expect": ${people} if you mean it`;
  throw new Refusal('expectation-needed', detail, 'expect');
}

/** Whoever repeats a request may do so because its messages were lost on the way: if none has arrived, they go again. */
async function sentAgain({ fanOut }: TriggerDeps, run: Run): Promise<Run> {
  if (isUntouched(run)) await fanOut(walkOf(run, run.pass));
  return run;
}
