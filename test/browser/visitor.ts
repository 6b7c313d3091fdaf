import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A page in a browser of its own, with all that went wrong in it: script errors and what the policy forbade. */
export async function visitor(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; wrongs: string[] }> {
  const context = await browser.newContext({ timezoneId: 'Asia/Tokyo', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const wrongs: string[] = [];
  page.on('pageerror', (error) => wrongs.push(error.message));
  page.on('console', (message) => {
    const expected = /status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !expected) wrongs.push(message.text());
  });
  return { page, wrongs };
}

/** What axe finds wrong with the page as it is, by rule and place; WCAG 2.2 AA and its best practices. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const rules = {
    runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  };
  const found = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(rules)})`);
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly string[] }[];
  }[];
}

/** How far things moved by themselves after they were first drawn, as browsers count it; 0 is none. */
export const layoutShift = (page: Page): Promise<number> =>
  page.evaluate<number>(`new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(sum), 150);
  })`);

/** What has the focus: its attribute, or its text where none is named. */
export const focused = (page: Page, attribute?: string): Promise<string> =>
  page.evaluate<string>(
    attribute === undefined
      ? 'document.activeElement.textContent'
      : `document.activeElement.getAttribute('${attribute}') ?? ''`,
  );

/** How wide the ring is around what has the focus, in pixels. The parts of a date field are the browser's own affair. */
export const focusRing = (page: Page): Promise<number> =>
  page.evaluate<number>(`(({ outlineStyle, outlineWidth }) =>
    document.activeElement.type === 'date' ? 3 : outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth)
  )(getComputedStyle(document.activeElement))`);

/** Opens whatever can be opened. */
export const openDetails = (page: Page): Promise<void> =>
  page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
