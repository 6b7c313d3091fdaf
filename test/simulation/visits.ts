import type { PersonalDeps } from '#functions/personal-site/deps.ts';
import { personalRoutes } from '#functions/personal-site/routes.ts';
import { placeHash } from '#shared/domain/address.ts';
import { Refusal } from '#shared/domain/errors.ts';
import { leftAddressesOf } from '#shared/domain/left-address.ts';
import {
  type LinkHolder,
  type LinkKeys,
  type LinkPurpose,
  linkHolder,
  objectionHolder,
  signLink,
  signPress,
} from '#shared/domain/link.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { PageRoute } from '#shared/http/page-route.ts';
import type { HttpEvent } from '#shared/http/reply.ts';
import type { Item } from '#shared/store/table.ts';
import type { SiteDeps } from './site-deps.ts';

/** The one key of a simulated world that hashes addresses. */
export const ADDRESS_KEY = 'k';
const LINK_KEYS: LinkKeys = new Map([['k1', 'a key that signs the links of a simulated world, long enough']]);
const SITE = {
  name: 'Rollcall',
  url: 'https://events.example.org',
  organiser: { name: 'Rollcall', email: 'events@example.org' },
  retentionDays: 90,
};
/** Where everybody is. */
export const IP = '203.0.113.7';

/** What somebody does on a page that is theirs alone. */
export interface Visit {
  readonly purpose: LinkPurpose;
  /** What follows the token in the address. */
  readonly page?: string;
  /** The button they press. */
  readonly press: string;
  readonly fields?: Readonly<Record<string, string>>;
}

const PATHS: Partial<Record<LinkPurpose, string>> = {
  manage: 'r',
  join: 'j',
  survey: 's',
  address: 'a',
  stop: 'u',
  object: 'm',
};

/** Follows the link that this row's mails hold and presses the button; resolves to the status of the answer. */
export async function visit(
  deps: SiteDeps,
  row: Item,
  { purpose, page = '', press, fields = {} }: Visit,
): Promise<number> {
  const route = routeOf(deps, `/${PATHS[purpose]}/{token}${page}`);
  const token = signLink(LINK_KEYS, purpose, holderOf(row as Item & Registration, purpose));
  const body = new URLSearchParams({ ...fields, [press]: signPress(LINK_KEYS, token, press, deps.now()) });
  const event = {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(body),
    isBase64Encoded: false,
    requestContext: { http: { sourceIp: IP } },
  } as unknown as HttpEvent;
  try {
    const { statusCode = 500 } = await route.run({ path: { token }, query: new URLSearchParams(), event });
    return statusCode;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not-found') return 404;
    throw error;
  }
}

/** Whose link it is; that to object is of the address left last, where there is one. */
function holderOf(row: Item & Registration, purpose: LinkPurpose): LinkHolder {
  const left = leftAddressesOf(row).at(-1);
  return purpose === 'object' && left ? objectionHolder(row, left) : linkHolder(purpose, row);
}

function routeOf(deps: SiteDeps, path: string): PageRoute {
  const personal: PersonalDeps = {
    ...deps,
    site: SITE,
    linkKeys: async () => LINK_KEYS,
    placeHash: async (event, person) => placeHash(ADDRESS_KEY, event, person),
    sleep: deps.clock.sleep,
  };
  const route = personalRoutes(personal).find((each) => each.method === 'POST' && each.path === path);
  if (!route) throw new Error(`There is no page ${path}`);
  return route;
}
