/**
 * Which entries an entry is worked out from, as they were met: directly, so that a wide network needs
 * no more room than it has connections. What lies behind is looked for when it is asked about.
 */
export class Needs {
  private readonly direct = new Map<string, ReadonlySet<string>>();
  /** The sets of the entries that are being worked out, the innermost last. */
  private readonly open: Set<string>[] = [];
  /** Which entries reach some entries, by the names of those. */
  private readonly reaching = new Map<string, Map<string, boolean>>();

  /** Takes down that what is being worked out has met the entry. */
  met(key: string): void {
    this.open.at(-1)?.add(key);
  }

  /** Works out an entry, and takes down what it meets. */
  of<T>(key: string, work: () => T): T {
    const needs = new Set<string>();
    this.open.push(needs);
    try {
      const result = work();
      this.direct.set(key, needs);
      return result;
    } finally {
      this.open.pop();
    }
  }

  /** Whether an entry that was worked out is one of the targets, or was worked out from one. */
  reach(key: string, targets: readonly string[]): boolean {
    const name = JSON.stringify(targets);
    const known = this.reaching.get(name) ?? new Map<string, boolean>();
    this.reaching.set(name, known);
    // Without recursion: networks are deep.
    const waiting = [key];
    // What is met inside itself adds nothing.
    const begun = new Set<string>();
    for (let next = waiting.at(-1); next !== undefined; next = waiting.at(-1)) {
      begun.add(next);
      const found = this.found(next, targets, known, begun);
      if (found === 'open')
        for (const part of this.direct.get(next) ?? []) {
          if (!known.has(part) && !begun.has(part)) waiting.push(part);
        }
      else {
        known.set(next, found);
        waiting.pop();
      }
    }
    return known.get(key) as boolean;
  }

  private found(
    key: string,
    targets: readonly string[],
    known: ReadonlyMap<string, boolean>,
    begun: ReadonlySet<string>,
  ): boolean | 'open' {
    const before = known.get(key);
    if (before !== undefined) return before;
    if (targets.includes(key)) return true;
    let isOpen = false;
    for (const part of this.direct.get(key) ?? []) {
      const answer = known.get(part);
      if (answer) return true;
      isOpen ||= answer === undefined && !begun.has(part);
    }
    return isOpen ? 'open' : false;
  }
}
