import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { patientClient } from '#shared/patient-client.ts';
import type { FileAddresses, Files } from './files.ts';

/** Not there, or not with that content: what S3 says by these statuses. */
const ABSENT: readonly (number | undefined)[] = [404, 412];

const absent = (error: unknown): undefined => {
  if (error instanceof S3ServiceException && ABSENT.includes(error.$metadata.httpStatusCode)) return undefined;
  throw error;
};

/** The files of a bucket, and addresses of them, signed by whoever runs this. */
export function s3Files(Bucket: string): Files & FileAddresses {
  // By itself the client would sign a checksum of the file into an address, before there is a file.
  const s3 = new S3Client({ ...patientClient(), requestChecksumCalculation: 'WHEN_REQUIRED' });
  return {
    async look(Key) {
      const found = await s3.send(new HeadObjectCommand({ Bucket, Key })).catch(absent);
      return found && { bytes: found.ContentLength ?? 0, tag: found.ETag ?? '' };
    },

    async read(Key, tag) {
      const request = new GetObjectCommand({ Bucket, Key, ...(tag !== undefined && { IfMatch: tag }) });
      const found = await s3.send(request).catch(absent);
      return found?.Body?.transformToByteArray();
    },

    async write(Key, Body, ContentType) {
      await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType }));
    },

    async remove(names) {
      const Objects = names.map((Key) => ({ Key }));
      const { Deleted = [], Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
      const removed = new Set(Deleted.map(({ Key }) => Key));
      const left = names.filter((name) => !removed.has(name));
      if (left.length > 0) throw new Error(`S3 did not remove ${left.length} files: ${Errors[0]?.Code ?? 'no answer'}`);
    },

    upload(Key, { bytes, seconds }) {
      // The length is signed along, so a file of another size is refused by S3 itself.
      return getSignedUrl(s3, new PutObjectCommand({ Bucket, Key, ContentLength: bytes }), { expiresIn: seconds });
    },

    download(Key, { saveAs, seconds }) {
      const ResponseContentDisposition = `attachment; filename="${saveAs}"`;
      return getSignedUrl(s3, new GetObjectCommand({ Bucket, Key, ResponseContentDisposition }), {
        expiresIn: seconds,
      });
    },
  };
}
