const LONGEST_TITLE = 64;

/** "Your place is confirmed: Tackling Serious and Organised Crime in the UK": one line, the news first. */
export const subjectOf = (news: string, title: string): string => headlineOf(news, shortTitle(title));

/** The same with the whole title. */
export const headlineOf = (news: string, title: string): string => `${news}${afterNews(news)}${oneLine(title)}`;

/** A question keeps its mark, and nothing has two colons. */
function afterNews(news: string): string {
  if (/[?!.]$/.test(news)) return ' ';
  return news.includes(':') ? ' – ' : ': ';
}

/** Text that cannot end a header, whatever it holds. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

/** A title in one line; a long one without its subtitle, or cut after a word. */
export function shortTitle(text: string): string {
  const title = oneLine(text);
  if (lengthOf(title) <= LONGEST_TITLE) return title;
  const [main = ''] = title.split(/: | [–—-] /);
  if (lengthOf(main) >= 12 && lengthOf(main) <= LONGEST_TITLE) return main;
  const cut = [...title].slice(0, LONGEST_TITLE).join('');
  return `${cut.replace(/[\s,;:–—-]*\S*$/, '') || cut}…`;
}

const lengthOf = (text: string): number => [...text].length;
