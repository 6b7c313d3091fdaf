import { createInterface } from 'node:readline/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { apiClient } from './deliveries/api-client.ts';
import { type DeliveriesOptions, deliveriesOptions, USAGE } from './deliveries/deliveries-options.ts';
import { releaseMails } from './deliveries/release-mails.ts';
import { leftInWords, releasableOf, tableOfUnsent, unsentMails } from './deliveries/unsent-mails.ts';
import { outputsOfStage } from './keys/find-outputs.ts';
import { mendable } from './keys/mendable.ts';
import { explain, Failure } from './local/failure.ts';
import { portFrom } from './local/ports.ts';

const out = (text: string) => process.stdout.write(`${text}\n`);
const note = (text: string) => process.stderr.write(`${text}\n`);

/** The local stage is where `npm start` serves it. */
async function addressOf(stage: string): Promise<string> {
  if (stage === 'local') return `http://localhost:${portFrom(process.env, 'ROLLCALL_SITE_PORT', 3000)}`;
  const { SiteUrl } = await outputsOfStage(stage, new CloudFormationClient());
  if (!SiteUrl) throw new Failure(`The stack of ${stage} does not say where it is: say so with --api.`);
  return SiteUrl.replace(/\/$/, '');
}

async function main({ command, pick, eventId, yes, stage, api }: DeliveriesOptions): Promise<void> {
  if (command === 'help') return void out(USAGE);
  const { ROLLCALL_API_KEY: key } = process.env;
  if (!key) throw new Failure('Put an API key into ROLLCALL_API_KEY; npm run deliveries -- --help says which scopes.');
  const ask = apiClient(api ?? (await addressOf(stage)), key);
  const mails = await unsentMails(ask, { eventId, pick });
  if (mails.length === 0) return void out(pick.state === 'failed' ? 'No such mail failed.' : 'No such mail is held.');
  out(tableOfUnsent(mails));
  const count = releasableOf(mails);
  if (command === 'list') return;
  if (count === 0) return void out('None of them can be sent any more.');
  if (!(yes || (await isSure(count, stage)))) return void note('Nothing was sent.');
  const byEvent = Map.groupBy(mails, (each) => each.eventId);
  const faults: string[] = [];
  for (const [id, theirs] of byEvent) {
    const expect = releasableOf(theirs);
    if (expect === 0) continue;
    try {
      const { owed, left } = await releaseMails(ask, { eventId: id, pick, expect });
      out(`${id}: ${owed} owed again${Object.keys(left).length > 0 ? `; left as they are: ${leftInWords(left)}` : ''}`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      faults.push(`${id}: ${error.message}`);
    }
  }
  if (faults.length > 0) throw new Failure('Not every event’s mails were released; it is safe to try again.', faults);
}

async function isSure(count: number, stage: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Failure('Nobody is here to be asked: say --yes to have them sent.');
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  const mails = count === 1 ? '1 mail' : `${count.toLocaleString('en-GB')} mails`;
  const said = await ask.question(`Have ${mails} of ${stage} sent again? Type yes: `);
  ask.close();
  return said.trim().toLowerCase() === 'yes';
}

if (import.meta.main) {
  let stage = 'local';
  try {
    const options = deliveriesOptions(process.argv.slice(2));
    stage = options.stage;
    await main(options);
  } catch (error) {
    for (const line of explain(error instanceof Failure ? error : mendable(error, stage))) note(line);
    process.exitCode = 1;
  }
}
