/**
 * Documents are Liquid templates (`<< value >>`, `<% tag %>`), in `templates/` or in a user's folder.
 * Everything that a template puts out is escaped for its language; only the filters that make markup
 * themselves (`math`, `prose`, ...) are exempt.
 */
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Liquid } from 'liquidjs';
import { isLong } from './break-latex.js';
import { shownFormula } from './elide.js';
import { checkFilterInput } from './filter-inputs.js';
import type {
  FormsView,
  FormulaView,
  PointView,
  SentenceView,
  ValueView,
  Verdict,
} from './view.js';
import { formKeys, formTitles, lesserForms, verdictSentence, verdictWords } from './words.js';

/** What a filter gets: what one document is written with, and whatever the template hands to it. */
export type Filter<Tools> = (tools: Tools, value: never, ...rest: never[]) => string;

/** A language that documents are written in; one constant for all documents. */
export interface Language<Tools> {
  /** Text of the author's or the engine's made harmless. */
  readonly escape: (text: string) => string;
  /** Filters whose output is markup and not escaped again. */
  readonly markup: Readonly<Record<string, Filter<Tools>>>;
}

/** A template that cannot be used, with its line, and what to do. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** Bounds of what a template may do: characters read, milliseconds, bytes of memory. */
const bounds = { parseLimit: 2_000_000, renderLimit: 20_000, memoryLimit: 400_000_000 };

/** Folders from this file up that are searched for `templates/`. */
const HIGHEST_FOLDER = 6;

/** The folder of handgrad's own templates, found from the source, the library and the bundle. */
function templateFolder(): string {
  let place = dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < HIGHEST_FOLDER; up += 1) {
    const folder = join(place, 'templates');
    if (existsSync(join(folder, 'page.html'))) return folder;
    place = dirname(place);
  }
  throw new TemplateError('the folder "templates" of handgrad is missing: install handgrad again');
}

/** One of our own templates, or, with a path, the user's in its place. */
export interface TemplateName {
  readonly own: string;
  readonly path?: string | undefined;
}

/** Where filters find the tools of the document being written; no template can name it. */
const TOOLS = Symbol('tools');

/** Our own templates as parsed, by language: they do not change while the program runs. */
const remembered = new WeakMap<Language<never>, Liquid>();

/**
 * Renders a template.
 * @param template one of ours by its name (`page.html`), or the path of the user's
 * @param tools what the filters of the language need for this document
 * @throws TemplateError with the template's line for a mistake in it or a name that is missing.
 */
export async function renderTemplate<Tools>(
  template: TemplateName,
  data: object,
  language: Language<Tools>,
  tools: Tools,
): Promise<string> {
  const { path, own } = template;
  if (path !== undefined && !(statSync(path, { throwIfNoEntry: false })?.isFile() ?? false))
    throw new TemplateError(
      `there is no template ${path}: copy ${own} from the folder "templates" of handgrad, and name the copy`,
    );
  const engine = await engineFor(template, language);
  try {
    const file = basename(path ?? own);
    return String(engine.renderFileSync(file, data, { globals: { [TOOLS]: tools } }));
  } catch (error) {
    throw new TemplateError(`the template cannot be used: ${plainMessage(error as Error)}`, {
      cause: error,
    });
  }
}

/** Messages of the template engine about files and depth, in plain words; their place is kept. */
const plainMessage = ({ message }: Error): string =>
  message
    .replace(
      /ENOENT: Failed to lookup ("(?:[^"\\]|\\.)*") in "[^"]*"/,
      'there is no part $1 beside it, nor among the parts of handgrad',
    )
    .replace(/EISDIR: [^,]*, read/, 'a folder was named where a part was expected')
    .replace('Maximum call stack size exceeded', 'a part renders itself without end');

async function engineFor<Tools>(
  { path }: TemplateName,
  language: Language<Tools>,
): Promise<Liquid> {
  const known = path === undefined ? remembered.get(language) : undefined;
  if (known) return known;
  const engine = await openEngine(path, language);
  if (path === undefined) remembered.set(language, engine);
  return engine;
}

