/** What is known of the names of a scope while its formulas are parsed. */
import type { Formula } from '../expression/formula.js';
import { familyFunctionNames, functionNamed } from '../expression/functions.js';
import { letterCommands } from './commands.js';

/** A quantity: a number, or a family of numbers. */
export interface NameEntry {
  readonly name: string;
  readonly latex: string;
  /** Index positions above. */
  readonly upper: number;
  /** Index positions below; `undefined` if no use tells. */
  readonly lower: number | undefined;
  /** Whether it stands on a left side. */
  readonly defined: boolean;
  /** Whether it was declared: on a left side, given, or by `in R`. */
  readonly declared: boolean;
  readonly notes: readonly string[];
}

/** A function that the scope defines, or that nobody defined (no parameters known). */
export interface FunctionEntry {
  readonly name: string;
  readonly latex: string;
  readonly parameters: readonly string[] | undefined;
  /**
   * A function-style name that is never called with anything but its own arguments: the name of a
   * quantity (`E(x) = ...`, then `E`).
   */
  readonly isQuantity: boolean;
}

export interface Vocabulary {
  readonly names: ReadonlyMap<string, NameEntry>;
  readonly functions: ReadonlyMap<string, FunctionEntry>;
  /** Letters that are indices: bound by a sum or range, shifted, or shared by both sides. */
  readonly indices: ReadonlySet<string>;
  /** Upper ends of ranges, and sizes in shapes. */
  readonly sizes: ReadonlySet<string>;
  /** Labels by the name that carries them: `W` has `xh` when `W_{xh}` is a name of its own. */
  readonly labels: ReadonlyMap<string, ReadonlySet<string>>;
  /** Letters that are upper indices of some name, without brackets around. */
  readonly upperLetters: ReadonlySet<string>;
  /** Upper indices are always written in brackets, so that a bare one is a power. */
  readonly bracketedLetters: ReadonlySet<string>;
  /** Letters that transpose elsewhere and are numbers here: `T` where `s_T` or `t = 1..T` stands. */
  readonly lastSteps: ReadonlySet<string>;
  /** Names of constants that stand bare beside a family of the letter: `\\pi` beside `\\pi_k`. */
  readonly besideFamilies: ReadonlySet<string>;
  /** Powers that a definition takes as names: `sigma^2 = ...`. */
  readonly powerNames: ReadonlySet<string>;
  /** Names of functions that something is differentiated by, and so quantities: `dL/dsigma`. */
  readonly differentiatedFunctions: ReadonlySet<string>;
  /** The last value of the upper index of a family, where its range says (`L` in `for l = 1..L`). */
  readonly lastUpper: ReadonlyMap<string, Formula>;
  /** Every name is a number, and a new word is a new name without more ado. */
  readonly plain: boolean;
}

const none: ReadonlySet<string> = new Set();

export const emptyVocabulary: Vocabulary = {
  names: new Map(),
  functions: new Map(),
  indices: none,
  sizes: none,
  labels: new Map(),
  upperLetters: none,
  bracketedLetters: none,
  lastSteps: none,
  besideFamilies: none,
  powerNames: none,
  differentiatedFunctions: none,
  lastUpper: new Map(),
  plain: false,
};

/** Plain math of tables of laws. */
export const plainVocabulary: Vocabulary = { ...emptyVocabulary, plain: true };

/** Names that stand for operations on families. */
export const operationNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    norm: 'norm',
    norm2: 'norm',
    norm1: 'norm1',
    fro: 'frobenius',
    tr: 'trace',
    Tr: 'trace',
    trace: 'trace',
    det: 'determinant',
    inv: 'inverse',
    diag: 'diagonal',
    transpose: 'transpose',
  }),
);

/** Stacked columns and Kronecker's product. */
const stackingNames: ReadonlySet<string> = new Set(['vec', 'kron']);

/** Whether a name is that of a function everybody knows (or another spelling of one). */
export const isKnownFunction = (name: string): boolean =>
  functionNamed(name) !== undefined ||
  familyFunctionNames.has(name) ||
  operationNames.has(name) ||
  stackingNames.has(name);

const constants: ReadonlySet<string> = new Set(['pi', 'infinity', 'inf', 'ones']);

/** Whether a run of letters is a name as it stands. */
export function isKnownName(vocabulary: Vocabulary, word: string): boolean {
  return (
    vocabulary.names.has(word) ||
    vocabulary.functions.has(word) ||
    vocabulary.labels.has(word) ||
    vocabulary.sizes.has(word) ||
    (word.length > 1 && (isKnownFunction(word) || letterCommands.has(word) || constants.has(word)))
  );
}

/** Whether the name is a quantity that the author declared. */
export const isDeclared = (vocabulary: Vocabulary, name: string): boolean =>
  vocabulary.names.get(name)?.declared === true;
