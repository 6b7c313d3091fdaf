import { fine, note, soon, type Verdict } from '../finding.ts';
import { span } from '../words.ts';

/** What a clock may differ by before anybody notices, milliseconds; AWS refuses signatures that are 5 minutes off. */
const TOLERATED = 5000;

/** Whether this machine's clock agrees with AWS's; `offset` is ours less theirs, milliseconds. */
export function judgeClock(offset: number | undefined): Verdict[] {
  if (offset === undefined) return [note('AWS’s answers have no date here: the clock could not be compared.')];
  const off = Math.abs(offset);
  if (off <= TOLERATED) return [fine('This machine’s clock agrees with AWS’s.')];
  return [
    soon(
      `This machine’s clock is ${span(off / 1000)} ${offset > 0 ? 'ahead of' : 'behind'} AWS’s: ages in this report are off by that, and from five minutes on AWS refuses its calls.`,
      'Set the clock, or have it set: timedatectl set-ntp true',
    ),
  ];
}

/** Which zone rules are in use where one can tell; which are the newest, nobody can from here. */
export function judgeZoneData({
  version,
  year,
  runtime,
}: {
  version: string | undefined;
  year: number;
  runtime: string;
}): Verdict[] {
  const made = Number(/^(\d{4})[a-z]$/.exec(version ?? '')?.[1]);
  if (!version || Number.isNaN(made)) return [note('This machine does not say which zone rules it has.')];
  const age = year - made;
  const says = `Zone rules here are ${version}, of ${age <= 0 ? 'this year' : age === 1 ? 'last year' : `${age} years ago`}; the functions have those of Amazon’s ${runtime}, which does not say.`;
  if (age >= 2)
    return [
      soon(
        `${says} Times of events where rules changed since may be an hour off.`,
        'npm ci with a newer node in package.json, and deploy',
      ),
    ];
  return [note(says)];
}
