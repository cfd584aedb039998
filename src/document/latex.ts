/** A LaTeX solution: a whole document, or a piece to `\input`. */
import { breakLatex } from './break-latex.js';
import { escapeTex } from './escape.js';
import type { DocumentOptions } from './html.js';
import { openMathCheck } from './math-html.js';
import { writeNumberLatex, writeValueLatex } from './numbers.js';
import { openMarkdown } from './prose.js';
import { proseLatex } from './prose-latex.js';
import { isSafeMath } from './safe-math.js';
import { templateData } from './template-data.js';
import { type Language, renderTemplate, type TemplateName } from './templates.js';
import type { DocumentView, FormulaView, ResultView, ValueView } from './view.js';

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
  const text = await renderTemplate(template, data, await latexLanguage());
  return text.replace(/\n{3,}/g, '\n\n');
}

const hasNumber = (result: ResultView): boolean =>
  (result.kind === 'find' || result.kind === 'update') && result.value !== undefined;

/** What templates for LaTeX may use. */
async function latexLanguage(): Promise<Language> {
  const reader = await openMarkdown();
  const isWhole = await openMathCheck();
  /** What an author typed between dollars. */
  const typed = (latex: string) => (isWhole(latex) ? latex : asText(latex));
  const inline = (latex: string) => `$${typed(latex)}$`;
  return {
    escape: escapeTex,
    markup: {
      /** A formula, to stand between dollars. */
      math: (formula: FormulaView) => guarded(formula.latex, formula.text),
      /** A formula broken into lines if it is long. */
      broken: (formula: FormulaView) => breakLatex(guarded(formula.latex, formula.text)),
      /** The author's Markdown. */
      prose: (markdown: string) =>
        proseLatex(reader, markdown, {
          inline,
          display: (latex) => `\\[ ${typed(latex)} \\]`,
        }),
      /** A number or a family of numbers, to stand between dollars. */
      value: (value: ValueView) =>
        typeof value === 'number' ? writeNumberLatex(value) : writeValueLatex(value),
      /** Several lines of text, as typed. */
      verbatim: (text: string) =>
        text
          .split('\n')
          .map((line) => escapeTex(line).replace(/ /g, '~'))
          .join('\\\\\n'),
      /** A picture, as it is. */
      picture: (tikz: string) => tikz,
    },
  };
}

/** Mathematics that does nothing but set mathematics; anything else is shown as text. */
const guarded = (latex: string, text: string): string => (isSafeMath(latex) ? latex : asText(text));

const asText = (text: string): string => `\\text{\\ttfamily ${escapeTex(text)}}`;
