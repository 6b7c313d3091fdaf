import { attendanceFinalAt } from '#shared/domain/attendance.ts';
import { instantAt } from '#shared/domain/time.ts';
import { type Certificate, CHECK, COLOURS, LEFT, type Part, partsOf } from './certificate-parts.ts';
import type { Faces } from './faces.ts';
import { type Block, fitInto } from './fit-into.ts';
import { type Han, hanOf } from './scripts.ts';
import { newSheet, SHEET } from './sheet.ts';
import { typeset } from './typeset.ts';

/** A certificate of attendance, on one page. The same certificate is the same file, byte for byte. */
export async function certificatePdf(faces: Faces, certificate: Certificate): Promise<Uint8Array> {
  const { event, registration } = certificate;
  const sheet = newSheet({
    title: `Certificate of attendance: ${event.title}`,
    author: event.organiser.name,
    subject: registration.name,
    created: instantAt(attendanceFinalAt(event)),
  });
  sheet.adorn(adornment);
  const han = hanOf(registration.timeZone ?? event.timeZone);
  let bottom = 0;
  for (const part of partsOf(certificate)) {
    const { x, y = bottom + (part.above ?? 0), colour, tag = 'P', link } = part;
    bottom = y;
    for (const text of part.texts) {
      const block = await blockOf(faces, text, part, han);
      if (!block) continue;
      sheet.draw(block, { x, y, colour, tag, text, ...(link !== undefined && { link }) });
      bottom = y + block.height;
      break;
    }
  }
  return sheet.finish();
}

/** A text in its room; undefined where no font has it, or it would have to be smaller than it may. */
async function blockOf(faces: Faces, text: string, part: Part, han: Han): Promise<Block | undefined> {
  const clusters = await typeset(faces, text, { strong: part.strong ?? false, han });
  if (!clusters || clusters.length === 0) return undefined;
  try {
    const block = fitInto(clusters, part);
    return part.atSize && block.size < part.size ? undefined : block;
  } catch {
    // fontkit stumbles over some marks that stand where no language puts them.
    return undefined;
  }
}

/** A frame, a band of our colour, the tick of the site, and a line above how to check. */
function adornment(doc: PDFKit.PDFDocument): void {
  const { width, height } = SHEET;
  doc.lineWidth(1).strokeColor(COLOURS.line);
  doc.rect(28, 28, width - 56, height - 56).stroke();
  doc
    .moveTo(LEFT, CHECK)
    .lineTo(width - LEFT, CHECK)
    .stroke();
  doc.rect(28, 28, width - 56, 8).fill(COLOURS.accent);
  doc.roundedRect(LEFT, 60, 22, 22, 5).fill(COLOURS.accent);
  doc.lineWidth(2.75).strokeColor('#ffffff');
  doc
    .moveTo(LEFT + 5.5, 71.7)
    .lineTo(LEFT + 9, 75.1)
    .lineTo(LEFT + 16.5, 66.9)
    .stroke();
}
