/** `conv 10-3`: a one-dimensional convolution of a signal with a kernel, as definitions. */
import { activation, lossText } from './losses.js';
import { type BuilderLine, BuilderOptions, sizesOf } from './options.js';

export const convolutionOptions = ['hidden', 'output', 'loss', 'no biases', 'names'];

/**
 * The lines of a convolution of a signal of length N with a kernel of length K (`conv N-K`):
 * `z_i = sum_k w_k x_{i+k-1} + b` for i = 1..N-K+1, the activation, and the loss if one is named.
 */
export function convolutionLines(text: string, source: BuilderLine): readonly string[] {
  const [signal, kernel] = sizesOf(text, source) as [number, number];
  const options = new BuilderOptions(source, convolutionOptions);
  const [w, b, z, a] = options.letters(['w', 'b', 'z', 'a']) as [string, string, string, string];
  const outputs = Math.max(1, signal - kernel + 1);
  const bias = options.get('no biases') === undefined ? ` + ${b}` : '';
  const act = activation(options.get('hidden') ?? options.get('output') ?? 'f', source.line);
  const lines = [
    `${z}_i = sum_{k=1}^{${kernel}} ${w}_k x_{i+k-1}${bias}    for i = 1..${outputs}`,
    `${a}_i = ${act.manner === 'identity' ? `${z}_i` : `${act.name}(${z}_i)`}    for i = 1..${outputs}`,
    `yhat_i = ${a}_i    for i = 1..${outputs}`,
  ];
  const loss = options.get('loss');
  if (loss !== undefined) lines.push(`C = ${lossText(loss, '_j', `${outputs}`, source.line)}`);
  return lines;
}
