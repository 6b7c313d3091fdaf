import { verifyPress } from '#shared/domain/link.ts';
import { type Form, readForm } from '#shared/http/form.ts';
import type { PageRequest } from '#shared/http/page-route.ts';
import type { LinkHolderFound } from '#shared/site/find-person.ts';

/** What a page says to a press that does not count. */
export const NOT_PRESSED = 'Nothing has changed: the page had been open for too long. Please press the button again.';

/**
 * Which of these buttons a person pressed; undefined when none of them was, or the page was too old. The proof is the
 * value of the button itself, which a mail scanner that submits forms leaves out.
 */
export function pressed<Action extends string>(
  { event, path }: PageRequest,
  { keys }: Pick<LinkHolderFound, 'keys'>,
  actions: readonly Action[],
  now: number,
  form: Form = readForm(event),
): Action | undefined {
  return actions.find((action) => {
    const [press, ...others] = form.get(action) ?? [];
    return press !== undefined && others.length === 0 && verifyPress(keys, path.token ?? '', action, press, now);
  });
}
