import { DeleteObjectsCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { s3Files } from '#shared/files/s3-files.ts';

const s3 = mockClient(S3Client);
beforeEach(() => s3.reset());
afterEach(() => s3.reset());

const names = ['jobs/1/upload', 'jobs/1/report.json'];
const [first, second] = names.map((Key) => ({ Key }));

test.each([
  ['refuses one', { Deleted: [first], Errors: [{ ...second, Code: 'AccessDenied' }] }, 'remove 1 files: AccessDenied'],
  ['does not speak of one', { Deleted: [first] }, 'remove 1 files: no answer'],
  ['speaks of none', {}, 'remove 2 files: no answer'],
])('files are not removed by an answer that %s', async (_, answer, why) => {
  s3.on(DeleteObjectsCommand).resolves(answer as never);
  await expect(s3Files('bucket').remove(names)).rejects.toThrow(why);
});

test('files are removed once S3 says so of each', async () => {
  s3.on(DeleteObjectsCommand).resolves({ Deleted: [first, second] } as never);
  await expect(s3Files('bucket').remove(names)).resolves.toBeUndefined();
  // In quiet mode S3 says nothing of what it removed.
  expect(s3.commandCalls(DeleteObjectsCommand)[0]?.args[0].input.Delete?.Quiet).toBeUndefined();
});
