import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SOURCE } from '#events/envelope.ts';
import type { Stated } from './fact-of.ts';

const BATCH = 10;

/**
 * Puts facts on the bus, ten a call; resolves to the positions of those it did not take. Results stand in the order of the
 * entries, and one that was taken has an id (EventBridge user guide, "Sending events with PutEvents", November 2026).
 */
export const teller =
  (client: EventBridgeClient, EventBusName: string) =>
  async (facts: readonly Stated[]): Promise<number[]> => {
    const failed: number[] = [];
    for (let start = 0; start < facts.length; start += BATCH) {
      const Entries = facts.slice(start, start + BATCH).map(({ fact, detail }) => ({
        EventBusName,
        Source: SOURCE,
        DetailType: fact.name,
        Detail: JSON.stringify(detail),
      }));
      const { Entries: results = [] } = await client.send(new PutEventsCommand({ Entries }));
      Entries.forEach((_, at) => {
        const { EventId, ErrorCode } = results[at] ?? {};
        if (!EventId || ErrorCode) failed.push(start + at);
      });
    }
    return failed;
  };
