/** Markdown that GitHub, Obsidian, VitePress, Jupyter and Pandoc render: `$$` blocks and plain lists. */
import { shownFormula } from './elide.js';
import { escapeMarkdown } from './escape.js';
import type { DocumentOptions } from './html.js';
import { writeNumberLatex, writeValueLatex } from './numbers.js';
import { isSafeMath } from './safe-math.js';
import { tellWith } from './tell.js';
import { templateData } from './template-data.js';
import { type Language, renderTemplate, type TemplateName } from './templates.js';
import type { DocumentView, FormulaView, SentenceView, ValueView } from './view.js';

/**
 * A worksheet with its results as Markdown. The author's own prose stays as typed.
 * @throws TemplateError for a mistake in the user's template
 */
export async function writeMarkdown(
  document: DocumentView,
  options: DocumentOptions = { steps: 'main' },
): Promise<string> {
  const template = { own: 'page.md', path: options.template };
  return renderMarkdown(template, document, { steps: options.steps });
}

/**
 * A template for Markdown with the view of a document, and whatever else it needs.
 * @throws TemplateError for a mistake in the template
 */
export async function renderMarkdown(
  template: TemplateName,
  document: DocumentView,
  more: object,
): Promise<string> {
  const data = { document: templateData(document), ...more };
  const text = await renderTemplate(template, data, markdownLanguage, undefined);
  return `${tidy(text)}\n`;
}

/** No spaces at line ends, no two blank lines, and none inside a `$$` block (it would end there). */
const tidy = (text: string): string =>
  text
    .replace(/[ \t]+$/gm, '')
    .replace(/^\$\$\n[\s\S]*?^\$\$$/gm, (block) => block.replace(/\n{2,}/g, '\n'))
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** What templates for Markdown may use. */
export const markdownLanguage: Language<undefined> = {
  escape: escapeMarkdown,
  markup: {
    math: (_tools, formula: FormulaView) => guarded(formula),
    /** A sentence, its formulas between dollars. */
    told: (_tools, told: string | SentenceView | FormulaView) =>
      tellWith(told, escapeMarkdown, (formula) => `$${guarded(formula)}$`),
    prose: (_tools, markdown: string) => markdown.trim(),
    value: (_tools, value: ValueView) =>
      typeof value === 'number' ? writeNumberLatex(value) : writeValueLatex(value),
    code: (_tools, text: string) => text.replace(/[`\n]/g, ' '),
    /** Several lines as an indented block, which nothing inside can end. */
    verbatim: (_tools, text: string) =>
      text
        .split('\n')
        .map((line) => `    ${line}`)
        .join('\n'),
  },
};

const guarded = ({ latex, text }: FormulaView): string =>
  isSafeMath(latex)
    ? forMathJax(shownFormula(latex).latex)
    : `\\text{${text.replace(/[^\w ()=+*/.,-]/g, ' ')}}`;

/**
 * GitHub refuses `\operatorname`; upright letters look the same to a reader. A sign of comparison is
 * written as a command: hosts take what looks like a tag for one, even inside mathematics.
 */
const forMathJax = (latex: string): string =>
  latex
    .replaceAll('\\operatorname*', '\\mathrm')
    .replaceAll('\\operatorname', '\\mathrm')
    .replace(/\\text\{([^{}]*)\}/g, (_all, words: string) => {
      return `\\text{${words.replaceAll('<', '}\\lt{}\\text{')}}`;
    })
    .replace(/<(?=\S)/g, '\\lt ');
