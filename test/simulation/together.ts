/**
 * Collects what one write did to several items, and looks at it when all of them are written. No promise settles in
 * between, so nobody else has seen it half done.
 */
export function together(look: (what: ReadonlySet<string>) => void): (what: string) => void {
  let written: Set<string> | undefined;
  return (what) => {
    if (!written) {
      const all = new Set<string>();
      written = all;
      queueMicrotask(() => {
        written = undefined;
        look(all);
      });
    }
    written.add(what);
  };
}
