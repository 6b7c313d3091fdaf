import { atBody, atParameter, type Fault } from './fault.ts';

/** Where a caller may ask what a request would cause, and have nothing changed. */
export const DRY_RUN = 'dryRun';

type Given = Readonly<Record<string, unknown>>;

export interface DryRunWish {
  readonly dryRun: boolean;
  readonly faults: readonly Fault[];
  /** What else was asked for, for the schemas to look at. */
  readonly query: Given;
  readonly body: unknown;
}

/** Reads whether this is a dry run, asked for by `?dryRun=true` or `{"dryRun": true}`: if by both, they say the same. */
export function readDryRun({ query, body }: { readonly query: Given; readonly body: unknown }): DryRunWish {
  const [asked, query_] = taken(query);
  const [said, body_] = isRecord(body) ? taken(body) : [undefined, body];
  const faults: Fault[] = [];
  if (asked !== undefined && asked !== 'true' && asked !== 'false')
    faults.push(atParameter(DRY_RUN, 'Write true or false'));
  if (said !== undefined && typeof said !== 'boolean')
    faults.push(atBody([DRY_RUN], 'Write true or false, without quotes'));
  if (faults.length === 0 && asked !== undefined && said !== undefined && (asked === 'true') !== said) {
    const why = 'The query and the body say different things: ask for a dry run in one of them';
    faults.push(atParameter(DRY_RUN, why), atBody([DRY_RUN], why));
  }
  return { dryRun: asked === 'true' || said === true, faults, query: query_, body: body_ };
}

const isRecord = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The wish, and what is left without it. */
function taken(given: Given): [unknown, Given] {
  if (!Object.hasOwn(given, DRY_RUN)) return [undefined, given];
  const { [DRY_RUN]: wish, ...rest } = given;
  return [wish === undefined ? null : wish, rest];
}
