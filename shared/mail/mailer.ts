/** One mail, ready to go. */
export interface Mail {
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

/** What is known after one attempt on the wire. */
export type SendOutcome =
  | { readonly is: 'accepted'; readonly messageId: string }
  /** SES has not got it, for certain, and may take it another time. */
  | { readonly is: 'refused'; readonly reason: string }
  /** SES will never take it. */
  | { readonly is: 'impossible'; readonly reason: string }
  /** Nobody knows whether SES took it: only a receipt can tell. */
  | { readonly is: 'unknown'; readonly reason: string };

/** Puts one mail on the wire, once. Never throws for what SES or the network did. */
export interface Mailer {
  send(mail: Mail): Promise<SendOutcome>;
}
