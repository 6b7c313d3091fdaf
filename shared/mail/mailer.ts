/** One mail, ready to go. */
export interface Mail {
  /** "Name <address>", as people write it; it is encoded for the wire there. */
  readonly from: string;
  readonly to: string;
  readonly replyTo: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly ics: string };
  readonly headers: Readonly<Record<string, string>>;
  /** SES message tags: letters, digits, `_` and `-` only. Receipts carry them back. */
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet: string;
}

/** Why SES refused: the error's name, and its own sentence with nobody's address in it. */
interface Refused {
  readonly reason: string;
  readonly says?: string;
}

/** What is known after one attempt on the wire. */
export type SendOutcome =
  | { readonly is: 'accepted'; readonly messageId: string }
  /** SES has not got it, for certain, and may take it another time. */
  | (Refused & { readonly is: 'refused' })
  /** The same, and it takes no mail of ours to anybody, or none to this address, until somebody does something about it. */
  | (Refused & { readonly is: 'barred'; readonly whom: 'sender' | 'recipient' })
  /** SES will never take it. */
  | (Refused & { readonly is: 'impossible' })
  /** Nobody knows whether SES took it: only a receipt can tell. */
  | { readonly is: 'unknown'; readonly reason: string };

/** Puts one mail on the wire, once. Never throws for what SES or the network did. */
export interface Mailer {
  send(mail: Mail): Promise<SendOutcome>;
}
