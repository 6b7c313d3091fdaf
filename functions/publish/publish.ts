import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Logger } from '#shared/logger.ts';
import type { Outgoing, QueueSender } from '#shared/queue/sender.ts';
import { factOf, type Stated } from './fact-of.ts';

export interface PublishDeps {
  /** Puts facts on the bus; resolves to the positions of those it did not take. */
  readonly tell: (facts: readonly Stated[]) => Promise<number[]>;
  readonly nudgeAdmit: QueueSender;
  /** Keeps the ids of a record that no retry can mend, with the reason. */
  readonly bury: (record: DynamoDBRecord, reason: string) => Promise<void>;
  readonly logger: Logger;
}

/**
 * Carries facts from the table's stream to the bus, and whom `admit` must look at to its queue. A record is done when
 * both have it; the batch is repeated from the first that is not, so everything here is at least once.
 */
export const publish =
  ({ tell, nudgeAdmit, bury, logger }: PublishDeps) =>
  async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const read: { record: DynamoDBRecord; stated: Stated }[] = [];
    for (const record of Records) {
      const stated = statedBy(record);
      if (stated instanceof Error) {
        logger.error('Buried a record that states no known fact', { record: record.eventID, reason: stated.message });
        await bury(record, stated.message);
      } else if (stated) read.push({ record, stated });
    }
    const nudges = read.flatMap(({ record, stated: { nudge } }) => (nudge ? [{ record, body: nudge }] : []));
    const [untold, unqueued] = await Promise.all([
      tell(read.map(({ stated }) => stated)),
      nudgeAdmit(
        nudges.map(
          ({ record, body }): Outgoing => ({ body, group: body.eventId, deduplication: record.eventID ?? '' }),
        ),
      ),
    ]);
    const failed = new Set([...untold.map((at) => read[at]?.record), ...unqueued.map((at) => nudges[at]?.record)]);
    const first = Records.find((record) => failed.has(record))?.dynamodb?.SequenceNumber;
    logger.info('Published', {
      facts: read.length - untold.length,
      nudges: nudges.length - unqueued.length,
      failed: failed.size,
    });
    return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first }] };
  };

/** The fact, nothing for a removal, or why it cannot be read. */
function statedBy({ eventID = '', dynamodb }: DynamoDBRecord): Stated | Error | undefined {
  const { NewImage, ApproximateCreationDateTime = 0 } = dynamodb ?? {};
  if (!NewImage) return undefined;
  try {
    const time = new Date(ApproximateCreationDateTime * 1000).toISOString();
    return factOf(NewImage, { id: eventID, time });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
