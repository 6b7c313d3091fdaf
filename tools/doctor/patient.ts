import { dynamoTable } from '#shared/store/dynamo-table.ts';
import type { Table } from '#shared/store/table.ts';
import type { Clients } from './clients.ts';
import type { Stack } from './stack.ts';

/** The stage that is looked at, and by what. */
export interface Patient {
  readonly stage: string;
  /** The emulator of `npm start`: some of AWS's answers mean nothing there. */
  readonly local: boolean;
  readonly stack: Stack;
  readonly aws: Clients;
  readonly table: Table;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Whether the whole table may be read for its API keys, however large it is. */
  readonly allKeys: boolean;
}

/** The value of an output that a finished deploy has. */
export function output({ stack }: Pick<Patient, 'stack'>, name: string): string {
  const value = stack.outputs[name];
  if (value === undefined) throw new Error(`The stack has no output ${name}`);
  return value;
}

export const patientOf = (given: Omit<Patient, 'table'>): Patient => ({
  ...given,
  table: dynamoTable(given.aws.dynamo, given.stack.outputs['TableName'] ?? ''),
});

/** A reading that several checks need, made once for each patient. */
export function once<T>(read: (patient: Patient) => Promise<T>): (patient: Patient) => Promise<T> {
  const made = new WeakMap<Patient, Promise<T>>();
  return (patient) => {
    const reading = made.get(patient) ?? read(patient);
    made.set(patient, reading);
    return reading;
  };
}
