/**
 * What a document is made of: the typed view of handgrad's results.
 *
 * These are the shapes of `--to json`, field by field, and also the data that every template gets.
 * The engine makes them (`derive.ts`, `verify.ts`); everything in this folder only reads them.
 * Nothing here knows a formula tree: formulas arrive written, in every notation that is needed.
 *
 * Fields marked "documents only" are used by pages and dropped from the JSON.
 */

import type { SlipKind } from '../judge/slips/slip.js';

/** A formula, written. */
export interface FormulaView {
  /** Plain math, which handgrad reads back to the same formula. */
  readonly text: string;
  /** LaTeX that KaTeX accepts with `strict: 'error'`. */
  readonly latex: string;
  /** For the terminal; documents only. */
  readonly unicode?: string;
}

/**
 * How sure a result is. `proved`: same normal form, or recorded steps. `agrees`: equal at every point
 * tried, not proved. `differs`: a witness was found. `unknown`: could not be decided. `unread`: could
 * not be read.
 */
export type Verdict = 'proved' | 'agrees' | 'differs' | 'unknown' | 'unread';

/** A number, or the numbers of a family: nested arrays, outermost index first. */
export type ValueView = number | readonly ValueView[];

/** The point at which two sides differ, by plain name (`w_1`, `n_2`). */
export type WitnessView = Readonly<Record<string, ValueView>>;

/** A sentence as words and formulas, one after the other. */
export type SentenceView = readonly (string | FormulaView)[];

/** One number of the point at which two sides differ. */
export interface PointView {
  readonly name: FormulaView;
  readonly value: ValueView;
}

/** The likely slip of a wrong line. */
export interface SlipView {
  readonly kind: SlipKind;
  /** A sentence for the author of the line. */
  readonly message: string;
  /** The same in pieces, where formulas stand in it; documents only. */
  readonly pieces?: SentenceView;
  /** The line as it probably should stand. */
  readonly suggestion?: FormulaView;
}

/** One line of a derivation. */
export interface StepView {
  /** Stable name of the law, such as `chain-rule`. */
  readonly law: string;
  /** The reason as a sentence (without a final full stop). */
  readonly because: string;
  /** The same for the terminal, where that differs; documents only. */
  readonly becauseUnicode?: string;
  /** The same in pieces, where formulas stand in it; documents only. */
  readonly pieces?: SentenceView;
  /** The formula after the step. */
  readonly formula: FormulaView;
  readonly verdict: Verdict;
  /** What this step had to assume. */
  readonly assumed?: readonly FormulaView[];
  /** The small steps inside this one; shown by `--steps all`, folded on pages. */
  readonly inner?: readonly StepView[];
}

/** The ways in which an answer can be written; the keys stand in the order in which they are shown. */
export interface FormsView {
  readonly indexed?: FormulaView;
  readonly matrix?: FormulaView;
  readonly scalar?: FormulaView;
  readonly recurrence?: FormulaView;
  readonly unrolled?: FormulaView;
  readonly expanded?: FormulaView;
}

/** Something that was done to check a result, as a sentence; shown in a footnote. */
export interface CheckedView {
  readonly how: 'steps' | 'points' | 'differences' | 'second opinion';
  readonly message: string;
}

/** One case of an answer that depends on its indices (`for l = L`). */
export interface CaseView {
  readonly when: FormulaView;
  readonly formula: FormulaView;
}

interface Located {
  /** The line in the file, from 1. */
  readonly line: number;
}

/** What was asked and what came out; shared by the kinds that answer with a formula. */
interface Answered extends Located {
  readonly ask: FormulaView;
  /** The range or condition of the ask (`for l < L`), where one was given. */
  readonly where?: FormulaView;
  readonly answer: FormulaView;
  readonly value?: ValueView;
  /** What was used beyond the definitions, such as `sum_k y_k = 1`. */
  readonly assumed?: readonly FormulaView[];
  readonly checked?: readonly CheckedView[];
  /** Remarks of handgrad on this result: sentences. */
  readonly notes?: readonly string[];
}

/** What a `find` answers. Its `value` has the shape of the ask: a number, or nested arrays. */
export interface FindView extends Answered {
  readonly kind: 'find';
  readonly verdict: Verdict;
  /** Points at which the answer was tried. */
  readonly points?: number;
  readonly assumed: readonly FormulaView[];
  readonly forms: FormsView;
  /** The first line is the ask; the last step's formula is the answer. */
  readonly steps: readonly StepView[];
  readonly cases?: readonly CaseView[];
  /** SVG of the paths that the derivative sums over, to be laid below the picture; documents only. */
  readonly paths?: string;
}

/** What a `simplify` answers. */
export interface SimplifyView extends Answered {
  readonly kind: 'simplify';
  readonly verdict: Verdict;
  readonly points?: number;
  readonly steps: readonly StepView[];
}

/** What a `limit` answers. */
export interface LimitView extends Answered {
  readonly kind: 'limit';
  readonly verdict?: Verdict;
  readonly steps?: readonly StepView[];
}

/** What an `update` answers: the rule for one parameter, and its new number where all is given. */
export interface UpdateView extends Answered {
  readonly kind: 'update';
  readonly verdict?: Verdict;
  readonly steps?: readonly StepView[];
}

