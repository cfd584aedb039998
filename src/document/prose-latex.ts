/** The author's prose as LaTeX: the tokens of Markdown, each with its words escaped. */
import type { MarkdownIt, Token } from 'markdown-it';
import { escapeTex } from './escape.js';
import type { MathWriter } from './prose.js';

const opening: Readonly<Record<string, string>> = {
  paragraph_open: '',
  strong_open: '\\textbf{',
  em_open: '\\emph{',
  s_open: '',
  bullet_list_open: '\\begin{itemize}\n',
  ordered_list_open: '\\begin{enumerate}\n',
  list_item_open: '\\item ',
  blockquote_open: '\\begin{quote}\n',
  link_open: '',
  table_open: '\\begin{center}\n',
  thead_open: '',
  tbody_open: '',
  tr_open: '',
  th_open: '',
  td_open: '',
};

const closing: Readonly<Record<string, string>> = {
  paragraph_close: '\n\n',
  heading_close: '}\n\n',
  strong_close: '}',
  em_close: '}',
  s_close: '',
  bullet_list_close: '\\end{itemize}\n\n',
  ordered_list_close: '\\end{enumerate}\n\n',
  list_item_close: '\n',
  blockquote_close: '\\end{quote}\n\n',
  link_close: '',
  table_close: '\\end{center}\n\n',
  thead_close: '',
  tbody_close: '',
  tr_close: ' \\\\\n',
  th_close: '\\quad ',
  td_close: '\\quad ',
};

/** Prose as LaTeX; what has no counterpart is written as its words. */
export function proseLatex(reader: MarkdownIt, markdown: string, math: MathWriter): string {
  const write = (token: Token): string => {
    if (token.type === 'inline') return (token.children ?? []).map(write).join('');
    switch (token.type) {
      case 'text':
        return escapeTex(token.content);
      case 'softbreak':
        return '\n';
      case 'hardbreak':
        return '\\\\\n';
      case 'hr':
        return '\\par\\medskip\\hrule\\medskip\n';
      case 'code_inline':
        return `\\texttt{${escapeTex(token.content)}}`;
      case 'fence':
      case 'code_block':
        return codeLines(token.content);
      case 'math_inline':
        return math.inline(token.content);
      case 'math_display':
        return math.display(token.content);
      case 'heading_open':
        return token.tag === 'h1' || token.tag === 'h2' ? '\\section*{' : '\\subsection*{';
      default:
        return opening[token.type] ?? closing[token.type] ?? escapeTex(token.content);
    }
  };
  return reader.parse(markdown, {}).map(write).join('').trim();
}

/** Code, line by line, with its indentation. */
function codeLines(code: string): string {
  const lines = code.trimEnd().split('\n');
  const set = lines.map((line) => {
    const indent = line.length - line.trimStart().length;
    const space = indent > 0 ? `\\hspace*{${(indent * 0.5).toFixed(1)}em}` : '';
    return `\\texttt{${space}${escapeTex(line.trim())}}`;
  });
  return `\\begin{quote}\\raggedright\n${set.join('\\\\\n')}\n\\end{quote}\n\n`;
}
