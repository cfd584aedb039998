/** A LaTeX solution: a whole document, or a piece to `\input`. */
import type { MarkdownIt } from 'markdown-it';
import { breakLatex, fitsBox } from './break-latex.js';
import { shownFormula } from './elide.js';
import { escapeTex } from './escape.js';
import { type OwnMarkup, ownMarkup, picturesOf } from './filter-inputs.js';
import type { DocumentOptions } from './html.js';
import { openMathCheck } from './math-html.js';
import { writeNumberLatex, writeValueLatex } from './numbers.js';
import { type MathWriter, openMarkdown } from './prose.js';
import { proseLatex } from './prose-latex.js';
import { isSafeMath } from './safe-math.js';
import { tellWith } from './tell.js';
import { templateData } from './template-data.js';
import { type Language, renderTemplate, type TemplateName } from './templates.js';
import type { DocumentView, FormulaView, ResultView, SentenceView, ValueView } from './view.js';

/**
 * A complete document that compiles with pdflatex and the packages of Debian's texlive-latex-base,
 * texlive-latex-recommended, texlive-pictures and lmodern.
 * @throws TemplateError for a mistake in the user's template
 */
export const writeLatexDocument = (
  document: DocumentView,
  options: DocumentOptions = { steps: 'main' },
): Promise<string> => write(document, 'document.tex', options);

/** The same without preamble; its first lines say which packages the host document needs. */
export const writeLatexFragment = (
  document: DocumentView,
  options: DocumentOptions = { steps: 'main' },
): Promise<string> => write(document, 'fragment.tex', options);

async function write(
  document: DocumentView,
  own: string,
  options: DocumentOptions,
): Promise<string> {
  return renderLatex({ own, path: options.template }, document, { steps: options.steps });
}

/**
 * A template for LaTeX with the view of a document, and whatever else it needs.
 * @throws TemplateError for a mistake in the template
 */
export async function renderLatex(
  template: TemplateName,
  document: DocumentView,
  more: object,
): Promise<string> {
  const data = {
    document: templateData(document),
    numbers: document.results.filter(hasNumber),
    ...more,
  };
  const text = await renderTemplate(template, data, latexLanguage, {
    reader: await openMarkdown(),
    math: typedMath(await openMathCheck()),
    own: picturesOf(document),
  });
  return text.replace(/\n{3,}/g, '\n\n');
}

const hasNumber = (result: ResultView): boolean =>
  (result.kind === 'find' || result.kind === 'update') && result.value !== undefined;

/** What one document is written with. */
interface Tools {
  readonly reader: MarkdownIt;
  /** What an author typed between dollars. */
  readonly math: MathWriter;
  readonly own: OwnMarkup;
}

function typedMath(isWhole: (latex: string) => boolean): MathWriter {
  const typed = (latex: string) => (isWhole(latex) ? latex : asText(latex));
  return {
    inline: (latex) => `$${typed(latex)}$`,
    display: (latex) => `\\[ ${typed(latex)} \\]`,
  };
}

/** What templates for LaTeX may use. */
export const latexLanguage: Language<Tools> = {
  escape: escapeTex,
  markup: {
    /** A formula, to stand between dollars. */
    math: (_tools, formula: FormulaView) => boxed(guarded(formula.latex, formula.text), formula),
    /** A formula broken into lines if it is long; `alone` it has the width of the page. */
    broken: (_tools, formula: FormulaView, room?: 'beside' | 'alone') =>
      boxed(breakLatex(guarded(formula.latex, formula.text), room), formula),
    /** A sentence, its formulas between dollars. */
    told: (_tools, told: string | SentenceView | FormulaView) =>
      tellWith(
        told,
        escapeTex,
        (formula) => `$${boxed(guarded(formula.latex, formula.text), formula)}$`,
      ),
    /** The author's Markdown. */
    prose: ({ reader, math }, markdown: string) => proseLatex(reader, markdown, math),
    /** A number or a family of numbers, to stand between dollars. */
    value: (_tools, value: ValueView) =>
      typeof value === 'number' ? writeNumberLatex(value) : writeValueLatex(value),
    /** Several lines of text, as typed. */
    verbatim: (_tools, text: string) =>
      text
        .split('\n')
        .map((line) => escapeTex(line).replace(/ /g, '~'))
        .join('\\\\\n'),
    /** A picture, as it is. */
    picture: ({ own }, tikz: string) => ownMarkup('picture', tikz, own),
  },
};

/** Mathematics that does nothing but set mathematics; anything else is shown as text. */
const guarded = (latex: string, text: string): string =>
  isSafeMath(latex) ? shownFormula(latex).latex : asText(text);

/** Letters of a formula that are shown where TeX has no room for all of it. */
const SHOWN_LETTERS = 60;

const boxed = (latex: string, { text }: FormulaView): string =>
  fitsBox(latex)
    ? latex
    : asText(`${text.slice(0, SHOWN_LETTERS)} ... (${text.length} letters, too long to be set)`);

const asText = (text: string): string => `\\text{\\ttfamily ${escapeTex(text)}}`;
