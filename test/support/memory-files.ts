import { createHash } from 'node:crypto';
import type { FileAddresses, Files } from '#shared/files/files.ts';

/** Files in memory; what is sent to an address of theirs lies there at once. */
export function memoryFiles() {
  const kept = new Map<string, Uint8Array>();
  const tagOf = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');
  const files: Files & FileAddresses = {
    async look(name) {
      const bytes = kept.get(name);
      return bytes && { bytes: bytes.length, tag: tagOf(bytes) };
    },
    async read(name, tag) {
      const bytes = kept.get(name);
      return bytes && (tag === undefined || tag === tagOf(bytes)) ? bytes : undefined;
    },
    write: async (name, body) => void kept.set(name, Buffer.from(body)),
    remove: async (names) => {
      for (const name of names) kept.delete(name);
    },
    upload: async (name, { bytes }) => `https://files.example.org/${name}?bytes=${bytes}`,
    download: async (name, { saveAs }) => `https://files.example.org/${name}?as=${saveAs}`,
  };
  return { files, kept };
}
