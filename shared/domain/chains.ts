/**
 * Lambda counts how often a function runs in one chain of messages and stops it after about 16 (docs/adr/0024). Long work
 * that goes back into its own queue does so this often at most; what is left then is written down, and `sweep` begins a new
 * chain for it within a minute.
 */
export const MOST_LINKS = 3;

/** Whether work that went on so often by message may do so once more. */
export const mayGoOn = (links: number): boolean => links < MOST_LINKS;
