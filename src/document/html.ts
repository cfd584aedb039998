/** A page: one file that asks for nothing outside itself. */
import type { MarkdownIt } from 'markdown-it';
import { breakable } from './breakable.js';
import { shownFormula } from './elide.js';
import { escapeHtml } from './escape.js';
import { type OwnMarkup, ownMarkup, picturesOf } from './filter-inputs.js';
import { highlightChange } from './highlight.js';
import { katexStyle } from './katex-style.js';
import { type MathHtml, openMathHtml } from './math-html.js';
import { writeNumber, writeValue, writeValueLatex } from './numbers.js';
import { noTargets, openMarkdown, type ProseTargets, proseHtml } from './prose.js';
import { LONGEST_UNBROKEN, tellWith } from './tell.js';
import { templateData } from './template-data.js';
import { type Language, renderTemplate, type TemplateName } from './templates.js';
import type { DocumentView, FormulaView, SentenceView, StepDetail, ValueView } from './view.js';

export interface DocumentOptions {
  readonly steps: StepDetail;
  /** A user's template instead of ours. */
  readonly template?: string;
}

/** Stands in a template's output where the style of the formulas goes; no user text can make it. */
const STYLE_PLACE = '/*katex-style*/';

/**
 * A self-contained page of a worksheet and its results: no script, no request, readable without
 * style. @throws TemplateError for a mistake in the user's template
 */
export async function writeHtml(
  document: DocumentView,
  options: DocumentOptions = { steps: 'main' },
): Promise<string> {
  const template = { own: 'page.html', path: options.template };
  return renderHtml(template, document, { steps: options.steps });
}

/** What a page may hold beside its document. */
export interface PageSurroundings {
  /** Pieces that were rendered before, to be put out as they are. */
  readonly rendered: readonly string[];
  readonly targets: ProseTargets;
}

const alone: PageSurroundings = { rendered: [], targets: noTargets };

/**
 * A template for HTML with the view of a document, and whatever else it needs.
 * @throws TemplateError for a mistake in the template
 */
export async function renderHtml(
  template: TemplateName,
  document: DocumentView,
  more: object,
  { rendered, targets }: PageSurroundings = alone,
): Promise<string> {
  const tools: Tools = {
    math: await openMathHtml(),
    reader: await openMarkdown(),
    targets,
    own: new Set([...picturesOf(document), ...rendered]),
  };
  const data = { document: templateData(document), ...more };
  const page = await renderTemplate(template, data, htmlLanguage, tools);
  const place = page.indexOf(STYLE_PLACE);
  if (place < 0) return page;
  const rest = page.slice(place + STYLE_PLACE.length);
  return page.slice(0, place) + katexStyle(rest) + rest;
}

/** What one page is written with. */
interface Tools {
  readonly math: MathHtml;
  readonly reader: MarkdownIt;
  readonly targets: ProseTargets;
  readonly own: OwnMarkup;
}

/** What templates for HTML may use. */
export const htmlLanguage: Language<Tools> = {
  escape: escapeHtml,
  markup: {
    /** A formula in a line of text. */
    math: ({ math }, formula: FormulaView) => math.inline(shown(formula)),
    /** A formula with large fractions. */
    display: ({ math }, formula: FormulaView) =>
      math.display({ ...formula, latex: breakable(shown(formula).latex) }),
    /** A line of a derivation with the part marked that the line before did not have. */
    changed: ({ math }, formula: FormulaView, before: FormulaView) =>
      math.display({
        ...formula,
        latex: breakable(changedIn(before, formula)),
      }),
    /** A sentence, its formulas set as formulas. */
    told: ({ math }, told: string | SentenceView | FormulaView) =>
      tellWith(told, escapeHtml, (formula) => wholeHtml(formula, math)),
    /** The author's Markdown. */
    prose: ({ math, reader, targets }, markdown: string) =>
      proseHtml(reader, markdown, math, targets),
    /** A number in full, or a family of numbers as a matrix. */
    value: ({ math }, value: ValueView) => valueHtml(value, math),
    /** A picture, as it is. */
    picture: ({ own }, svg: string) => ownMarkup('picture', svg, own),
    /** A picture that others on the page can repeat by its name. */
    named: ({ own }, svg: string, id: string) =>
      ownMarkup('named', svg, own).replace(/^<svg/, `<svg id="${escapeHtml(String(id))}"`),
    /** A picture below one that stands on the page already. */
    below: ({ own }, svg: string, id: string) =>
      ownMarkup('below', svg, own).replace(
        /<\/svg>$/,
        `<use href="#${escapeHtml(String(id))}"/></svg>`,
      ),
  },
};

/** What a page has room for; the plain text stays the whole formula's. */
const shown = (formula: FormulaView): FormulaView => ({
  ...formula,
  latex: shownFormula(formula.latex).latex,
});

/** Between two lines that are shown whole the change is marked. */
function changedIn(before: FormulaView, formula: FormulaView): string {
  const after = shownFormula(formula.latex);
  return after.omitted > 0 ? after.latex : highlightChange(before.latex, after.latex);
}

/** Only a long formula in a sentence may be broken between lines. */
const wholeHtml = (formula: FormulaView, math: MathHtml): string =>
  formula.text.length > LONGEST_UNBROKEN
    ? math.inline(formula)
    : `<span class="whole">${math.inline(formula)}</span>`;

const valueHtml = (value: ValueView, math: MathHtml): string =>
  typeof value === 'number'
    ? `<span class="number">${escapeHtml(writeNumber(value))}</span>`
    : math.inline({ text: writeValue(value), latex: writeValueLatex(value) });
