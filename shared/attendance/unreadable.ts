/** Why a file is no attendance report, in a sentence for whoever sent it. */
export interface Unreadable {
  readonly unreadable: string;
}

export const isUnreadable = (result: object): result is Unreadable => 'unreadable' in result;

/** What would do instead. */
export const WANTED =
  'Send the attendance report of Zoom, Teams or GoTo as they export it in English, or a CSV with the columns email, name and minutes';
