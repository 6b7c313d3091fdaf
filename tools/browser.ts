import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { ROOT, STATE_ROOT } from './local/paths.ts';

/**
 * Chromium out of an npm package, with the system libraries it brings along, so that nothing needs installing. It is
 * unpacked once per version. Pages meet an ordinary browser: the package's own flags for Lambda would switch off the
 * very protections a test looks at.
 */
export const launchBrowser = async (): Promise<Browser> => {
  const folder = await unpacked();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ['--no-sandbox', '--no-zygote', '--font-render-hinting=none'],
    env: {
      ...stringsOf(process.env),
      HOME: folder,
      FONTCONFIG_FILE: join(folder, FONTS),
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
    },
  });
};

const FONTS = 'our-fonts.conf';
const PACKAGE = join(ROOT, 'node_modules/@sparticuz/chromium/package.json');

/** The folder with the unpacked browser; complete if it is there at all. */
const unpacked = async (): Promise<string> => {
  const { version } = JSON.parse(await readFile(PACKAGE, 'utf8'));
  const folder = join(STATE_ROOT, `chromium-${version}`);
  if (await exists(folder)) return folder;
  await mkdir(STATE_ROOT, { recursive: true });
  const scratch = await mkdtemp(join(STATE_ROOT, 'unpack-'));
  try {
    await unpackInto(scratch);
    await writeFile(join(scratch, FONTS), fontsIn(folder));
    await rename(scratch, folder);
  } catch (error) {
    await rm(scratch, { recursive: true, force: true });
    // Another process may have been quicker.
    if (!(await exists(folder))) throw error;
  }
  return folder;
};

/** The package unpacks into the temporary directory, and its libraries only where it believes to be in Lambda. */
const unpackInto = async (folder: string): Promise<void> => {
  const before = { ...process.env };
  Object.assign(process.env, { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' });
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    await packaged.executablePath();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
};

/** The package's own configuration looks for its font in folders of Lambda: pages would have no letters at all. */
const fontsIn = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
  ${['system-ui', 'sans-serif'].map((family) => `<alias binding="same"><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`).join('\n  ')}
</fontconfig>
`;

const stringsOf = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined));

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
