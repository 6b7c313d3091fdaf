import type { Event } from './event.ts';
import type { NoticeKind } from './mail-kinds.ts';

/** Which notice tells people of an event as it is now; undefined of a draft, of which nobody was told. */
export function noticeKindOf({ state }: Pick<Event, 'state'>): NoticeKind | undefined {
  switch (state) {
    case 'published':
      return 'change';
    case 'postponed':
    case 'cancelled':
      return state;
    case 'draft':
      return undefined;
  }
}
