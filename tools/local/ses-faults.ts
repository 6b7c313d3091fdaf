import * as z from 'zod';

/** What a test may ask of the next SendEmail requests, optionally only of those to one address. */
export const FaultOrder = z.strictObject({
  next: z.number().int().min(1).max(10_000),
  /**
   * `lose-reply` accepts the mail and breaks the connection; `hang` accepts nothing and never answers; `hold-events`
   * and `drop-events` accept it and keep its events until released, or for ever; `hold-reply` accepts it, holds its
   * events and never answers; the others refuse it.
   */
  fault: z.enum([
    'lose-reply',
    'throttle',
    'reject',
    'bad-request',
    'hang',
    '500',
    'hold-events',
    'hold-reply',
    'drop-events',
  ]),
  to: z.string().optional(),
});
export type FaultOrder = z.infer<typeof FaultOrder>;
export type Fault = FaultOrder['fault'];

/** The orders still to be carried out, first come first served. */
export const faultPlan = () => {
  let orders: FaultOrder[] = [];
  return {
    add: (order: FaultOrder): void => {
      orders.push(order);
    },
    /** The fault for a mail to these addresses, if one is due; it is used up. */
    take(recipients: readonly string[]): Fault | undefined {
      const due = orders.find(({ to }) => to === undefined || recipients.some((recipient) => recipient.includes(to)));
      if (!due) return undefined;
      orders = orders.flatMap((order) => {
        if (order !== due) return [order];
        return order.next > 1 ? [{ ...order, next: order.next - 1 }] : [];
      });
      return due.fault;
    },
    clear: (): void => {
      orders = [];
    },
  };
};

/** The refusals as SES words them: status, error type, message. */
export const REFUSALS: Partial<Record<Fault, readonly [status: number, type: string, message: string]>> = {
  throttle: [429, 'TooManyRequestsException', 'Maximum sending rate exceeded.'],
  reject: [400, 'MessageRejected', 'The message contains invalid content.'],
  'bad-request': [400, 'BadRequestException', 'The input you provided is invalid.'],
  '500': [500, 'InternalServiceErrorException', 'Internal failure.'],
};
