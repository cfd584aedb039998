/** Options of builders: which there are, and what was said. */
import { NetworkError } from '../errors.js';

export interface BuilderLine {
  readonly builder: string;
  readonly options: readonly string[];
  readonly line: number;
}

/** Reads options by their leading words; throws `NetworkError` for one that no builder has. */
export class BuilderOptions {
  readonly #values = new Map<string, string>();

  constructor(
    readonly source: BuilderLine,
    known: readonly string[],
  ) {
    for (const option of source.options) {
      const name = known.find(
        (word) => option === word || option.toLowerCase().startsWith(`${word} `),
      );
      if (!name)
        throw new NetworkError(
          `The builder does not know the option "${option}"; it knows: ${known.join(', ')}.`,
          source.line,
        );
      this.#values.set(name, option.slice(name.length).trim());
    }
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** The letters of `names W b z a`, with those not named by default. */
  letters(defaults: readonly string[]): readonly string[] {
    const given = this.get('names')?.split(/\s+/) ?? [];
    return defaults.map((letter, place) => given[place] || letter);
  }

  /** A number, such as that of `all weights 0.1`. */
  number(name: string): number | undefined {
    const text = this.get(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (text === '' || !Number.isFinite(value))
      throw new NetworkError(
        `The option "${name}" needs a number, but it has "${text}".`,
        this.source.line,
      );
    return value;
  }
}

/** Most units or layers of a builder. */
const LARGEST = 100_000;

/** The sizes of `3-4-2`; throws `NetworkError` where they are no whole numbers. */
export function sizesOf(text: string, source: BuilderLine): readonly number[] {
  const parts = text.split('-').map((part) => part.trim());
  const sizes = parts.map(Number);
  const fits = (size: number): boolean => Number.isInteger(size) && size >= 1 && size <= LARGEST;
  if (parts.length < 2 || !sizes.every(fits))
    throw new NetworkError(
      `Expected the sizes of the layers, such as 3-4-2, but met "${text}".`,
      source.line,
    );
  return sizes;
}
