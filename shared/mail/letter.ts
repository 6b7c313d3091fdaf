import type { Markup } from './markup.ts';

/** The colour at the top of a mail; what it means is always said in words too. */
export type Tone = 'good' | 'waiting' | 'moved' | 'off' | 'quiet';

interface Link {
  readonly label: string;
  readonly url: string;
}

/** One thing a person wants to look up: "When", "Where". */
export interface Fact {
  readonly label: string;
  readonly text: string;
  /** Makes the text a link. */
  readonly url?: string;
  /** What they were told before, where the text is news. */
  readonly before?: string | undefined;
}

/** The day, big enough to find in a full inbox. */
export interface DateTile {
  readonly weekday: string;
  readonly day: string;
  readonly month: string;
}

export interface Facts {
  readonly title: string;
  readonly tile?: DateTile | undefined;
  readonly rows: readonly Fact[];
}

/** The one button of a mail. */
export interface Action extends Link {
  readonly note?: string;
}

export interface Section {
  readonly heading: string;
  /** Lines within one stay lines. Web addresses in them become links. */
  readonly paragraphs: readonly string[];
  /** To be copied letter by letter. */
  readonly code?: string;
  readonly link?: Link;
}

/** An organiser's own words, filled in for one person. */
export interface Words {
  readonly subject: string;
  /** They call the person by name themselves. */
  readonly greets: boolean;
  readonly html: Markup;
  readonly text: string;
}

/** What a mail says, before anybody decides how it looks: HTML and text are drawn from the same letter. */
export interface Letter {
  /** Said before everything else: that this is only a test. */
  readonly aside?: string;
  /** The news in a few words: the subject and the first line begin with it. */
  readonly news: string;
  /** What an inbox shows behind the subject. */
  readonly preview: string;
  readonly tone: Tone;
  readonly lead: readonly string[];
  /** In place of the subject, the news and the lead. */
  readonly words?: Words;
  readonly facts: Facts;
  readonly action: Action;
  readonly sections: readonly Section[];
  readonly why: string;
}

/** What stands below every mail: whom to ask, why it came, how to stop it where it can be stopped. */
export interface Foot {
  readonly lines: readonly string[];
  readonly links: readonly Link[];
}
