import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type DeadLettersOptions, deadLettersOptions, USAGE } from './dead-letters/options.ts';
import { QUEUES, queuesIn } from './dead-letters/queues.ts';
import { count, discard, look, purge, redrive } from './dead-letters/work.ts';
import { awsOf } from './keys/aws-of.ts';
import { outputsOfStage } from './keys/find-outputs.ts';
import { mendable } from './keys/mendable.ts';
import { explain } from './local/failure.ts';

const out = (text: string) => process.stdout.write(`${text}\n`);
const messages = (n: number) => (n === 1 ? '1 message' : `${n} messages`);

async function main({ command, stage }: DeadLettersOptions): Promise<void> {
  if (command.do === 'help') return void out(USAGE);
  const aws = awsOf(stage);
  const outputs = await outputsOfStage(stage, new CloudFormationClient(aws));
  const sqs = new SQSClient(aws);
  if (command.do === 'list') {
    const counts = await Promise.all(QUEUES.map((name) => count(sqs, queuesIn(outputs, name))));
    return void out(QUEUES.map((name, n) => `${name.padEnd(12)}${counts[n]}`).join('\n'));
  }
  const queues = queuesIn(outputs, command.queue);
  switch (command.do) {
    case 'look': {
      const seen = await look(sqs, queues);
      return void out(seen.length === 0 ? `There is nothing in ${command.queue}.` : seen.join('\n\n'));
    }
    case 'redrive': {
      const { done, left } = await redrive(sqs, { ...queues, source: queues.source ?? '' });
      out(`${messages(done)} put back.`);
      if (left > 0) out(`${messages(left)} left that can never be read: look at them, then discard them.`);
      return;
    }
    case 'discard': {
      const { done, left } = await discard(sqs, queues);
      return void out(`${messages(done)} that could never be read deleted, ${left} left.`);
    }
    case 'purge':
      await purge(sqs, queues);
      return void out(`Everything in ${command.queue} is deleted within a minute.`);
  }
}

if (import.meta.main) {
  let stage = 'local';
  try {
    const options = deadLettersOptions(process.argv.slice(2));
    stage = options.stage;
    await main(options);
  } catch (error) {
    for (const line of explain(mendable(error, stage))) process.stderr.write(`${line}\n`);
    process.exitCode = 1;
  }
}
