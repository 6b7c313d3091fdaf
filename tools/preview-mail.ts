import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MAIL_KINDS } from '#shared/domain/mail-kinds.ts';
import { renderMail } from '#shared/mail/render-mail.ts';
import { ROOT } from './local/paths.ts';
import { MAIL_SAMPLES } from './mail-samples.ts';

// npm run mails: every kind of mail, for a few people and events, as files to open in a browser.
const folder = join(ROOT, '.rollcall/mail');
await mkdir(folder, { recursive: true });
for (const kind of MAIL_KINDS) {
  for (const [name, view] of Object.entries(MAIL_SAMPLES[kind])) {
    const { html, subject, text, calendar } = renderMail(kind, view);
    const file = join(folder, `${kind}-${name}`);
    await writeFile(`${file}.html`, html);
    await writeFile(`${file}.txt`, `Subject: ${subject}\n\n${text}`);
    if (calendar) await writeFile(`${file}.ics`, calendar.ics);
    process.stdout.write(`${file}.html  ${subject}\n`);
  }
}
