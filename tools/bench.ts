import { bundleFigures } from './bench/bundles.ts';
import { joiningFigures } from './bench/joining.ts';
import { renderingFigures } from './bench/rendering.ts';
import { rushFigures } from './bench/rush.ts';
import { tableOf } from './bench/table.ts';
import { writeUnitFigures } from './bench/write-units.ts';

// `npm run bench`: what is counted, not timed. Ends with 1 when a figure exceeds its limit.
const tables = [
  ...(await writeUnitFigures()),
  await rushFigures(),
  await joiningFigures(),
  await renderingFigures(),
  await bundleFigures(),
];
for (const { title, figures } of tables) process.stdout.write(`${tableOf(title, figures)}\n\n`);
const broken = tables.flatMap(({ figures }) => figures).filter(({ kept }) => kept === false);
process.stdout.write(
  broken.length === 0 ? 'Every figure is within its limit.\n' : `${broken.length} figures exceed their limits.\n`,
);
process.exitCode = broken.length === 0 ? 0 : 1;
