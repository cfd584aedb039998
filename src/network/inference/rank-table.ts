/** The table of ranks while they are being inferred. */
import type { Formula, SymbolFormula } from '../../expression/formula.js';
import type { NameRank } from '../network.js';

/** Axes of a formula as far as they are known. */
export interface RankShape {
  readonly axes: number;
  readonly row: boolean;
  readonly guessed: boolean;
}

interface Entry {
  /** Lower indices: `undefined` while the name was only met bare. */
  lower: number | undefined;
  fixed: boolean;
  row: boolean;
  square: boolean;
  guessed: boolean;
}

/** No name gets more lower indices than this by inference. */
const MOST_LOWER = 4;

const wholes = (symbol: SymbolFormula): number =>
  symbol.indices.filter((index) => index.kind === 'whole').length;

/** Ranks by name; `changed` tells whether the last round learned something. */
export class RankTable {
  changed = false;
  readonly #entries = new Map<string, Entry>();

  constructor(readonly upperOf: (name: string) => number) {}

  #entry(name: string): Entry {
    const known = this.#entries.get(name);
    if (known) return known;
    const entry: Entry = {
      lower: undefined,
      fixed: false,
      row: false,
      square: false,
      guessed: false,
    };
    this.#entries.set(name, entry);
    return entry;
  }

  #lowerWritten(symbol: SymbolFormula): number {
    return Math.max(0, symbol.indices.length - this.upperOf(symbol.name));
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  isFixed(name: string): boolean {
    return this.#entries.get(name)?.fixed ?? false;
  }

  /** A small letter never met with two indices: `b in R^(n x 1)` is a vector. */
  mayBeVector(symbol: SymbolFormula): boolean {
    const entry = this.#entries.get(symbol.name);
    return !/^[A-Z]/.test(symbol.name) && (entry?.lower ?? 0) < 2;
  }

  /** May have more axes than its written indices say (`x_t` can be a vector for each t). */
  canGrow(symbol: SymbolFormula): boolean {
    const entry = this.#entries.get(symbol.name);
    return entry !== undefined && !entry.fixed && this.shape(symbol)?.axes === 0;
  }

  /** A number by its role: a size. */
  number(name: string): void {
    const entry = this.#entry(name);
    entry.lower ??= 0;
    entry.fixed = true;
  }

  /** Never met with a row and a column index: `w in R^(1 x n)` is a row vector. */
  mayLie(symbol: SymbolFormula): boolean {
    const lower = this.#entries.get(symbol.name)?.lower ?? 0;
    return lower < this.#lowerWritten(symbol) + 2;
  }

  /** Nothing at all is known: the name was only met bare. */
  isUnknown(symbol: SymbolFormula): boolean {
    const entry = this.#entries.get(symbol.name);
    return entry !== undefined && entry.lower === undefined;
  }

  /** A symbol in a definition: it has at least the lower indices written. */
  meet(symbol: SymbolFormula, head: boolean): void {
    const entry = this.#entry(symbol.name);
    const written = this.#lowerWritten(symbol);
    if (written > 0 && !entry.fixed) entry.lower = Math.max(entry.lower ?? 0, written);
    if (head && written > 0) this.changed = true;
  }

  /** A symbol in a question: counts only if the definitions leave the name open. */
  consider(symbol: SymbolFormula, guessed: boolean): void {
    const written = this.#lowerWritten(symbol);
    // A bare name tells nothing here: it may be the letter of an index.
    if (written === 0) return;
    const entry = this.#entry(symbol.name);
    if (entry.fixed || entry.lower !== undefined) return;
    entry.lower = written;
    entry.guessed ||= guessed;
    this.changed = true;
  }

  /** A declaration or a literal decides. */
  fix(
    symbol: SymbolFormula,
    axes: number,
    options: { readonly row?: boolean; readonly square?: boolean },
  ): void {
    const entry = this.#entry(symbol.name);
    entry.lower = this.#lowerWritten(symbol) + axes - this.#lowerWholes(symbol);
    entry.fixed = true;
    entry.guessed = false;
    entry.row ||= options.row ?? false;
    entry.square ||= options.square ?? false;
    this.changed = true;
  }

  /** Inference says that the symbol as written has so many axes. */
  suggest(symbol: SymbolFormula, axes: number, row: boolean, guessed: boolean): void {
    const entry = this.#entry(symbol.name);
    if (entry.fixed) return;
    const written = this.#lowerWritten(symbol);
    const upperWholes = wholes(symbol) - this.#lowerWholes(symbol);
    const lower = written - this.#lowerWholes(symbol) + Math.max(0, axes - upperWholes);
    if (lower > MOST_LOWER || (entry.lower !== undefined && entry.lower >= lower)) return;
    entry.lower = lower;
    entry.row ||= row && lower === written + 1;
    entry.guessed ||= guessed;
    this.changed = true;
  }

  #lowerWholes(symbol: SymbolFormula): number {
    return symbol.indices.slice(this.upperOf(symbol.name)).filter((index) => index.kind === 'whole')
      .length;
  }

  /** The axes of a symbol as written; `undefined` if its rank is not known. */
  shape(symbol: SymbolFormula): RankShape | undefined {
    const entry = this.#entries.get(symbol.name);
    if (entry?.lower === undefined) return undefined;
    const axes = wholes(symbol) + Math.max(0, entry.lower - this.#lowerWritten(symbol));
    return { axes, row: entry.row && axes === 1, guessed: entry.guessed };
  }

  /** Axes of a factor that is a symbol or the transpose of one. */
  axesNear(formula: Formula): number | undefined {
    if (formula.kind === 'symbol') return this.shape(formula)?.axes;
    if (formula.kind === 'operation' && formula.args[0]) return this.axesNear(formula.args[0]);
    return undefined;
  }

  /** The ranks found; what stayed open is a single number. */
  finish(): ReadonlyMap<string, NameRank> {
    return new Map(
      [...this.#entries].map(([name, entry]) => [
        name,
        {
          upper: this.upperOf(name),
          lower: entry.lower ?? 0,
          row: entry.row,
          guessed: entry.guessed,
          square: entry.square,
        },
      ]),
    );
  }
}
