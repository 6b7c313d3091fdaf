import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { PartlyDone } from '#shared/domain/errors.ts';
import { chance, randomWord } from '#shared/domain/ids.ts';
import { conditionExpression, Expressions, updateExpression } from './expressions.ts';
import { FACT, INDEXES, NO_FACT } from './names.ts';
import { knowingOwnWrites } from './own-writes.ts';
import {
  type Check,
  ConditionFailed,
  type Item,
  type Key,
  type Put,
  type Range,
  type Removal,
  type Table,
  TransactionRefused,
  type Update,
  type Write,
} from './table.ts';

/** The table in DynamoDB. `client` must remove undefined values when it marshals. */
export const dynamoTable = (client: DynamoDBDocumentClient, TableName: string): Table =>
  knowingOwnWrites(asAnswered(client, TableName), newMark);

/** Eight characters: what a row can spare, and more than two requests at once could ever share. */
const newMark = (): string => randomWord(8, chance);

/** Every answer as DynamoDB gives it, those to repeats by the SDK too. */
function asAnswered(client: DynamoDBDocumentClient, TableName: string): Table {
  const putOf = ({ item, when = [], fact }: Put) => {
    const into = new Expressions();
    const condition = conditionExpression(when, into);
    return { TableName, Item: { ...item, [FACT]: fact ?? NO_FACT }, ...conditional(condition, into) };
  };
  const updateOf = ({ pk, sk, fact, when, ...change }: Update) => {
    const into = new Expressions();
    const UpdateExpression = updateExpression(change, fact, into);
    const condition = conditionExpression(when, into);
    return { TableName, Key: { pk, sk }, UpdateExpression, ...conditional(condition, into) };
  };
  const removalOf = ({ pk, sk, when = [] }: Removal) => {
    const into = new Expressions();
    return { TableName, Key: { pk, sk }, ...conditional(conditionExpression(when, into), into) };
  };
  const checkOf = ({ pk, sk, when }: Check) => {
    const into = new Expressions();
    const ConditionExpression = conditionExpression(when, into) ?? '';
    return { TableName, Key: { pk, sk }, ...conditional(ConditionExpression, into), ConditionExpression };
  };

  return {
    async get({ pk, sk }, { consistent = false } = {}) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: consistent }));
      return Item as Item | undefined;
    },

    async getMany(keys, { consistent = false } = {}) {
      const found: Item[] = [];
      let Keys: Key[] = [...new Map(keys.map(({ pk, sk }) => [`${pk} ${sk}`, { pk, sk }])).values()];
      while (Keys.length > 0) {
        const batch = Keys.slice(0, 100);
        const RequestItems = { [TableName]: { Keys: batch, ConsistentRead: consistent } };
        const { Responses, UnprocessedKeys } = await client.send(new BatchGetCommand({ RequestItems }));
        const left = (UnprocessedKeys?.[TableName]?.Keys ?? []) as Key[];
        // DynamoDB throws where it could read none of them; what it read stands in a list, be that empty.
        if (left.length === batch.length || (!Responses?.[TableName] && left.length === 0))
          throw new PartlyDone(`DynamoDB says nothing of ${batch.length} items`);
        found.push(...((Responses?.[TableName] ?? []) as Item[]));
        Keys = [...Keys.slice(100), ...left];
      }
      return found;
    },

    async query(range) {
      const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand(queryOf(TableName, range)));
      return { items: Items as Item[], ...(LastEvaluatedKey && { after: LastEvaluatedKey }) };
    },

    async count(range) {
      let total = 0;
      let after = range.after;
      do {
        const input: QueryCommandInput = { ...queryOf(TableName, { ...range, after }), Select: 'COUNT' };
        const { Count = 0, LastEvaluatedKey } = await client.send(new QueryCommand(input));
        total += Count;
        after = LastEvaluatedKey;
      } while (after);
      return total;
    },

    async update(update) {
      const input = {
        ...updateOf(update),
        ReturnValues: 'ALL_NEW' as const,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      };
      const { Attributes } = await client.send(new UpdateCommand(input)).catch(asConditionFailed);
      return Attributes as Item;
    },

    async put(put) {
      const input = { ...putOf(put), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };
      await client.send(new PutCommand(input)).catch(asConditionFailed);
    },

    async remove(removal) {
      const input = { ...removalOf(removal), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };
      await client.send(new DeleteCommand(input)).catch(asConditionFailed);
    },

    async transact(writes, token) {
      const old = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };
      const TransactItems = writes.map((write: Write) => {
        if ('put' in write) return { Put: { ...putOf(write.put), ...old } };
        if ('update' in write) return { Update: { ...updateOf(write.update), ...old } };
        if ('check' in write) return { ConditionCheck: { ...checkOf(write.check), ...old } };
        return { Delete: { ...removalOf(write.remove), ...old } };
      });
      const input = { TransactItems, ...(token && { ClientRequestToken: token }) };
      await client.send(new TransactWriteCommand(input)).catch(asTransactionRefused);
    },
  };
}

function conditional(condition: string | undefined, { names, values }: Expressions) {
  return {
    ...(condition && { ConditionExpression: condition }),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
}

function queryOf(TableName: string, range: Range & { readonly below?: string }): QueryCommandInput {
  const index = range.index && INDEXES[range.index];
  const into = new Expressions();
  const sort = into.path([index?.sort ?? 'sk']);
  const KeyConditionExpression = [
    `${into.path([index?.partition ?? 'pk'])} = ${into.value(range.partition)}`,
    ...(range.prefix === undefined ? [] : [`begins_with(${sort}, ${into.value(range.prefix)})`]),
    ...(range.atMost === undefined ? [] : [`${sort} <= ${into.value(range.atMost)}`]),
    ...(range.below === undefined ? [] : [`${sort} < ${into.value(range.below)}`]),
  ].join(' AND ');
  const usesSort = KeyConditionExpression.includes(sort);
  if (!usesSort) delete into.names[sort];
  return {
    TableName,
    ...(index && { IndexName: index.name }),
    KeyConditionExpression,
    ExpressionAttributeNames: into.names,
    ExpressionAttributeValues: into.values,
    ScanIndexForward: !range.descending,
    ...(range.limit && { Limit: range.limit }),
    ...(range.after && { ExclusiveStartKey: range.after }),
    ...(range.consistent && { ConsistentRead: true }),
  };
}

function asConditionFailed(error: unknown): never {
  // A single write, too, is refused while a transaction with its item is under way (API reference of UpdateItem).
  if (error instanceof TransactionConflictException) throw new TransactionRefused([], true);
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
  const repeated = (error.$metadata.attempts ?? 1) > 1;
  throw new ConditionFailed(error.Item && (unmarshall(error.Item) as Item), repeated);
}

function asTransactionRefused(error: unknown): never {
  if (error instanceof TransactionConflictException) throw new TransactionRefused([], true);
  if (!(error instanceof TransactionCanceledException)) throw error;
  const reasons = error.CancellationReasons ?? [];
  const failed = reasons.map(({ Code, Item }) =>
    Code === 'ConditionalCheckFailed' ? { item: Item && (unmarshall(Item) as Item) } : undefined,
  );
  const conflict = reasons.some(({ Code }) => Code === 'TransactionConflict');
  const other = reasons.some(
    ({ Code }) => Code && !['None', 'ConditionalCheckFailed', 'TransactionConflict'].includes(Code),
  );
  if (other) throw error;
  throw new TransactionRefused(failed, conflict);
}
