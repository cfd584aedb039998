/**
 * A notation is a table: how each thing is written. The printer decides what is written, in which
 * order and with which brackets; the tables `plain`, `latex` and `unicode` only spell it.
 */
import type { Relation } from '../expression/formula.js';
import type { Display } from './display.js';
import type { Piece } from './piece.js';

export interface Notation {
  readonly name: (name: string, display: Display) => string;
  readonly functionName: (name: string, display: Display) => string;
  /** Digits of a non-negative integer or decimal. */
  readonly digits: (text: string) => string;
  readonly constants: { readonly pi: string; readonly infinity: string };

  /** Indices above and below, each a text that needs no brackets of its own. */
  readonly upper: (indices: readonly string[]) => string;
  readonly lower: (indices: readonly string[]) => string;
  /** A name with its indices above and below. */
  readonly indexed: (name: string, upper: string, lower: string) => string;
  readonly exponent: (text: string) => string;
  readonly transpose: string;
  readonly prime: string;

  readonly brackets: (inside: string) => string;
  /** `undefined` where fractions are written with a slash on the line. */
  readonly stacked: ((numerator: string, denominator: string) => string) | undefined;
  readonly times: { readonly juxtaposed: string; readonly explicit: string };
  /** Between two factors side by side. */
  readonly beside: (left: Piece, right: Piece) => string;
  readonly elementwise: { readonly times: string; readonly divide: string; readonly power: string };

  readonly sign: { readonly sum: string; readonly product: string };
  /** What stands under and over a sum sign. */
  readonly limits: (below: string, above: string | undefined) => string;
  /** Between the sign with its limits and the body. */
  readonly afterSign: string;
  /** Between the indices of a path, and for those left out. */
  readonly pathComma: string;
  readonly pathDots: string;
  readonly ellipsis: { readonly sum: string; readonly product: string };

  readonly relations: Readonly<Record<Relation, string>>;
  readonly and: string;
  readonly or: string;
  readonly member: string;
  readonly indicator: (condition: string) => string;
  readonly delta: (left: string, right: string, deltaIsTaken: boolean) => string;
  readonly cases: (
    branches: readonly { readonly value: string; readonly when: string }[],
    otherwise: string | undefined,
  ) => string;

  /** The quotient `dC/dw`: numerator and denominators with their order, or an operator. */
  readonly derivative: (
    of: string,
    by: readonly { readonly text: string; readonly times: number }[],
  ) => string;
  /** Functions that are not written as `name(argument)`. */
  readonly calls: Readonly<Record<string, (argument: string) => string>>;
  /** Base of natural exponentials, `undefined` where they are written `exp(x)`. */
  readonly euler: string | undefined;
  readonly norm: (argument: string, kind: '1' | '2' | 'F') => string;
  readonly inverse: (argument: string) => string | undefined;
  readonly identity: string;
  readonly ones: string;
  readonly list: (items: readonly string[]) => string;
  readonly blank: string;
}
