/** What a worksheet says, statement by statement. Formulas here are surface formulas. */
import type { Condition, Formula } from '../expression/formula.js';
import type { Vocabulary } from './vocabulary.js';

/** A place in the author's file, lines and columns from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The range written after a statement: `for l = 1..L`, `for l < L`, `(l = 1, ..., L)`. */
export interface RangeClause {
  readonly index: string;
  readonly lower: Formula | undefined;
  readonly upper: Formula | undefined;
}

/** The ways in which an answer can be asked for (`as matrix`). */
export type FormName = 'scalar' | 'indexed' | 'matrix' | 'recurrence' | 'unrolled' | 'expanded';

/** Clauses that may follow an ask. */
export interface Clauses {
  readonly ranges: readonly RangeClause[];
  /** Conditions on indices: `for l < L`, `if i = j`. */
  readonly where: readonly Condition[];
  /** Names (and formulas such as `sigma(x)`) that alone may stand in the answer. */
  readonly inTermsOf: readonly Formula[] | undefined;
  readonly as: FormName | undefined;
  /** `at x = 0.3`. */
  readonly at: readonly { readonly target: Formula; readonly value: Formula }[];
}

/** A formula asked for, as the author wrote it. */
export interface Ask {
  readonly formula: Formula;
  readonly source: string;
}

/** One side-by-side statement inside a check, an option or a claim. */
export interface Equation {
  readonly left: Formula;
  readonly relation: Condition extends infer C
    ? C extends { relation: infer R }
      ? R
      : never
    : never;
  readonly right: Formula;
}

/** One relation of a hand derivation, on the line where its right side stands. */
export interface CheckLine extends Place {
  readonly source: string;
  /** Absent on a line that continues the one above (`= ...`). */
  readonly left: Formula | undefined;
  readonly relation: Equation['relation'];
  readonly right: Formula;
  /** Conditions in force: `if i = j:` in front or behind, kept for the rest of the chain. */
  readonly where: readonly Condition[];
  readonly ranges: readonly RangeClause[];
  /** Where the line is met: `dC/dw |_{w = 0} = ...`. */
  readonly at: Clauses['at'];
  /** The line gives a name (`tmp := ...`) that later lines may use. */
  readonly names: boolean;
  /** A derivative of the line was written without one of its signs, and what is told of that. */
  readonly missing?: { readonly message: string; readonly meant: Formula };
}

/** A line that could not be read. */
export interface UnreadLine extends Place {
  readonly source: string;
  readonly unread: ReadProblem;
}

export interface ReadProblem extends Place {
  /** The whole message: what was met, what was expected, what to do. */
  readonly message: string;
}

/** What an option or a claim may be. */
export type Assertion =
  | { readonly kind: 'formula'; readonly formula: Formula }
  /** One or more relations that must all hold: `a = b = c`, `a <= b`. */
  | { readonly kind: 'relations'; readonly parts: readonly Equation[] }
  /** `A -> B when z -> infinity`. */
  | {
      readonly kind: 'limit';
      readonly formula: Formula;
      readonly value: Formula;
      readonly variable: string;
      readonly to: Formula;
    }
  /** `w <- w - eta dL/dw`. */
  | { readonly kind: 'update'; readonly target: Formula; readonly value: Formula };

/** A formula, or a list of lists of them, as typed for a family (`[[5, 1], [1, 2]]`). */
export type NestedFormulas = Formula | readonly NestedFormulas[];

/** One statement of a sheet, and where it stands. */
export type Statement = Place & {
  /** The statement as written, without its clauses' line breaks. */
  readonly source: string;
  /** Where the statement came from a display in the document, the notation of its author. */
  readonly latex: boolean;
} & StatementBody;

