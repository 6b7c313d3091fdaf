import type { Terminal } from '../local/report.ts';

/** A line on a terminal that says how far the look is; nothing anywhere else. */
export function progressOn(out: Terminal, total: number) {
  let done = 0;
  const draw = (text: string) => out.isTTY && out.write(`\r\u001b[2K${text}`);
  return {
    begin: () => draw(`  … looking at ${total} things`),
    step: () => {
      done += 1;
      draw(`  … ${done} of ${total} looked at`);
    },
    end: () => draw(''),
  };
}
