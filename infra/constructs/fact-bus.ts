import { EventBus, Rule, type RuleProps } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { FactName } from '#events/catalogue.ts';
import { SOURCE } from '#events/envelope.ts';
import type { NodeFunction } from './node-function.ts';
import type { Worker } from './worker.ts';

/** The bus that carries facts, and who hears which. */
export class FactBus extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, props: { readonly name: string }) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', { eventBusName: props.name });
  }

  /** Lets a function state facts, as this service and nobody else. */
  open(fn: NodeFunction): void {
    fn.addEnvironment('BUS_NAME', this.bus.eventBusName);
    fn.may(['events:PutEvents'], this.bus.eventBusArn);
  }

  /** Hands these facts, whole, to a worker's queue; what cannot be delivered there joins its dead letters. */
  route(facts: readonly FactName[], { queue, deadLetters }: Worker): void {
    this.#rule(`To${queue.node.scope?.node.id}`, facts, {
      targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters })],
    });
  }

  /** Runs a function at once when one of these facts is stated. A lost call is no loss: the function also runs on its own. */
  wake(facts: readonly FactName[], fn: NodeFunction): void {
    this.#rule(`Wake${fn.node.id}`, facts, { targets: [new LambdaFunction(fn)] });
  }

  #rule(id: string, facts: readonly FactName[], props: RuleProps): void {
    new Rule(this, id, {
      ...props,
      eventBus: this.bus,
      eventPattern: { source: [SOURCE], detailType: [...facts] },
    });
  }
}