/** One equality of a hand derivation. */
export interface CheckLineView extends Located {
  /** The line as it was read: `left = right`, or the right side of a line that goes on. */
  readonly formula: FormulaView;
  /** A line that goes on with its sign in front, as it is read on paper; documents only. */
  readonly shown?: FormulaView;
  /** As the author typed it; absent if the formula is all there is. */
  readonly source?: string;
  /** Against the line before it. */
  readonly verdict: Verdict;
  /** Against the start of its chain. */
  readonly head: Verdict;
  readonly points?: number;
  readonly assumed: readonly FormulaView[];
  /** Both sides at the witness. */
  readonly left?: ValueView;
  readonly right?: ValueView;
  readonly witness?: WitnessView;
  /** The same with names as formulas; documents only. */
  readonly point?: readonly PointView[];
  readonly slip?: SlipView;
  /** Why it is unknown, or what clashes: a sentence. */
  readonly reason?: string;
  /** For `unread`. */
  readonly error?: ProblemView;
}

/** What a `check` answers: `differs` if any line differs from the one before it. */
export interface CheckView extends Located {
  readonly kind: 'check';
  readonly verdict: Verdict;
  readonly lines: readonly CheckLineView[];
}

/** One option of a `choose`; `equal` is `null` where that could not be decided. */
export interface OptionView {
  readonly label: string;
  readonly formula?: FormulaView;
  readonly verdict: Verdict;
  readonly equal: boolean | null;
  readonly slip?: SlipView;
  readonly witness?: WitnessView;
  /** The same with names as formulas; documents only. */
  readonly point?: readonly PointView[];
  readonly reason?: string;
  readonly error?: ProblemView;
}

/** What a `choose` answers. */
export interface ChooseView extends Located {
  readonly kind: 'choose';
  readonly ask: FormulaView;
  readonly options: readonly OptionView[];
}

/** `claim` and `expect`: something that holds or not. */
interface Asserted extends Located {
  /** The assertion as it was read. */
  readonly formula?: FormulaView;
  readonly holds: boolean | null;
  readonly verdict: Verdict;
  readonly points?: number;
  readonly assumed?: readonly FormulaView[];
  readonly left?: ValueView;
  readonly right?: ValueView;
  readonly witness?: WitnessView;
  /** The same with names as formulas; documents only. */
  readonly point?: readonly PointView[];
  readonly slip?: SlipView;
  readonly reason?: string;
  readonly error?: ProblemView;
}

/** What a `claim` answers; `holds` is `null` where that could not be decided. */
export interface ClaimView extends Asserted {
  readonly kind: 'claim';
}

/** What an `expect` answers: whether the number is right to the digits given. */
export interface ExpectView extends Asserted {
  readonly kind: 'expect';
  /** What the left side is, where it has a value. */
  readonly value?: ValueView;
}

/** What a `fill` answers. */
export interface FillView extends Located {
  readonly kind: 'fill';
  readonly formula?: FormulaView;
  /** What belongs in the blank. */
  readonly answer: FormulaView;
  readonly verdict: Verdict;
  readonly points?: number;
}

/** How many numbers one parameter holds. */
export interface CountedView {
  readonly name: string;
  readonly count: number;
  /** The name as a formula; documents only. */
  readonly shown?: FormulaView;
}

/** What a `count` answers: the number, and what it is made of. */
export interface CountView extends Located {
  readonly kind: 'count';
  readonly what?: 'parameters' | 'paths';
  readonly value: number;
  readonly by: readonly CountedView[];
}

/** `find shape of X`: the sizes, outermost first; symbolic sizes are texts. */
export interface ShapeView extends Located {
  readonly kind: 'shape';
  readonly ask: FormulaView;
  readonly answer: FormulaView;
  readonly sizes: readonly (number | string)[];
}

/** What a `draw` answers: the picture of the network as a whole `svg` element. */
export interface DrawView extends Located {
  readonly kind: 'draw';
  readonly svg: string;
  /** Documents only. */
  readonly tikz?: string;
  /** Whether the paths of the document's derivatives fit this picture; documents only. */
  readonly fitsPaths?: boolean;
}

/** Where something could not be read, what was met and what was expected. */
export interface ProblemView extends Located {
  readonly column: number;
  readonly message: string;
}

/** A statement that could not be read, or (`unknown`) not answered within its time and memory. */
export interface ErrorView extends ProblemView {
  readonly kind: 'error';
  readonly verdict?: 'unknown';
}

/** One entry per statement that asks something, in order. */
export type ResultView =
  | FindView
  | SimplifyView
  | LimitView
  | UpdateView
  | CheckView
  | ChooseView
  | ClaimView
  | ExpectView
  | FillView
  | CountView
  | ShapeView
  | DrawView
  | ErrorView;

/** A statement of the sheet that asks nothing: a definition, an assumption, given numbers ... */
export interface StatementView extends Located {
  readonly role: 'definition' | 'size' | 'network' | 'assume' | 'convention' | 'given';
  readonly formula: FormulaView;
  /** `for l = 1..L`. */
  readonly where?: FormulaView;
}

/** One part of a worksheet in reading order. */
export type PartView =
  /** The author's own words, Markdown as typed. */
  | { readonly part: 'prose'; readonly line: number; readonly markdown: string }
  /** Statements of a block that ask nothing. */
  | { readonly part: 'statements'; readonly line: number; readonly items: readonly StatementView[] }
  | { readonly part: 'result'; readonly line: number; readonly result: ResultView };

/** A worksheet with its results: the data of every document. */
export interface DocumentView {
  readonly version: 1;
  /** The file as the caller named it; `-` for standard input. */
  readonly file: string;
  /** From the first heading, or the file's name. */
  readonly title: string;
  /** Everything in reading order, results included. */
  readonly parts: readonly PartView[];
  /** The results alone: what `--to json` prints. */
  readonly results: readonly ResultView[];
  /** The network drawn, where it has something to draw. */
  readonly picture?: { readonly svg: string; readonly tikz: string };
}

/** Which steps a document shows. */
export type StepDetail = 'none' | 'main' | 'all';
