import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { type Block, LEADING } from './fit-into.ts';

/** What a sheet says of itself without being looked at. */
export interface About {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  /** An instant of the matter itself, never the clock's: the same sheet is the same file, byte for byte. */
  readonly created: string;
}

export interface Drawn {
  /** Where the block begins: points from the left and from the top. */
  readonly x: number;
  readonly y: number;
  readonly colour: string;
  /** What it is to who does not see it: PDF 32000-1 §14.8.4. */
  readonly tag: 'H1' | 'P';
  /** The text as it is read aloud and copied, whatever became of its letters on the way to glyphs. */
  readonly text: string;
  /** Where a press on it leads. */
  readonly link?: string;
}

/** A4, lying: 297 by 210 mm in points. */
export const SHEET = { width: 841.89, height: 595.28 };
/** How far the first baseline lies below the top of a line, in sizes: Noto's ascent. */
const ASCENT = 1.07;

/** One empty page, tagged for screen readers, in English. */
export function newSheet({ title, author, subject, created }: About) {
  const doc = new PDFDocument({
    size: [SHEET.width, SHEET.height],
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en-GB',
    displayTitle: true,
    // Only fonts that are given: pdfkit's own would be looked for beside its package, which is not there in a bundle.
    font: '',
    info: { Title: title, Author: author, Subject: subject, CreationDate: new Date(created) },
  });
  const root = doc.struct('Document');
  doc.addStructure(root);
  const known = new Set<string>();

  const letters = ({ lines, size }: Block, { x, y, colour }: Drawn) => {
    for (const [n, line] of lines.entries()) {
      const baseline = y + (n * LEADING + ASCENT) * size;
      let left = x;
      for (const { face, text, width } of line) {
        if (!known.has(face.name)) doc.registerFont(face.name, face.bytes as Buffer);
        known.add(face.name);
        doc.font(face.name).fontSize(size).fillColor(colour);
        doc.text(text, left, baseline, { lineBreak: false, baseline: 'alphabetic', features: [] });
        left += width * size;
      }
    }
  };

  const linked = (parent: PDFKit.PDFStructureElement, block: Block, drawn: Drawn, address: string) => {
    const structParent = doc.struct('Link');
    parent.add(structParent);
    structParent.add(() => letters(block, drawn));
    // A string object, or pdfkit takes it for a name.
    const more = { structParent, Contents: Object(drawn.text) };
    doc.link(drawn.x, drawn.y, widthOf(block), block.height, address, more);
  };

  return {
    /** Draws what nobody needs to be told of. */
    adorn(draw: (doc: PDFKit.PDFDocument) => void): void {
      doc.markContent('Artifact', { type: 'Layout' });
      draw(doc);
      doc.endMarkedContent();
    },

    draw(block: Block, drawn: Drawn): void {
      const element = doc.struct(drawn.tag, { actual: drawn.text });
      root.add(element);
      if (drawn.link === undefined) element.add(() => letters(block, drawn));
      else linked(element, block, drawn, drawn.link);
      element.end();
    },

    /** The whole file. */
    finish(): Promise<Uint8Array> {
      root.end();
      doc.end();
      return buffer(doc);
    },
  };
}

const widthOf = ({ lines, size }: Block): number =>
  Math.max(0, ...lines.map((line) => line.reduce((sum, { width }) => sum + width * size, 0)));
