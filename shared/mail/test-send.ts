import type { Letter } from './letter.ts';

/** What a mail would be, for the organiser to look at before it goes to anybody. */
export const asTest = (letter: Letter): Letter => ({
  ...letter,
  aside: 'This is a test. Nobody else got it. Personal links lead to the event page here.',
  why: 'You get this mail because a test of it was asked for.',
});
