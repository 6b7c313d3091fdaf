/** The colours by what they are for, on light and on dark. Text on its ground reaches 7:1; a test computes it. */
export const COLOURS = {
  light: {
    paper: '#ffffff',
    wash: '#f8f5f0',
    ink: '#16202a',
    muted: '#3f4b57',
    line: '#d9d4ca',
    edge: '#6a7682',
    accent: '#0b5c66',
    'accent-ink': '#ffffff',
    'accent-wash': '#e1eff0',
    ended: '#3f4b57',
    'ended-wash': '#e9edf0',
    cancelled: '#8c1420',
    'cancelled-wash': '#fdebeb',
    postponed: '#6b3c00',
    'postponed-wash': '#fdf0d9',
    live: '#0d5130',
    'live-wash': '#e2f4e9',
    full: '#4a2480',
    'full-wash': '#efe9fb',
  },
  dark: {
    paper: '#10171d',
    wash: '#18222a',
    ink: '#e8eef2',
    muted: '#b9c6cf',
    line: '#2f3d48',
    edge: '#8496a3',
    accent: '#7fd6df',
    'accent-ink': '#08262b',
    'accent-wash': '#12323a',
    ended: '#c6d0d8',
    'ended-wash': '#26323b',
    cancelled: '#ffb9bd',
    'cancelled-wash': '#45151b',
    postponed: '#ffd591',
    'postponed-wash': '#402a05',
    live: '#9fe6bd',
    'live-wash': '#0e3a25',
    full: '#d6c2ff',
    'full-wash': '#321d58',
  },
} as const;

/** Which colours of text stand on which ground. */
export const TEXT_ON = {
  paper: ['ink', 'muted', 'accent', 'cancelled'],
  wash: ['ink', 'muted', 'accent'],
  accent: ['accent-ink'],
  'accent-wash': ['ink'],
  'ended-wash': ['ended', 'ink'],
  'cancelled-wash': ['cancelled', 'ink'],
  'postponed-wash': ['postponed', 'ink'],
  'live-wash': ['live', 'ink'],
  'full-wash': ['full', 'ink'],
} as const;

const variables = (colours: Record<string, string>): string =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}:${value};`)
    .join('');

/** The tokens as custom properties, for light, dark and more contrast. */
export const tokens = (): string => `
:root{color-scheme:light dark;${variables(COLOURS.light)}}
@media (prefers-color-scheme:dark){:root{${variables(COLOURS.dark)}}}
@media (prefers-contrast:more){:root{--muted:var(--ink);--line:var(--ink);--edge:var(--ink)}}
`;
