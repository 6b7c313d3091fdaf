const WIDTHS = [320, 768, 1280] as const;
const SCHEMES = ['light', 'dark'] as const;

/** The pages every look at the site begins with; their events are in the seed. */
const USUAL_PAGES = [
  '/',
  '/?when=past',
  '/?q=organised+crime',
  '/events/tackling-serious-and-organised-crime-in-the-uk',
  '/events/tackling-serious-and-organised-crime-in-the-uk-again',
  '/events/tackling-serious-and-organised-crime-in-the-uk-again/register',
  '/events/tackling-serious-and-organised-crime-in-the-uk-again/registered',
  '/events/information-sharing-long-title',
  '/events/trauma-informed-interviewing-workshop',
  '/events/winter-resilience-for-emergency-services',
  '/events/no-such-event',
  '/privacy',
];

export interface Shot {
  readonly path: string;
  readonly width: (typeof WIDTHS)[number];
  readonly colorScheme: (typeof SCHEMES)[number];
  readonly file: string;
}

/** Every page at every width, light and dark, with a file name that says so. */
export const shotsOf = (paths: readonly string[]): Shot[] =>
  (paths.length > 0 ? paths : USUAL_PAGES).flatMap((path) =>
    WIDTHS.flatMap((width) =>
      SCHEMES.map((colorScheme) => ({ path, width, colorScheme, file: `${nameOf(path)}-${width}-${colorScheme}.png` })),
    ),
  );

const nameOf = (path: string): string => path.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'home';
