import * as z from 'zod';

/** Markup that our own renderer made of Markdown, and nothing else: a page prints it as it stands. */
export const MarkdownHtml = z.string().brand('MarkdownHtml');
export type MarkdownHtml = z.infer<typeof MarkdownHtml>;
