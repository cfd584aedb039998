/** Readable names for sizes that nobody named. */

const forSizes = ['n', 'm', 'd', 'p', 'q', 'r', 'N', 'M', 'D', 'P', 'Q'];
const forLayers = ['n', 'm', 'd', 'p', 'q', 'r'];
/** Capitals that mean something else when they stand bare. */
const reserved: ReadonlySet<string> = new Set(['I', 'E', 'D', 'O']);

/** Picks size names that no other name of the sheet has. */
export class SizeNames {
  readonly #taken: Set<string>;

  constructor(
    taken: Iterable<string>,
    /** Names that are sizes already: the last value of an index whose range nobody wrote. */
    readonly sizes: ReadonlySet<string> = new Set(),
  ) {
    this.#taken = new Set(taken);
  }

  /** The capital of an index letter if it is free (`K` for `k`), else a usual letter for sizes. */
  forIndex(letter: string): string {
    const capital = /^[a-z]$/.test(letter) ? letter.toUpperCase() : '';
    const preferred = letter === 'i' ? 'N' : capital;
    if (capital && this.sizes.has(capital)) return capital;
    if (preferred && !reserved.has(preferred) && !this.#taken.has(preferred))
      return this.#take(preferred);
    return this.#first(forSizes);
  }

  /** A name for sizes that depend on the layer. */
  forLayers(): string {
    return this.#first(forLayers);
  }

  #first(names: readonly string[]): string {
    const free = names.find((name) => !this.#taken.has(name));
    if (free) return this.#take(free);
    let count = 1;
    while (this.#taken.has(`n${count}`)) count += 1;
    return this.#take(`n${count}`);
  }

  #take(name: string): string {
    this.#taken.add(name);
    return name;
  }
}