async function openEngine<Tools>(
  path: string | undefined,
  language: Language<Tools>,
): Promise<Liquid> {
  const { Liquid } = await import('liquidjs');
  const own = templateFolder();
  const engine = new Liquid({
    root: path === undefined ? [own] : [dirname(path), own],
    tagDelimiterLeft: '<%',
    tagDelimiterRight: '%>',
    outputDelimiterLeft: '<<',
    outputDelimiterRight: '>>',
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    relativeReference: false,
    trimTagLeft: false,
    greedy: false,
    // A part is read and parsed once, however often it stands in a document.
    cache: true,
    // Dates are none of our business; asking the machine for its locale takes 9 ms.
    locale: 'en-US',
    outputEscape: (value: unknown) => language.escape(writeAny(value)),
    ...bounds,
  });
  for (const [name, filter] of Object.entries(plainFilters))
    engine.registerFilter(name, (value: unknown, ...rest: unknown[]) => {
      checkFilterInput(name, value);
      return (filter as Plain)(value as never, ...(rest as never[]));
    });
  for (const [name, filter] of Object.entries(language.markup))
    engine.registerFilter(name, {
      raw: true,
      handler(value: unknown, ...rest: unknown[]) {
        checkFilterInput(name, value);
        const { [TOOLS]: tools } = this.context.globals as unknown as { [TOOLS]: Tools };
        return filter(tools, value as never, ...(rest as never[]));
      },
    });
  return engine;
}

const writeAny = (value: unknown): string =>
  value === undefined || value === null ? '' : String(value);

type Plain = (value: never, ...rest: never[]) => unknown;

/** Filters that give words or lists; what they give is escaped when it is put out. */
export const plainFilters = {
  /** A verdict's one character. */
  mark: (verdict: Verdict) => verdictWords[verdict].mark,
  /** `good`, `bad` or `open`. */
  tone: (verdict: Verdict) => verdictWords[verdict].tone,
  /** What a verdict means, with the number of points tried. */
  meaning: (verdict: Verdict, points?: number) => verdictSentence(verdict, points),
  /** The forms of an answer as a list of `key`, `title`, `formula`, the answer's own form first. */
  listed: (forms: FormsView, answer: FormulaView) => listForms(forms, answer),
  /** Those of a list of forms that paper has room for. */
  main: (forms: readonly ListedForm[]) => forms.filter(({ key }) => !lesserForms.has(key)),
  /** How many terms of a formula are left out where it is shown. */
  omitted: ({ latex }: FormulaView) => shownFormula(latex).omitted,
  /** Whether a formula needs a line of its own. */
  long: ({ latex }: FormulaView) => isLong(latex),
  /** The reason of a step as a remark beside it, the same whether it came as a sentence or not. */
  reason: (told: string | SentenceView) => remark(told),
  /** Numbers of an example, which need no more digits than tell them apart. */
  rounded: (value: ValueView): ValueView => roundedValue(value),
  /** A sentence with its full stop. It starts as it does: the first word may be a name. */
  sentence: (told: string | SentenceView) => withStop(told),
  /** Name and value pairs of a witness; names as formulas where there is a list with those. */
  pairs: (witness: object, point?: readonly PointView[]) =>
    point ?? Object.entries(witness).map(([name, value]) => ({ name: [name], value })),
};

/** A sentence with its last words changed; a formula at its end gets words behind it. */
const changedAtEnd = (
  told: string | SentenceView,
  change: (text: string) => string,
): string | SentenceView => {
  if (typeof told === 'string') return change(told);
  const last = told.at(-1);
  return typeof last === 'string' ? [...told.slice(0, -1), change(last)] : [...told, change('')];
};

const withStop = (told: string | SentenceView): string | SentenceView =>
  changedAtEnd(told, (text) => (/[.!?]$/.test(text) ? text : `${text}.`));

/** `The numbers are worked out.` beside a formula: `the numbers are worked out`. A name stays as it is. */
const remark = (told: string | SentenceView): string | SentenceView => {
  if (typeof told !== 'string') return changedAtEnd(told, (text) => text.replace(/\.$/, ''));
  return /^[A-Z][a-z]* [\s\S]*\.$/.test(told)
    ? `${told.charAt(0).toLowerCase()}${told.slice(1, -1)}`
    : told.replace(/\.$/, '');
};

/** Digits of a number that only illustrates. */
const SHOWN_DIGITS = 6;

const roundedValue = (value: ValueView): ValueView =>
  typeof value === 'number' ? Number(value.toPrecision(SHOWN_DIGITS)) : value.map(roundedValue);

interface ListedForm {
  readonly key: string;
  readonly title: string;
  readonly formula: FormulaView;
}

/** Forms that differ from each other; none if the answer is the only one. */
function listForms(forms: FormsView, answer: FormulaView): readonly ListedForm[] {
  const list = formKeys.flatMap((key) => {
    const form = forms[key];
    return !form ? [] : [{ key: key as string, title: formTitles[key] as string, formula: form }];
  });
  const first = list.find(({ formula }) => formula.text === answer.text);
  const named = first ?? { key: 'answer', title: 'Answer', formula: answer };
  const told = new Set([answer.text]);
  const others = list.filter(({ formula }) => {
    const isNew = !told.has(formula.text);
    told.add(formula.text);
    return isNew;
  });
  return others.length === 0 ? [] : [named, ...others];
}
