/** Whole numbers taken out the greatest first, each once: a binary heap. */
export class LatestFirst {
  private readonly heap: number[] = [];
  private readonly seen = new Set<number>();

  constructor(numbers: Iterable<number>) {
    for (const number of numbers) this.put(number);
  }

  /** Puts a number in, unless it was put in before. */
  put(number: number): void {
    if (this.seen.has(number)) return;
    this.seen.add(number);
    const { heap } = this;
    let place = heap.length;
    heap.push(number);
    for (let above = (place - 1) >> 1; place > 0; above = (place - 1) >> 1) {
      const upper = heap[above] as number;
      if (upper >= number) break;
      heap[place] = upper;
      place = above;
    }
    heap[place] = number;
  }

  /** The greatest number that is still in, left in. */
  greatest(): number | undefined {
    return this.heap[0];
  }

  /** Takes the greatest number out. */
  take(): number | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && (heap[below + 1] as number) > (heap[below] as number))
        below += 1;
      if ((heap[below] as number) <= last) break;
      heap[place] = heap[below] as number;
      place = below;
    }
    heap[place] = last;
    return first;
  }
}
