import { Duration } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  Billing,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  StreamViewType,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { isProtected, removalPolicy } from '#infra/removal.ts';
import type { Stage } from '#infra/stage.ts';
import { EXPIRES, FACT, INDEXES, type IndexName, KEYS, NO_FACT } from '#shared/store/names.ts';
import type { NodeFunction } from './node-function.ts';
import type { DeadLetterQueue } from './safe-queue.ts';

const SORT_TYPES = {
  catalogue: AttributeType.STRING,
  greetDue: AttributeType.NUMBER,
  due: AttributeType.NUMBER,
} as const satisfies Record<IndexName, AttributeType>;

/** What a function may do to items. DynamoDB has no transaction rights: each part of one needs its own. */
type ItemAction = 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheckItem';

/** The one table, its sparse indexes, and the stream that is the outbox. */
export class EventTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const ceiling = { maxReadRequestUnits: stage.tableCeiling.reads, maxWriteRequestUnits: stage.tableCeiling.writes };
    this.table = new TableV2(this, 'Table', {
      // The emulator replaces an unnamed table, emptied, whenever anything about it changes. On AWS a name would only
      // stand in the way of a replacement.
      ...(stage.name === 'local' && { tableName: `rollcall-${stage.name}` }),
      partitionKey: { name: KEYS.partition, type: AttributeType.STRING },
      sortKey: { name: KEYS.sort, type: AttributeType.STRING },
      billing: Billing.onDemand(ceiling),
      globalSecondaryIndexes: indexNames.map((name) => ({ ...index(name), ...ceiling })),
      dynamoStream: StreamViewType.NEW_IMAGE,
      timeToLiveAttribute: EXPIRES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: isProtected(stage),
      removalPolicy: removalPolicy(stage),
    });
  }

  /** Lets a function do these things to single items and partitions, and query these indexes: never scan, never more. */
  open(fn: NodeFunction, items: readonly ItemAction[], indexes: readonly IndexName[] = []): void {
    fn.addEnvironment('TABLE_NAME', this.table.tableName);
    fn.may(
      items.map((action) => `dynamodb:${action}`),
      this.table.tableArn,
    );
    if (indexes.length > 0)
      fn.may(['dynamodb:Query'], ...indexes.map((name) => `${this.table.tableArn}/index/${INDEXES[name].name}`));
  }

  /** Feeds a function the writes that state a fact, in order per item, until they are done or a day old. */
  tell(fn: NodeFunction, undone: DeadLetterQueue): void {
    const stream = this.table.tableStreamArn;
    if (!stream) throw new Error('The table has no stream');
    fn.may(
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      stream,
    );
    fn.may(['sqs:SendMessage'], undone.queueArn);
    new EventSourceMapping(fn, 'Stream', {
      target: fn,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 25,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: -1,
      // A record leaves the stream after a day without a word. An hour before, its id goes to the queue instead.
      maxRecordAge: Duration.hours(23),
      onFailure: { bind: () => ({ destination: undone.queueArn }) },
      filters: [FilterCriteria.filter({ dynamodb: { NewImage: { [FACT]: { S: FilterRule.notEquals(NO_FACT) } } } })],
    });
  }
}

const indexNames = Object.keys(INDEXES) as IndexName[];

function index(name: IndexName): GlobalSecondaryIndexPropsV2 {
  const { partition, sort, projection } = INDEXES[name];
  const partitionKey: Attribute = { name: partition, type: AttributeType.STRING };
  const sortKey: Attribute = { name: sort, type: SORT_TYPES[name] };
  return { indexName: INDEXES[name].name, partitionKey, sortKey, projectionType: ProjectionType[projection] };
}
