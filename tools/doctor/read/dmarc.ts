import { Resolver } from 'node:dns/promises';
import type { DmarcFacts } from '../judge/dmarc.ts';
import { withParents } from './ses.ts';

/** Nobody answers: the name has no such record, or there is no such name. */
const NOTHING = new Set(['ENODATA', 'ENOTFOUND']);

/** Asks for the DMARC record of a domain, or of the nearest one above it that has any. Without a network nobody knows. */
export async function readDmarc(
  domain: string,
  resolver: Pick<Resolver, 'resolveTxt'> = new Resolver({ timeout: 2000, tries: 2 }),
): Promise<DmarcFacts> {
  for (const name of withParents(domain)) {
    const at = `_dmarc.${name}`;
    try {
      const records = (await resolver.resolveTxt(at)).map((parts) => parts.join(''));
      if (records.some((text) => text.startsWith('v=DMARC1'))) return { is: 'found', at, records };
    } catch (error) {
      if (!NOTHING.has((error as { code?: string }).code ?? '')) return { is: 'not-looked-up' };
    }
  }
  return { is: 'nothing' };
}
