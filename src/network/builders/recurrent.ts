/** `recurrent 3-4-2`: one recurrent layer over T steps and an output at each, as definitions. */
import { activation, lossText } from './losses.js';
import { type BuilderLine, BuilderOptions, sizesOf } from './options.js';

export const recurrentOptions = ['hidden', 'output', 'loss', 'no biases', 'names', 'steps'];

/**
 * The lines of a recurrent network with the time above: `z^t = U x^t + W h^(t-1) + b`,
 * `h^t = tanh(z^t)`, `yhat^t = V h^t + c`; the loss `C` is the sum over all steps. The weights are
 * shared over time; `steps 5` makes the number of steps concrete.
 */
export function recurrentLines(text: string, source: BuilderLine): readonly string[] {
  const [inputs, units, outputs] = sizesOf(text, source);
  const options = new BuilderOptions(source, recurrentOptions);
  const [U, W, b, z, h, V, c] = options.letters(['U', 'W', 'b', 'z', 'h', 'V', 'c']) as string[];
  const biases = options.get('no biases') === undefined;
  const hidden = activation(options.get('hidden') ?? 'tanh', source.line);
  const output = activation(options.get('output') ?? 'identity', source.line);
  const apply = (act: typeof hidden, value: string): string =>
    act.manner === 'identity' ? value : `${act.name}(${value})`;
  const lines = [
    `${z}^(t)_j = sum_i ${U}_ji x^(t)_i + sum_k ${W}_jk ${h}^(t-1)_k${biases ? ` + ${b}_j` : ''}    for t = 1..T`,
    `${h}^(t)_j = ${apply(hidden, `${z}^(t)_j`)}    for t = 1..T`,
    `${U} in R^(${units} x ${inputs})`,
    `${W} in R^(${units} x ${units})`,
  ];
  if (outputs !== undefined) {
    const top = `sum_j ${V}_mj ${h}^(t)_j${biases ? ` + ${c}_m` : ''}`;
    if (output.manner === 'whole')
      lines.push(
        `o^(t)_m = ${top}    for t = 1..T`,
        `yhat^(t) = ${output.name}(o^(t))    for t = 1..T`,
      );
    else
      lines.push(
        `yhat^(t)_m = ${apply(output, output.manner === 'identity' ? top : `${top}`)}    for t = 1..T`,
      );
    lines.push(`${V} in R^(${outputs} x ${units})`);
    const loss = options.get('loss');
    if (loss !== undefined) {
      const one = lossText(loss, '^(t)_j', `${outputs}`, source.line);
      lines.push(`C = sum_{t=1}^{T} (${one})`);
    }
  }
  const steps = options.number('steps');
  if (steps !== undefined) lines.push(`T = ${steps}`);
  return lines;
}
