/** What can be wrong with a network or with the shapes of a formula. */

/** A definition or declaration that does not fit the others; says where and quotes both places. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  constructor(
    message: string,
    readonly line: number,
    readonly column = 1,
  ) {
    super(message);
  }
}

/**
 * Shapes that do not fit inside one formula. `guessed` names what was only guessed from its
 * letter: a clash that rests on a guess is `unknown`, not wrong.
 */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
  constructor(
    message: string,
    readonly guessed: readonly string[] = [],
  ) {
    super(message);
  }
}

/** Said where a family stands as an index: `w_ab` on a sheet with a bias `b_j`. */
export const familyAsIndex = (letter: string, of: string, where: string): string =>
  `${letter} is an index of ${of}${where}, but ${letter} is a family of this sheet, not a number: ` +
  'use another letter for the index.';
