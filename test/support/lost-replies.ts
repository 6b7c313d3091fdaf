import { ConditionFailed, type Table } from '#shared/store/table.ts';

/**
 * A table of which the reply to every write is lost, and the SDK asks again: what the caller hears is the answer to the
 * repeat. A transaction is repeated under its token, so its answer is the first one again.
 */
export function losingEveryReply(table: Table): Table {
  const twice =
    <Asked, Answer>(write: (asked: Asked) => Promise<Answer>) =>
    async (asked: Asked): Promise<Answer> => {
      // A refusal wrote nothing: the repeat is refused, too.
      void write(asked).catch(() => {});
      return write(asked).catch((error: unknown) => {
        throw error instanceof ConditionFailed ? new ConditionFailed(error.item, true) : error;
      });
    };
  return { ...table, update: twice(table.update), put: twice(table.put), remove: twice(table.remove) };
}
