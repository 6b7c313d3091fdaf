import { dollars, type Usage } from './prices.ts';

/** What one scenario came to. */
export interface Outcome {
  readonly name: string;
  readonly people: number;
  readonly rate: number;
  readonly latency: number;
  readonly crashes: number;
  readonly receiptLoss: number;
  /** Mails a second ÷ R, from the first until all but the last fiftieth, which may wait for what a crash left behind. */
  readonly share: number;
  readonly peak: number;
  /** Of the calls. */
  readonly throttled: number;
  /** Seconds from the start of the run to the last mail. */
  readonly last: number;
  readonly duplicates: number;
  readonly lost: number;
  readonly held: number;
  /** Mails SES took of which no worker could write so: only their receipts tell. */
  readonly doubts: number;
  readonly usage: Usage;
  /** Requests to queues, if pollers that gather a batch ask whenever there is something: AWS does not say. */
  readonly atWorst: number;
  readonly crashed: number;
  /** Seconds of the machine it took. */
  readonly took: number;
}

/** Time to the last mail in units of N/R. */
export const stretch = ({ last, people, rate }: Outcome): number => last / (people / rate);
export const perMillion = (count: number, { people }: Outcome): number => (count / people) * 1e6;
export const perMail = (count: number, { people }: Outcome): number => count / people;
export const dollarsPerMillion = (outcome: Outcome): number => perMillion(dollars(outcome.usage), outcome);

export function shareOf(calls: readonly number[], rate: number): number {
  const most = Math.floor(calls.length * 0.98) - 1;
  return most / (((calls[most] ?? 0) - (calls[0] ?? 0)) / 1000) / rate;
}
