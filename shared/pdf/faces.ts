import type { Font } from 'fontkit';
import { FONT_FILES, type FontName } from './font-files.ts';

/** A font that was read. */
export interface Face {
  readonly name: FontName;
  readonly bytes: Uint8Array;
  readonly font: Font;
}

/** Gives a font, which it reads the first time it is asked for: the great ones are megabytes, and most names are Latin. */
export type Faces = (name: FontName) => Promise<Face>;

/** Faces out of files, named as in `FONT_FILES`. */
export function faces(readFile: (file: string) => Promise<Uint8Array>): Faces {
  const read = new Map<FontName, Face>();
  return async (name) => {
    const before = read.get(name);
    if (before) return before;
    // Only now: most who ask the function something want no PDF.
    const [{ create }, bytes] = await Promise.all([import('fontkit'), readFile(FONT_FILES[name])]);
    const face = { name, bytes, font: create(bytes as Buffer) as Font };
    read.set(name, face);
    return face;
  };
}
