import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MAIL_KINDS } from '#shared/domain/mail-kinds.ts';
import { renderMail } from '#shared/mail/render-mail.ts';
import { launchBrowser } from './browser.ts';
import { ROOT } from './local/paths.ts';
import { MAIL_SAMPLES } from './mail-samples.ts';

// npm run mail:preview -- [kind …]: every kind of mail, or those named, in its situations: HTML, text, calendar and pictures.
const WIDTHS = [600, 320];
const SCHEMES = ['light', 'dark'] as const;

const wanted = process.argv.slice(2);
const folder = join(ROOT, '.rollcall/mail');
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
try {
  for (const kind of MAIL_KINDS.filter((each) => wanted.length === 0 || wanted.includes(each))) {
    for (const [name, view] of Object.entries(MAIL_SAMPLES[kind])) {
      const { html, subject, preview, text, calendar } = renderMail(kind, view);
      const file = join(folder, `${kind}-${name}`);
      await writeFile(`${file}.html`, html);
      await writeFile(`${file}.txt`, `Subject: ${subject}\nPreview: ${preview}\n\n${text}`);
      if (calendar) await writeFile(`${file}.ics`, calendar.ics);
      await picture(html, file);
      process.stdout.write(`${file}.html  ${subject}\n`);
    }
  }
} finally {
  await browser.close();
}

/** As wide as a mail on a desk and on a small phone, in both lights. */
async function picture(html: string, file: string): Promise<void> {
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      const page = await browser.newPage({ viewport: { width, height: 600 }, colorScheme });
      await page.setContent(html);
      await page.screenshot({ path: `${file}-${width}-${colorScheme}.png`, fullPage: true });
      await page.close();
    }
  }
}
