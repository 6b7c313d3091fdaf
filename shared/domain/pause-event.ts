import type { Event } from './event.ts';

/** The event with its mail stopped, or flowing again; undefined when it is so already. */
export const withPause = (event: Event, paused: boolean): Event | undefined =>
  event.paused === paused ? undefined : { ...event, paused, revision: event.revision + 1 };
