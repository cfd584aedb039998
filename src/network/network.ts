/**
 * A network is a list of named definitions between families of numbers.
 *
 * Everything here is core: scalar formulas with every index written out. Layers, time steps,
 * samples and units are all indices.
 */
import type { Bounds, Condition, Formula, SymbolFormula } from '../expression/formula.js';

/** One index position of a family. */
export interface Slot {
  /** Written above (`z^l`) or below (`z_j`) the name. */
  readonly place: 'upper' | 'lower';
  /** The name that stands for this index in `bounds` of later slots (and in messages). */
  readonly variable: string;
  /**
   * The range of the index; may mention the variables of earlier slots (`1..n[l]`). `undefined`
   * means nothing is known about it (the family is then only met at written indices).
   */
  readonly bounds: Bounds | undefined;
  /**
   * The hull of the definitions' heads, where it is narrower than `bounds` (a recurrence that reads
   * `h_0` has entries 0..T and is defined on 1..T). A sum without a range runs over this.
   */
  readonly defined?: Bounds;
}

/** A family of numbers, one for every combination of its indices; a scalar has no slots. */
export interface Family {
  readonly name: string;
  readonly slots: readonly Slot[];
  /** A leaf has no definition; a mixed family has definitions for some indices (`a^0` is a leaf). */
  readonly kind: 'leaf' | 'defined' | 'mixed';
  /** Sizes and index letters are integers; they are not differentiated and not drawn at random. */
  readonly role: 'quantity' | 'size' | 'index';
  /** A row vector by declaration (`R^(1 x n)`): one slot, but it lies. */
  readonly row: boolean;
  /** The rank or a size was guessed from the letter, not inferred: clashes are then `unknown`. */
  readonly guessed: boolean;
  /** LaTeX of the name (`\hat{y}`, `\mathcal{L}`, `W`, `z_{o}`). */
  readonly latex: string;
  /** Known sign or domain from the sheet (`x > 0`, `n in N`). */
  readonly positive?: boolean;
  readonly symmetric?: boolean;
  /** The sheet declares its shape, rather than that it was inferred from use. */
  readonly declared?: boolean;
  /** A size whose name nobody wrote; a range up to it is best printed without bounds. */
  readonly invented?: boolean;
  /** For an index letter that is one fixed value per model (`z_c`): its range. */
  readonly range?: Bounds;
  /** For a slot without bounds: the written index tuples (`w_1`, `w_2`), numbers and sizes. */
  readonly written?: readonly (readonly Formula[])[];
}

/** An index variable with its range. */
export interface Range extends Bounds {
  readonly index: string;
}

/**
 * `name[head] = right` for all values of the ranges that satisfy `where`. Head entries are affine:
 * a variable of the ranges (`l`), shifted (`l+1`), or constant (`0`, `L`).
 */
export interface Definition {
  readonly name: string;
  readonly head: readonly Formula[];
  readonly ranges: readonly Range[];
  readonly where: readonly Condition[];
  readonly right: Formula;
  readonly line: number;
}

/** A function that the sheet defines (`f(x) = ...`) or declares (abstract: no body). */
export interface FunctionDeclaration {
  readonly name: string;
  readonly latex: string;
  readonly parameters: readonly string[];
  /** Core formula in the parameters; `undefined` for an abstract function. */
  readonly body: Formula | undefined;
}

/** Numbers given for entries of a family, or for a derivative (which then is a cut). */
export interface Given {
  readonly target: Formula;
  /** For a target with free axes: nested arrays, one level per axis. */
  readonly value: NestedNumbers;
  readonly line: number;
}

/** A number, or the numbers of a family: one level of arrays for each axis, outermost first. */
export type NestedNumbers = number | readonly NestedNumbers[];

/** Something the sheet allows to be used; every result that used it says so. */
export interface Assumption {
  readonly condition: Condition;
  /** Free indices of the condition range over these. */
  readonly ranges: readonly Range[];
  /** As the author wrote it. */
  readonly text: string;
  readonly line: number;
}

