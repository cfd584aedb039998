/** What can go wrong when a formula is worked out in a model. */

/** An entry was read at indices where its family has none; never answered with 0. */
export class IndexOutOfRange extends Error {
  override readonly name = 'IndexOutOfRange';

  constructor(
    readonly family: string,
    readonly indices: readonly number[],
    expected: string,
  ) {
    super(`${entryKey(family, indices)} does not exist: ${expected}`);
  }
}

/** A definition that needs its own value. */
export class CyclicDefinition extends Error {
  override readonly name = 'CyclicDefinition';

  constructor(entry: string) {
    super(`the definition of ${entry} needs ${entry} itself; break the cycle`);
  }
}

/** A size or index letter that has no value where one is needed. */
export class UnknownSize extends Error {
  override readonly name = 'UnknownSize';

  constructor(readonly size: string) {
    super(`nothing fixes the number ${size}; give it, as in \`${size} = 3\``);
  }
}

/** The name of an entry with its index values, as used in messages and as a key: `w[1,2]`. */
export const entryKey = (name: string, indices: readonly number[]): string =>
  indices.length === 0 ? name : `${name}[${indices.join(',')}]`;
