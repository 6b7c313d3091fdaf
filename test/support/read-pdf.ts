import { getDocumentProxy } from 'unpdf';

/** What a reader finds in a PDF. */
export interface ReadPdf {
  readonly pages: number;
  /** Every piece of text as it is laid out, one a line. */
  readonly text: string;
  readonly links: readonly string[];
  readonly info: Readonly<Record<string, unknown>>;
  readonly language: string | undefined;
  /** Kinds of the tags in the order in which they are read aloud. */
  readonly tags: readonly string[];
}

interface Node {
  readonly role?: string;
  readonly children?: readonly Node[];
}

const rolesOf = ({ role, children = [] }: Node): string[] => [
  ...(role === undefined ? [] : [role]),
  ...children.flatMap(rolesOf),
];

/** Reads a PDF as pdf.js does. Throws where it cannot be opened. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const page = await document.getPage(1);
  const { items } = await page.getTextContent();
  const annotations = (await page.getAnnotations()) as { url?: string }[];
  const info = { ...(await document.getMetadata()).info } as Record<string, unknown>;
  const read = {
    pages: document.numPages,
    text: items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''),
    links: annotations.flatMap(({ url }) => (url === undefined ? [] : [url])),
    info,
    language: info['Language'] as string | undefined,
    tags: rolesOf(((await page.getStructTree()) ?? {}) as Node),
  };
  await document.loadingTask.destroy();
  return read;
}
