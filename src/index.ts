/**
 * handgrad as a library. Whole worksheets first, then single formulas, then the parts that these are
 * made of. Everything here is a pure function of what it is given: no state, no files, no network.
 *
 * @module handgrad
 */

/** Answers every statement of a worksheet: `solveText(text, 'sheet.md')` gives a `DocumentView`. */
export { derivativeOf, type SolveOptions, solveText, type Watcher } from './derive.js';
/** Results as JSON and as text for a terminal. (Markdown, HTML and LaTeX: `handgrad/documents`.) */
export { writeJson } from './document/json.js';
export { type TextOptions, writeText } from './document/text.js';
export type {
  CaseView,
  CheckedView,
  CheckLineView,
  CheckView,
  ChooseView,
  ClaimView,
  CountedView,
  CountView,
  DocumentView,
  DrawView,
  ErrorView,
  ExpectView,
  FillView,
  FindView,
  FormsView,
  FormulaView,
  LimitView,
  OptionView,
  PartView,
  PointView,
  ProblemView,
  ResultView,
  SentenceView,
  ShapeView,
  SimplifyView,
  SlipView,
  StatementView,
  StepDetail,
  StepView,
  UpdateView,
  ValueView,
  Verdict,
  WitnessView,
} from './document/view.js';
/** The formula: one closed union of frozen plain objects, and functions that make its nodes. */
export * from './expression/formula.js';
export { same } from './expression/same.js';
export { Unsupported } from './expression/unsupported.js';
/** Derivatives through definitions, with their steps; steps can be replayed. */
export type { Policy, Reach, Taken, TakenCase } from './gradient/policy.js';
export { takeDerivatives } from './gradient/take.js';
/** Whether two formulas are equal, and whether the lines of a hand derivation hold. */
export type { SlipKind } from './judge/slips/slip.js';
/** Networks: a sheet's definitions with all indices and ranges, and formulas in their terms. */
export { buildNetwork } from './network/build.js';
export { NetworkError, ShapeError } from './network/errors.js';
export type { Extent } from './network/extent.js';
export { type LowerOptions, lower } from './network/lower.js';
export type {
  Assumption,
  Convention,
  Definition,
  Family,
  FunctionDeclaration,
  Given,
  Lowered,
  NestedNumbers,
  Network,
  Range,
  Slot,
} from './network/network.js';
export { type StatedDefinition, sheetOf } from './network/sheet-of.js';
/** Numbers: values where the sheet gives what is needed, and agreement at random points. */
export { type AgreeOptions, agree } from './numeric/agree.js';
export type { Agreement, Witness } from './numeric/agreement.js';
export type { Unseen } from './numeric/branch-search.js';
/** Gradients as functions over flat arrays, and as source text. */
export { type Compiled, type CompileOptions, compile } from './numeric/compile/compile.js';
export { gradientSource, type SourceLanguage } from './numeric/compile/source.js';
/** Another system's opinion on polynomials, which `solveText` can ask for (`handgrad/nerdamer`). */
export type { Opinion, SecondOpinion } from './numeric/second-opinion.js';
export { type Values, valuesOf } from './numeric/values.js';
/** Reading: a worksheet to statements, a text to a formula. Throws `ReadError` with its place. */
export { readDocument, readSheet } from './read/document.js';
export { ReadError } from './read/problem.js';
export { readFormula } from './read/read.js';
export type {
  Ask,
  Assertion,
  CheckLine,
  Clauses,
  Equation,
  FormName,
  NameInfo,
  NestedFormulas,
  Place,
  RangeClause,
  ReadProblem,
  Sheet,
  Statement,
  StatementBody,
  UnreadLine,
} from './read/statement.js';
export type { Derivation, Path, Reason, Step } from './rewrite/step.js';
/** Two different things: the form that a person would write, and the form that decides equality. */
export type { NamedFunction, SimplifyContext } from './simplify/context.js';
export { normalForm } from './simplify/normal-form.js';
export { type Presented, present } from './simplify/present.js';
export { type Proof, proveEqual } from './simplify/prove.js';
export { type Equality, equalFormulas, type ScopeSource, verifyDerivation } from './verify.js';
/** Writing formulas: plain math that is read back to the same formula, LaTeX, Unicode. */
export type { Display } from './write/display.js';
export { writeLatex, writePlain, writeUnicode } from './write/write.js';
