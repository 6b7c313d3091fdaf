import { lostLinkForm } from '#shared/pages/lost-link-form.ts';
import type { Message } from '#shared/pages/message-page.ts';

/** What every link that opens nothing is answered with, so that nobody learns why, and the way to one that does. */
export const WRONG_LINK: Message = {
  title: 'This link does not open anything',
  text: 'It may have been cut short on its way here, or a newer one may have taken its place. We can send you the one that works.',
  more: lostLinkForm(),
};
