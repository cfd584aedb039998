/** Losses by name, as formulas in the output and the target of one unit; one row each. */
import { functionNamed } from '../../expression/functions.js';
import { NetworkError } from '../errors.js';

interface LossRow {
  readonly names: readonly string[];
  /** The loss of one sample; `[j]` is replaced by the index, `SIZE` by the number of outputs. */
  readonly text: string;
}

const losses: readonly LossRow[] = [
  { names: ['squared error', 'sse'], text: 'sum_j (yhat[j] - y[j])^2' },
  { names: ['half squared error'], text: '1/2 sum_j (yhat[j] - y[j])^2' },
  { names: ['mean squared error', 'mse'], text: '1/SIZE sum_j (yhat[j] - y[j])^2' },
  { names: ['absolute error'], text: 'sum_j abs(yhat[j] - y[j])' },
  {
    names: ['cross-entropy', 'cross entropy', 'categorical cross-entropy'],
    text: '-sum_j y[j] log(yhat[j])',
  },
  {
    names: ['binary cross-entropy', 'binary cross entropy', 'log loss'],
    text: '-sum_j (y[j] log(yhat[j]) + (1 - y[j]) log(1 - yhat[j]))',
  },
];

/** The loss by name; throws `NetworkError` that lists the names there are. */
export function lossText(name: string, index: string, outputs: string, line: number): string {
  const row = losses.find((loss) => loss.names.includes(name.toLowerCase()));
  if (!row)
    throw new NetworkError(
      `There is no loss "${name}"; there are: ${losses.map((loss) => loss.names[0]).join(', ')}.`,
      line,
    );
  return row.text.replaceAll('[j]', index).replaceAll('SIZE', outputs);
}

/** An activation applied to a unit, or to the whole layer where it is softmax. */
export function activation(
  name: string,
  line: number,
): { readonly name: string; readonly manner: 'identity' | 'entrywise' | 'whole' } {
  if (name === 'identity' || name === 'linear' || name === 'none')
    return { name, manner: 'identity' };
  if (name === 'softmax') return { name, manner: 'whole' };
  const row = functionNamed(name);
  if (row && row.parameters.length === 1) return { name: row.name, manner: 'entrywise' };
  if (/^[a-zA-Z]\w*$/.test(name)) return { name, manner: 'entrywise' };
  throw new NetworkError(`"${name}" is not the name of an activation.`, line);
}
