import { styleText } from 'node:util';

/** Where the launcher says what it does. Steps may overlap; each ends as one line with a tick and its time. */
export interface Report {
  step<T>(title: string, work: (rename: (title: string) => void) => Promise<T>): Promise<T>;
  line(text?: string): void;
}

export interface Terminal {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** Ticks and times on a terminal, plain lines anywhere else. */
export const reportTo = (out: Terminal): Report => {
  const tty = out.isTTY === true;
  const paint = (style: 'green' | 'red' | 'dim', text: string) =>
    tty ? styleText(style, text, { validateStream: false }) : text;
  const running: string[] = [];
  const erase = () => tty && running.length > 0 && out.write('\r\u001b[2K');
  const draw = () => {
    if (!tty || running.length === 0) return;
    out.write(paint('dim', `  … ${running.join(', ')}`.slice(0, (out.columns || 80) - 1)));
  };
  const line = (text = '') => {
    erase();
    out.write(`${text}\n`);
    draw();
  };
  return {
    line,
    async step(title, work) {
      const startedAt = performance.now();
      let name = title;
      erase();
      running.push(title);
      draw();
      const finish = (mark: string) => {
        erase();
        running.splice(running.indexOf(title), 1);
        line(`  ${mark} ${name} ${paint('dim', `(${seconds(performance.now() - startedAt)})`)}`);
      };
      try {
        const result = await work((renamed) => {
          name = renamed;
        });
        finish(paint('green', tty ? '✔' : 'ok'));
        return result;
      } catch (error) {
        finish(paint('red', tty ? '✖' : 'failed:'));
        throw error;
      }
    },
  };
};

/** 0.4 s, 12 s: as exact as a person waiting cares for. */
export const seconds = (milliseconds: number): string =>
  `${milliseconds < 9_950 ? (milliseconds / 1000).toFixed(1) : Math.round(milliseconds / 1000)} s`;
