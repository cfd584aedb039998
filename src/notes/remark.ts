/**
 * A plugin for remark (Astro, Docusaurus, MyST): fences of handgrad become Markdown with mathematics.
 *
 * @module handgrad/remark
 */
import { type RenderedBlock, renderNote } from './note.js';

/** What is used of unified's trees, which the host brings. */
interface Node {
  readonly type: string;
  readonly lang?: string | null;
  readonly position?: { readonly start: { readonly line: number; readonly column: number } };
  readonly children?: Node[];
  readonly value?: string;
  readonly data?: object;
}

interface File {
  readonly path?: string | undefined;
  message(reason: string, place: object): unknown;
  toString(): string;
}

interface Processor {
  parse(text: string): unknown;
}

/**
 * `unified().use(remarkParse).use(remarkMath).use(remarkHandgrad)`. What comes out is parsed by the
 * host itself, so its own plugins for mathematics (rehype-katex, rehype-mathjax) set the formulas.
 * What could not be read is shown in its place and told as a message of the file.
 */
export default function remarkHandgrad(
  this: unknown,
): (tree: unknown, file: unknown) => Promise<void> {
  const processor = this as Processor;
  return async (tree, given) => {
    const file = given as File;
    const { blocks, problems } = await renderNote(String(file), file.path ?? 'note.md', 'markdown');
    if (blocks.length === 0) return;
    for (const { line, column, message } of problems) file.message(message, { line, column });
    const replace = (parent: Node): void => {
      const children = parent.children;
      if (!children) return;
      for (let place = children.length - 1; place >= 0; place -= 1) {
        const child = children[place] as Node;
        const block =
          child.type === 'code' && blocks.find((one) => one.line === child.position?.start.line);
        if (!block) replace(child);
        else {
          const made = (processor.parse(block.output) as Node).children ?? [];
          children.splice(place, 1, wrapped(made, block));
        }
      }
    };
    replace(tree as Node);
  };
}

/** The nodes of one block in an element that style sheets and links can find. */
function wrapped(children: Node[], { fold, title, id }: RenderedBlock): Node {
  const hProperties = { className: ['handgrad'], ...(id ? { id } : {}) };
  if (!fold) return { type: 'handgrad', data: { hName: 'div', hProperties }, children };
  const summary: Node = {
    type: 'handgradSummary',
    data: { hName: 'summary' },
    children: [{ type: 'text', value: title }],
  };
  return {
    type: 'handgrad',
    data: { hName: 'details', hProperties },
    children: [summary, ...children],
  };
}
