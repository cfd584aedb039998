/** Markdown documents with text that must not be taken for markup, wherever text can stand. */
import type { Corpus } from '../kinds.js';
import type { Random } from '../random.js';
import { bytes, damaged } from './bytes.js';
import { spliced } from './splice.js';

const hostile = [
  '<zq>', '"><zq onzq=1>', "' onzq='1", '" onzq="1', '</style><zq>', '</title><zq>', '<!-- <zq> -->', '&lt;zq&gt;',
  '\\write18{zq}', '\\href{javascript:zq}{x}', '[a](javascript:zq)', '![a](https://zq.example/x.png)',
  '<< document.file >>', '<% assign zq = 1 %>', '$\\htmlClass{zq}{x}$', '$x^$', '$$\\def\\zq{\\zq}\\zq$$', '`<zq>`',
  '\\text{<zq>}', '\\text{"onzq=1}', '\\text{$}', '\\text{\\}', '\\text{%}', '\\mathrm{<zq>}', '# <zq>',
]; // biome-ignore format: a list of words

const word = (random: Random): string =>
  random.chance(0.8) ? random.pick(hostile) : bytes(random);

/** A document of prose and one or two worksheets. */
export function hostileDocument(random: Random, corpus: Corpus): string {
  const prose = () =>
    random.many(
      1,
      3,
      () => `${random.pick(['A line', '- point', '> said', '| a | b |', ''])} ${word(random)}`,
    );
  const line = () =>
    random.pick([
      `check\n  x^2 = ${word(random)}`, `find dC/d${word(random)}`, `claim ${word(random)} = x`, `# ${word(random)}`,
      `choose x\n  ${word(random)}) x\n  b) ${word(random)}`, `u_{${word(random)}} = x\nfind u_{${word(random)}}`,
      `check\n  (x + 1)^2 = x^2 + 2 x + 1 (${word(random)})`, `\\text{${word(random)}} = 2 x`, `given ${word(random)} = 1`,
      `assume ${word(random)}`, 'find d/dx x^2', 'draw', 'C = (x - 1)^2',
    ]); // biome-ignore format: a list of words
  const block = () =>
    [
      '```handgrad',
      random.chance(0.3)
        ? spliced(corpus, random).split('\n').slice(-6).join('\n')
        : random.many(1, 4, line).join('\n'),
      '```',
    ].join('\n');
  const parts = random.many(1, 2, () => `${prose().join('\n\n')}\n\n${block()}\n`);
  const text = `# Title ${word(random)}\n\n${parts.join('\n')}`;
  return random.chance(0.3) ? damaged(text, random) : text;
}
