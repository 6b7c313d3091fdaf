import * as z from 'zod';
import type { Control } from '#shared/domain/control.ts';
import { line } from '#shared/domain/text.ts';
import { instantAt } from '#shared/domain/time.ts';
import { ok } from '#shared/http/reply.ts';
import { type Route, route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { patiently, saved } from './patiently.ts';
import { pauseDocs, resumeDocs, SendingView, sendingDocs } from './sending-docs.ts';

const Pause = z.strictObject({ reason: line('Reason', 500).optional() }).optional();

const access = { scope: 'sending:control', everyEvent: true } as const;

/** The stop for everything: look at it, pull it, let go of it. */
export function sending({ control, now, ...patience }: Pick<Deps, 'control' | 'now' | 'sleep' | 'chance'>): Route[] {
  const answer = (state: Control | undefined) => ok(SendingView.parse(state ?? { paused: false }));
  const change = async (paused: boolean, reason?: string) => {
    const state = { paused, changedAt: instantAt(Math.floor(now() / 1000)), ...(reason && { reason }) };
    return answer(await patiently(patience, async () => ((await saved(control.set(state))) ? state : undefined)));
  };
  return [
    route('GET', '/api/v1/sending', { ...access, docs: sendingDocs }, async () => answer(await control.get())),
    route('POST', '/api/v1/sending/pause', { ...access, rate: 'never', body: Pause, docs: pauseDocs }, ({ body }) =>
      change(true, body?.reason),
    ),
    route('POST', '/api/v1/sending/resume', { ...access, docs: resumeDocs }, () => change(false)),
  ];
}
