import { stages } from '#infra/stages.ts';
import { cannotBegin } from './doctor/cannot-begin.ts';
import { LOOK_WITHIN, within } from './doctor/cannot-look.ts';
import { checks } from './doctor/checks.ts';
import { type DoctorOptions, doctorOptions, USAGE } from './doctor/doctor-options.ts';
import { examine } from './doctor/examine.ts';
import { findAws } from './doctor/find-aws.ts';
import { patientOf } from './doctor/patient.ts';
import { progressOn } from './doctor/progress.ts';
import { type Report, reportOf } from './doctor/report.ts';
import { show } from './doctor/show.ts';
import { readStack } from './doctor/stack.ts';
import { Failure } from './local/failure.ts';

/** Finds the stage and looks at all of it. */
async function look({ stage, drift, keys }: DoctorOptions): Promise<Report> {
  const aws = await findAws(stage);
  const now = Date.now();
  const stack = await within(LOOK_WITHIN, readStack(aws.cloudFormation, { stage, stages: Object.keys(stages) }));
  const patient = patientOf({ stage, local: stage === 'local', stack, aws, now, allKeys: keys });
  const all = checks({ drift });
  const progress = progressOn(process.stderr, all.length);
  progress.begin();
  const findings = await examine(all, { patient, step: progress.step });
  progress.end();
  return reportOf(findings, { ...stack, stage, now });
}

/** Prints what there is to print, and says how the program is to end. */
async function main(): Promise<number> {
  const options = doctorOptions(process.argv.slice(2));
  if (options.help) return print(USAGE, 0);
  try {
    const report = await look(options);
    if (options.json) return print(`${JSON.stringify(report, undefined, 2)}\n`, report.exitCode);
    const { columns = 80, isTTY } = process.stdout;
    const colour = isTTY === true && !process.env['NO_COLOR'];
    return print(show(report, { columns, colour }), report.exitCode);
  } catch (error) {
    throw cannotBegin(error, options.stage);
  }
}

/** Resolves when the text has left: a pipe takes it in pieces. */
const print = (text: string, exitCode: number): Promise<number> =>
  new Promise((resolve) => process.stdout.write(text, () => resolve(exitCode)));

if (import.meta.main) {
  const exitCode = await main().catch((error: unknown) => {
    const { message, details } = error instanceof Failure ? error : cannotBegin(error, 'local');
    process.stderr.write(`${[message, ...details].join('\n')}\n`);
    return 2;
  });
  // A call that was given up may still be waiting for its answer: the report is complete, so nothing holds it up.
  process.exit(exitCode);
}
