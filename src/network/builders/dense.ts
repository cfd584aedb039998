/** `dense 3-4-2`: fully connected layers, as the definitions that a person would write. */
import { activation, lossText } from './losses.js';
import { type BuilderLine, BuilderOptions, sizesOf } from './options.js';

export const denseOptions = [
  'hidden',
  'output',
  'loss',
  'no biases',
  'weights',
  'names',
  'all weights',
  'all biases',
  'batch',
];

/**
 * The lines of a dense network: `a^0 = x`, `z^l = W^l a^(l-1) + b^l`, `a^l = f(z^l)`, `yhat = a^L`,
 * and the loss `C` if one is named. Hidden units have an abstract activation `f` and output units
 * none unless said otherwise; a batch puts the sample index first and averages the loss.
 */
export function denseLines(text: string, source: BuilderLine): readonly string[] {
  const sizes = sizesOf(text, source);
  const options = new BuilderOptions(source, denseOptions);
  const [W, b, z, a] = options.letters(['W', 'b', 'z', 'a']) as [string, string, string, string];
  const depth = sizes.length - 1;
  const outputs = sizes[depth] as number;
  const batch = options.get('batch');
  const unit = (letter: string): string => (batch === undefined ? letter : `{i,${letter}}`);
  const fromTo = options.get('weights') === 'from-to';
  const only = batch === undefined ? '' : `    for i = 1..${batch}`;
  const samples = batch === undefined ? '' : `, i = 1..${batch}`;
  const bias = options.get('no biases') === undefined ? ` + ${b}^(l)_j` : '';
  const lines = [
    `${a}^(0)_${unit('k')} = x_${unit('k')}${only}`,
    `${z}^(l)_${unit('j')} = sum_k ${W}^(l)_${fromTo ? 'kj' : 'jk'} ${a}^(l-1)_${unit('k')}${bias}    for l = 1..${depth}${samples}`,
    ...activationLines(options, depth, [z, a], unit, [samples, only], source.line),
    `yhat_${unit('j')} = ${a}^(${depth})_${unit('j')}${only}`,
  ];
  for (let layer = 1; layer <= depth; layer += 1) {
    const [to, from] = [sizes[layer], sizes[layer - 1]];
    lines.push(`${W}^(${layer}) in R^(${fromTo ? `${from} x ${to}` : `${to} x ${from}`})`);
  }
  if (batch !== undefined) lines.push(`x in R^(${batch} x ${sizes[0]})`);
  const loss = options.get('loss');
  if (loss !== undefined) {
    const one = lossText(loss, `_${unit('j')}`, `${outputs}`, source.line);
    lines.push(batch === undefined ? `C = ${one}` : `C = 1/${batch} sum_i (${one})`);
  }
  return [...lines, ...startValues(options, sizes, [W, b], fromTo)];
}

function activationLines(
  options: BuilderOptions,
  depth: number,
  [z, a]: readonly [string, string],
  unit: (letter: string) => string,
  [samples, only]: readonly [string, string],
  line: number,
): readonly string[] {
  const hidden = activation(options.get('hidden') ?? 'f', line);
  const output = activation(options.get('output') ?? 'identity', line);
  const layerLine = (
    { name, manner }: ReturnType<typeof activation>,
    layer: string,
    range: string,
  ): string => {
    if (manner === 'whole') return `${a}^(${layer}) = ${name}(${z}^(${layer}))${range}`;
    const value = `${z}^(${layer})_${unit('j')}`;
    const right = manner === 'identity' ? value : `${name}(${value})`;
    return `${a}^(${layer})_${unit('j')} = ${right}${range}`;
  };
  return [
    ...(depth > 1 ? [layerLine(hidden, 'l', `    for l = 1..${depth - 1}${samples}`)] : []),
    layerLine(output, `${depth}`, output.manner === 'whole' ? '' : only),
  ];
}

function startValues(
  options: BuilderOptions,
  sizes: readonly number[],
  [W, b]: readonly [string, string],
  fromTo: boolean,
): readonly string[] {
  const weights = options.number('all weights');
  const biases = options.number('all biases');
  const row = (value: number, length: number): string =>
    `[${Array.from({ length }, () => value).join(', ')}]`;
  return sizes.slice(1).flatMap((to, place) => {
    const from = sizes[place] as number;
    const layer = place + 1;
    const [rows, columns] = fromTo ? [from, to] : [to, from];
    const matrix = Array.from({ length: rows }, () => row(weights ?? 0, columns)).join(', ');
    return [
      ...(weights === undefined ? [] : [`given ${W}^(${layer}) = [${matrix}]`]),
      ...(biases === undefined || options.get('no biases') !== undefined
        ? []
        : [`given ${b}^(${layer}) = ${row(biases, to)}`]),
    ];
  });
}
