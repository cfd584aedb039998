/** What each filter of a template takes: a row a filter. A template of the user's may hand over anything. */
import type { DocumentView, ResultView } from './view.js';
import { verdictWords } from './words.js';

interface Input {
  /** In the message for whoever writes the template. */
  readonly words: string;
  readonly fits: (value: unknown) => boolean;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === 'string';
const isValue = (value: unknown): boolean =>
  typeof value === 'number' || (Array.isArray(value) && value.every(isValue));

const isFormula = (value: unknown): boolean =>
  isObject(value) && isText(value.text) && isText(value.latex);
const isPiece = (value: unknown): boolean => isText(value) || isFormula(value);

const inputs = {
  formula: { words: 'a formula, such as result.answer', fits: isFormula },
  text: { words: 'a text', fits: isText },
  sentence: {
    words: 'a sentence, as a text or as a list of texts and formulas',
    fits: (value) => isPiece(value) || (Array.isArray(value) && value.every(isPiece)),
  },
  value: { words: 'a number or nested lists of numbers, such as result.value', fits: isValue },
  verdict: {
    words: 'a verdict, such as result.verdict',
    fits: (value) => isText(value) && Object.hasOwn(verdictWords, value as string),
  },
  forms: { words: 'the forms of an answer: result.forms', fits: isObject },
  list: { words: 'the list that "listed" gives', fits: Array.isArray },
  witness: { words: 'names with values: line.witness', fits: isObject },
} as const satisfies Readonly<Record<string, Input>>;

const taken: Readonly<Record<string, keyof typeof inputs>> = {
  math: 'formula',
  long: 'formula',
  omitted: 'formula',
  display: 'formula',
  changed: 'formula',
  broken: 'formula',
  prose: 'text',
  value: 'value',
  verbatim: 'text',
  code: 'text',
  picture: 'text',
  named: 'text',
  below: 'text',
  mark: 'verdict',
  tone: 'verdict',
  meaning: 'verdict',
  listed: 'forms',
  main: 'list',
  told: 'sentence',
  reason: 'sentence',
  sentence: 'sentence',
  rounded: 'value',
  pairs: 'witness',
};

/** What a template did wrong; the engine of templates adds file and line. */
export class FilterInputError extends Error {
  override readonly name = 'FilterInputError';
}

/** @throws FilterInputError if a filter is given what it cannot take */
export function checkFilterInput(filter: string, value: unknown): void {
  const kind = taken[filter];
  if (kind === undefined || inputs[kind].fits(value)) return;
  throw new FilterInputError(
    `the filter "${filter}" takes ${inputs[kind].words}; it was given ${described(value)}`,
  );
}

function described(value: unknown): string {
  if (value === null || value === undefined) return 'nothing (put an "if" around it)';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isObject(value)) return `an object with ${Object.keys(value).slice(0, 6).join(', ')}`;
  return `the ${typeof value} ${JSON.stringify(value).slice(0, 60)}`;
}

/** Markup that the engine made itself; nothing else may be put out as it is. */
export type OwnMarkup = ReadonlySet<string>;

/** The pictures of a document. */
export function picturesOf(document: DocumentView): OwnMarkup {
  const { picture } = document;
  return new Set([
    ...(picture ? [picture.svg, picture.tikz] : []),
    ...[...document.results, ...resultsIn(document)].flatMap(picturesOfResult),
  ]);
}

const resultsIn = ({ parts }: DocumentView): readonly ResultView[] =>
  parts.flatMap((part) => (part.part === 'result' ? [part.result] : []));

const picturesOfResult = (result: ResultView): readonly string[] =>
  ['svg', 'tikz', 'paths'].flatMap((name) => {
    const markup = (result as unknown as Readonly<Record<string, unknown>>)[name];
    return typeof markup === 'string' ? [markup] : [];
  });

/** @throws FilterInputError for text that is no picture of this document's */
export function ownMarkup(filter: string, text: string, own: OwnMarkup): string {
  if (own.has(text)) return text;
  throw new FilterInputError(
    `the filter "${filter}" takes a picture of the document, such as document.picture.svg; it was given ${described(text)}`,
  );
}
