import { NewEvent } from '#shared/domain/edit-event.ts';
import { EventDetails } from '#shared/domain/event.ts';
import type { Deps } from './deps.ts';

const { organiser: Organiser, retentionDays: RetentionDays } = EventDetails.shape;

/** An event as the API takes it: who runs the site organises it, and its retention holds, unless it says otherwise. */
export const newEventFor = ({ organiser, retentionDays }: Pick<Deps['site'], 'organiser' | 'retentionDays'>) =>
  NewEvent.safeExtend({
    // What comes out is the same; only zod's types mind that less need go in.
    organiser: Organiser.default(organiser) as unknown as typeof Organiser,
    retentionDays: RetentionDays.default(retentionDays),
  }).meta({ id: 'NewEvent' });
