/** Time that passes only when everything that could happen before has happened. Epoch milliseconds. */
export interface VirtualTime {
  now(): number;
  /** Does something at a moment; not before what is already planned for that moment. */
  at(moment: number, what: () => void): void;
  after(ms: number, what: () => void): void;
  /** Lets time pass until `end` or until `enough`, looked at after each thing that happens. */
  pass(end: number, enough?: () => boolean): Promise<void>;
  happened(): number;
}

interface Planned {
  readonly at: number;
  readonly order: number;
  readonly what: () => void;
}

/** Immediates put up at once: Node drains all microtasks between each two of them. */
const BATCH = 64;

/**
 * A virtual clock: takes the earliest thing that is planned, does it, lets every promise it settled run as far as it goes,
 * then takes the next. No timer of the machine is involved, so the same plans always run in the same order.
 */
export function virtualTime(start: number): VirtualTime {
  const heap = earliestFirst();
  let now = start;
  let order = 0;
  let happened = 0;

  const at = (moment: number, what: () => void) => heap.push({ at: Math.max(moment, now), order: order++, what });
  return {
    now: () => now,
    at,
    after: (ms, what) => at(now + ms, what),
    happened: () => happened,
    pass: (end, enough = () => false) =>
      new Promise((resolve, reject) => {
        let waiting = 0;
        let over = false;
        const finish = (error?: unknown) => {
          if (over) return;
          over = true;
          if (error === undefined) resolve();
          else reject(error);
        };
        const step = () => {
          waiting--;
          if (!over) one();
          if (!over && waiting === 0) putUp();
        };
        const one = () => {
          try {
            if (enough()) return finish();
            const next = heap.peek();
            if (!next || next.at > end) {
              now = Math.max(now, end);
              return finish();
            }
            heap.pop();
            now = next.at;
            happened++;
            next.what();
          } catch (error) {
            finish(error);
          }
        };
        const putUp = () => {
          for (; waiting < BATCH; waiting++) setImmediate(step);
        };
        putUp();
      }),
  };
}

function earliestFirst() {
  const heap: Planned[] = [];
  const before = (a: Planned, b: Planned) => a.at < b.at || (a.at === b.at && a.order < b.order);
  return {
    peek: () => heap[0],
    push(planned: Planned): void {
      let at = heap.length;
      heap.push(planned);
      while (at > 0) {
        const parent = (at - 1) >> 1;
        const above = heap[parent] as Planned;
        if (!before(planned, above)) break;
        heap[at] = above;
        at = parent;
      }
      heap[at] = planned;
    },
    pop(): void {
      const last = heap.pop();
      if (last === undefined || heap.length === 0) return;
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && before(heap[child + 1] as Planned, heap[child] as Planned)) child++;
        const below = heap[child] as Planned;
        if (!before(below, last)) break;
        heap[at] = below;
        at = child;
      }
      heap[at] = last;
    },
  };
}
