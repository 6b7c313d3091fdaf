import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from './browser.ts';
import { explain } from './local/failure.ts';
import { ROOT } from './local/paths.ts';
import { shotsOf } from './local/shots.ts';

// npm run screenshots -- [--url http://localhost:3000] [--out .rollcall/screenshots] [/path …], while npm start runs.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: 'http://localhost:3000' },
    out: { type: 'string', default: '.rollcall/screenshots' },
  },
});

const folder = join(ROOT, values.out);
await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
try {
  for (const { path, width, colorScheme, file } of shotsOf(positionals)) {
    const visitor = { locale: 'en-GB', timezoneId: 'Europe/London', reducedMotion: 'reduce' } as const;
    const page = await browser.newPage({ ...visitor, viewport: { width, height: 800 }, colorScheme });
    await page.goto(new URL(path, values.url).href);
    await page.screenshot({ path: join(folder, file), fullPage: true });
    await page.close();
    process.stdout.write(`${join(values.out, file)}\n`);
  }
} catch (error) {
  process.stderr.write(`${explain(error).join('\n')}\nIs the site at ${values.url} running? npm start makes it.\n`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
