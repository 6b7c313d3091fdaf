/** An event as `POST /api/v1/events` takes it: what the seed uses of it. */
export interface EventInput {
  readonly slug: string;
  readonly title: string;
  readonly strapline?: string;
  readonly format: 'online' | 'in-person' | 'hybrid';
  readonly visibility?: 'public' | 'unlisted';
  readonly startsAt: string;
  readonly endsAt: string;
  readonly timeZone: string;
  readonly place: string;
  readonly description: string;
  readonly speakers?: readonly { readonly name: string; readonly role?: string; readonly organisation?: string }[];
  readonly programme?: readonly string[];
  readonly audience?: readonly string[];
  readonly topics: readonly string[];
  readonly capacity?: number;
  readonly registrationClosesAt?: string;
  readonly questions?: readonly {
    readonly id: string;
    readonly label: string;
    readonly type: 'text' | 'choice' | 'choices' | 'yes-no';
    readonly required?: boolean;
    readonly options?: readonly string[];
    readonly segment?: boolean;
  }[];
  readonly joining?: { readonly url: string; readonly instructions?: string; readonly opensBefore?: string };
  readonly recordingUrl?: string;
}

/** An event of the seed, what becomes of it, and how many people register for it at once. */
export interface SeedEvent {
  readonly event: EventInput;
  readonly state: 'draft' | 'published' | 'cancelled';
  readonly registrations?: number;
}
