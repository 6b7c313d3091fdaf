const LONGEST_TITLE = 64;

/** "Your place is confirmed: Tackling Serious and Organised Crime in the UK": one line, the news first. */
export const subjectOf = (news: string, title: string): string => `${news}: ${shortTitle(oneLine(title))}`;

/** Text that cannot end a header, whatever it holds. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

/** A long title without its subtitle, or cut after a word. */
function shortTitle(title: string): string {
  if (lengthOf(title) <= LONGEST_TITLE) return title;
  const [main = ''] = title.split(/: | [–—-] /);
  if (lengthOf(main) >= 12 && lengthOf(main) <= LONGEST_TITLE) return main;
  const cut = [...title].slice(0, LONGEST_TITLE).join('');
  return `${cut.replace(/[\s,;:–—-]*\S*$/, '') || cut}…`;
}

const lengthOf = (text: string): number => [...text].length;
