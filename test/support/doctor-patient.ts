import { memoryTable } from '#shared/store/memory-table.ts';
import { awsClients } from '#tools/doctor/clients.ts';
import type { Patient } from '#tools/doctor/patient.ts';

/** A stage nobody has to reach: checks are given what they are to find. */
export const aPatient = (given: Partial<Patient> = {}): Patient => ({
  stage: 'prod',
  local: false,
  now: Date.parse('2026-11-30T12:00:00Z'),
  allKeys: false,
  table: memoryTable(),
  aws: awsClients({ region: 'eu-west-2', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } }),
  stack: {
    name: 'rollcall-prod',
    region: 'eu-west-2',
    account: '123456789012',
    status: 'UPDATE_COMPLETE',
    changedAt: Date.parse('2026-11-01T12:00:00Z'),
    outputs: { TableName: 'events' },
    clockOffset: 0,
  },
  ...given,
});
