/**
 * Route keys of the HTTP API, by the function that answers them. They are explicit so that metrics, throttles and the
 * access log name a route instead of showing a path, which may hold somebody's token.
 */
export const routes = {
  'guest-site': [
    'GET /',
    'GET /events/{slug}',
    'GET /events/{slug}/register',
    'POST /events/{slug}/register',
    'GET /events/{slug}/registered',
    'POST /events/{slug}/registered',
    'GET /lost-link',
    'POST /lost-link',
    'GET /events/{slug}/calendar.ics',
    'GET /calendar.ics',
    'GET /robots.txt',
    'GET /sitemap.xml',
    'GET /privacy',
    'GET /assets/{file}',
    'POST /api/v1/events/{slug}/register',
    'OPTIONS /api/v1/events/{slug}/register',
    '$default',
  ],
  'personal-site': [
    'GET /r/{token}',
    'POST /r/{token}',
    'GET /r/{token}/details',
    'POST /r/{token}/details',
    'GET /r/{token}/address',
    'POST /r/{token}/address',
    'GET /r/{token}/erase',
    'POST /r/{token}/erase',
    'GET /r/{token}/data.json',
    'GET /a/{token}',
    'POST /a/{token}',
    'GET /o/{token}',
    'POST /o/{token}',
    'GET /m/{token}',
    'POST /m/{token}',
    'GET /u/{token}',
    'POST /u/{token}',
    'GET /j/{token}',
    'POST /j/{token}',
    'GET /s/{token}',
    'POST /s/{token}',
  ],
  certificate: ['GET /c/{token}', 'GET /certificates', 'GET /certificates/{code}'],
  'organiser-api': ['ANY /api/{proxy+}'],
} as const;

type WrittenKey = (typeof routes)[keyof typeof routes][number];
type HeadOf<Key extends string> = Key extends `GET ${infer Path}` ? `HEAD ${Path}` : never;

export type RouteKey = WrittenKey | HeadOf<WrittenKey>;

/**
 * The keys with HEAD beside every GET. API Gateway matches methods to the letter, so without its own key a HEAD falls through
 * to `$default`, whose function knows nothing of the others' pages.
 */
export const withHead = (keys: readonly WrittenKey[]): RouteKey[] =>
  keys.flatMap((key): RouteKey[] => (key.startsWith('GET ') ? [key, key.replace('GET', 'HEAD') as RouteKey] : [key]));

/** The routes by which anybody may cause mail: throttled more strictly than pages. */
export const registrationRoutes = [
  'POST /events/{slug}/register',
  'POST /api/v1/events/{slug}/register',
  'POST /events/{slug}/registered',
  'POST /lost-link',
] as const satisfies RouteKey[];
