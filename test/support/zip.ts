import { crc32 } from 'node:zlib';

/** A zip archive of one file, uncompressed: what Lambda takes as a function's code. */
export function zipOf(name: string, content: Buffer): Buffer {
  const path = Buffer.from(name);
  // The fields that the local header and the directory share: versions to dates are constants, 1980-01-01 among them.
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(0x21, 8);
  shared.writeUInt32LE(crc32(content), 10);
  shared.writeUInt32LE(content.length, 14);
  shared.writeUInt32LE(content.length, 18);
  shared.writeUInt16LE(path.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, path, content]);
  const listed = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), shared, Buffer.alloc(14), path]);
  // Readable by everybody, as the upper half of the external attributes has it.
  listed.writeUInt32LE(0o100644 * 0x10000, 38);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, listed, end]);
}
