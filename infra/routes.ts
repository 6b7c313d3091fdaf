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

export type RouteKey = (typeof routes)[keyof typeof routes][number];

/** The routes by which anybody may cause mail: throttled more strictly than pages. */
export const registrationRoutes = [
  'POST /events/{slug}/register',
  'POST /api/v1/events/{slug}/register',
  'POST /events/{slug}/registered',
  'POST /lost-link',
] as const satisfies RouteKey[];