/** What a statement says, by its kind. */
export type StatementBody =
  /** `left = right (= chain...)`; `left` is a symbol (or a power taken as a name). */
  | {
      readonly kind: 'definition';
      readonly left: Formula;
      readonly right: Formula;
      readonly chain: readonly Formula[];
      readonly ranges: readonly RangeClause[];
      readonly where: readonly Condition[];
    }
  /** `f(x) = body`, or `function f` (no body). */
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly parameters: readonly string[];
      readonly body: Formula | undefined;
    }
  /** `W^1 in R^(4 x 3)`: sizes outermost first; none for a scalar. */
  | {
      readonly kind: 'declare';
      readonly targets: readonly Formula[];
      readonly set: 'R' | 'N' | 'Z';
      readonly sizes: readonly Formula[];
      readonly row: boolean;
      readonly symmetric: boolean;
      readonly ranges: readonly RangeClause[];
    }
  | { readonly kind: 'size'; readonly target: Formula; readonly value: number }
  | { readonly kind: 'network'; readonly builder: string; readonly options: readonly string[] }
  | {
      readonly kind: 'assume';
      readonly conditions: readonly Condition[];
      readonly texts: readonly string[];
      readonly clauses: Clauses;
    }
  | {
      readonly kind: 'convention';
      readonly name: 'derivative' | 'layout' | 'softmax';
      readonly function: string;
      readonly at: number;
      readonly value: number | string;
    }
  | {
      readonly kind: 'given';
      readonly items: readonly { readonly target: Formula; readonly value: NestedFormulas }[];
    }
  | { readonly kind: 'find'; readonly asks: readonly Ask[]; readonly clauses: Clauses }
  | { readonly kind: 'shape'; readonly asks: readonly Ask[] }
  | { readonly kind: 'simplify'; readonly ask: Ask; readonly clauses: Clauses }
  | {
      readonly kind: 'limit';
      readonly ask: Ask;
      readonly variable: string;
      readonly to: Formula;
      readonly side: 'left' | 'right' | 'both';
    }
  | {
      readonly kind: 'count';
      readonly what: 'parameters' | 'paths';
      readonly from: Formula | undefined;
      readonly to: Formula | undefined;
    }
  | {
      readonly kind: 'update';
      readonly asks: readonly Ask[] | 'all';
      readonly rule: 'sgd';
      readonly rate: Formula | undefined;
      readonly clauses: Clauses;
    }
  | {
      readonly kind: 'expect';
      readonly left: Ask;
      readonly right: Ask /** Significant digits given on the right when it is a bare number. */;
      readonly digits: number | undefined;
      readonly clauses: Clauses;
    }
  | { readonly kind: 'check'; readonly lines: readonly (CheckLine | UnreadLine)[] }
  | {
      readonly kind: 'choose';
      readonly ask: Ask;
      readonly options: readonly (Place & {
        readonly label: string;
        readonly source: string;
        readonly assertion: Assertion | undefined;
        readonly problem: ReadProblem | undefined;
      })[];
      readonly clauses: Clauses;
    }
  | { readonly kind: 'claim'; readonly assertion: Assertion; readonly clauses: Clauses }
  | {
      readonly kind: 'fill';
      readonly left: Formula;
      readonly right: Formula;
      readonly clauses: Clauses;
    }
  /** With an ask, the paths of that derivative are marked. */
  | { readonly kind: 'draw'; readonly ask: Ask | undefined }
  /** Could not be read; the other statements are still answered. */
  | { readonly kind: 'error'; readonly problem: ReadProblem };

/** What is known of a name after reading a scope. */
export interface NameInfo {
  readonly name: string;
  readonly latex: string;
  readonly role: 'quantity' | 'function' | 'index' | 'size' | 'label';
  /** Number of index positions above and below, as far as reading alone can tell. */
  readonly upper: number;
  readonly lower: number;
  /** Whether the name is on some left side. */
  readonly defined: boolean;
  readonly notes: readonly string[];
}

/** All statements of one scope (from one `fresh` block to the next), in order. */
export interface Sheet {
  readonly statements: readonly Statement[];
  /** Index of the block each statement stands in: definitions of one block may come in any order. */
  readonly blocks: readonly number[];
  readonly names: ReadonlyMap<string, NameInfo>;
  readonly notes: readonly (Place & { readonly message: string })[];
  /** The names as the parser needs them, for reading more formulas in this scope. */
  readonly vocabulary: Vocabulary;
}
