/** What every page knows of the site it belongs to. */
export interface PageSite {
  readonly name: string;
  /** Where links lead that leave the page: no slash at the end. */
  readonly url: string;
  readonly organiser: { readonly name: string; readonly email: string };
  /** Days after an event that people's data is kept, unless the event says otherwise. */
  readonly retentionDays: number;
}