/** The value chosen for a derivative at a kink, such as `relu'(0) = 0`. */
export interface Convention {
  readonly function: string;
  readonly at: number;
  readonly value: number;
}

/** A network: definitions, and all that was said or inferred about the names in them. */
export interface Network {
  readonly families: ReadonlyMap<string, Family>;
  readonly definitions: readonly Definition[];
  readonly functions: ReadonlyMap<string, FunctionDeclaration>;
  /** Concrete sizes, by structure key of the size formula (`n[2]`, `L`). */
  readonly sizes: ReadonlyMap<string, number>;
  readonly assumptions: readonly Assumption[];
  readonly conventions: readonly Convention[];
  readonly givens: readonly Given[];
  readonly layout: 'numerator' | 'denominator';
  /** Which lines of a matrix `softmax` and its kin act on. */
  readonly softmaxOver: 'rows' | 'columns';
  /** Sizes with two names that must be equal in every model (`n[0]` and `d`). */
  readonly equalSizes: readonly { readonly left: Formula; readonly right: Formula }[];
  /** What was understood or guessed, as sentences with the line they are about. */
  readonly notes: readonly { readonly line: number; readonly message: string }[];
  /** What lowering needs to know of names, ranks and functions. */
  readonly vocabulary: Vocabulary;
}

/** Whether an abstract function of a family is taken entry by entry or of the family as a whole. */
export type FunctionManner = 'elementwise' | 'whole';

/** What was inferred of a name from definitions and declarations: the facts behind `Family`. */
export interface NameRank {
  /** Indices above and below. */
  readonly upper: number;
  readonly lower: number;
  /** A row vector by declaration. */
  readonly row: boolean;
  readonly guessed: boolean;
  /** Declared with two equal sizes: an integer power is a matrix power. */
  readonly square: boolean;
}

/** The surface body of a defined function. */
export interface FunctionBody {
  readonly parameters: readonly string[];
  readonly body: Formula;
  /**
   * A call stays a call: the body uses its parameters as numbers, so that the function acts entry by
   * entry, and nothing else, so that its value changes with its arguments only.
   */
  readonly stands: boolean;
}

/**
 * Names whose numbers are labels: `all` of them, where a name is defined bare and with numbers
 * (`L = L_1 + L_2`), or the `first`, where it numbers things of different kinds (a vector `z_1`
 * beside a number `z_2`) and indices of entries follow.
 */
export type Numbered = ReadonlyMap<string, 'all' | 'first'>;

/** The context in which surface formulas are read. */
export interface Vocabulary {
  readonly ranks: ReadonlyMap<string, NameRank>;
  readonly manners: ReadonlyMap<string, FunctionManner>;
  /** Surface bodies of defined functions; those that do not stand for themselves are written out. */
  readonly bodies: ReadonlyMap<string, FunctionBody>;
  /** The one call of an abstract function whose name also stands bare (`dC/da` after `C(a)`). */
  readonly calls: ReadonlyMap<string, Formula>;
  /** Powers that are names (`sigma^2` when `sigma` is not defined). */
  readonly powers: ReadonlySet<string>;
  /** Names whose numbers are labels: `L_1` beside a bare `L`. */
  readonly numbered: Numbered;
  /** Lower-case entries of matrices: `x` for `X`. */
  readonly entries: ReadonlyMap<string, string>;
}

/**
 * A surface formula lowered to core: the entry of the family at the axis variables. A scalar has
 * no axes; a column vector has one; a matrix has two (rows first). `row` marks one axis that lies.
 */
export interface Lowered {
  readonly axes: readonly Range[];
  readonly row: boolean;
  readonly body: Formula;
  /** Free index variables of the formula, with the range that their use implies. */
  readonly free: readonly Range[];
  /** Names on whose guessed rank or size this reading rests. */
  readonly guessed: readonly string[];
}

/** A symbol with all indices written out. */
export type Entry = SymbolFormula;
