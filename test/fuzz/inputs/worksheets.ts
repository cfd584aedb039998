/** Worksheets of statements by a grammar. */
import type { Random } from '../random.js';
import { anyFormula, scopeText } from './formulas.js';

const builders = (random: Random): string => {
  const sizes = random.many(2, 4, () => random.pick(['1', '2', '3', '4', 'n', '0', 'K'])).join('-');
  const options = random.many(
    0,
    4,
    () =>
    random.pick([
      'hidden tanh', 'hidden relu', 'output softmax', 'output sigmoid', 'loss cross-entropy', 'loss squared error',
      'loss binary cross-entropy', 'loss half squared error', 'no biases', 'weights from-to', 'names V c s h',
      'all weights 0.1', 'batch 3', 'batch N', 'hidden f', 'activation g', 'output linear',
    ]), // biome-ignore format: a list of words
  );
  return [`network: dense ${sizes}`, ...options].join(', ');
};

const asks = [
  'find dLoss/dv_i', 'find dLoss/dw^l_ij', 'find dLoss/dh^l_i for l < L', 'find dC/dW^1', 'find dC/dW^l',
  'find dC/db^l_j', 'find dC/dx', 'find Loss', 'count parameters', 'count paths from x_1 to C', 'draw',
  'update all by sgd, eta = 0.1', 'find shape of dC/dW^1', 'find dC/dW^1 as matrix', 'find dC/dx in terms of x, y',
  'limit d/dx tanh(x) as x -> infinity', 'expect Loss = 1', 'choose dLoss/dv_i\n  a) h^L_i\n  b) v_i',
]; // biome-ignore format: a list of words

function statement(random: Random): string {
  const formula = () => anyFormula(random, random.between(0, 2));
  switch (random.below(12)) {
    case 0:
      return `${random.pick(['u', 'q_i', 'r^l_j', 's', 'M'])} = ${formula()}${random.pick(['', '', ' for i = 1..N', ' for l = 1..L'])}`;
    case 1:
      return `find ${formula()}`;
    case 2:
      return `find d${random.pick(['u', 'q_1', 's', 'Loss'])}/d${random.pick(['x', 'y', 'v_1', 'v_k', 'A_11', 'c'])}`;
    case 3:
      return `simplify ${formula()}`;
    case 4:
      return `claim ${formula()} ${random.pick(['=', '<', '>='])} ${formula()}`;
    case 5:
      return `check\n${random.many(1, 3, () => `  ${random.pick(['', '= '])}${formula()} = ${formula()}`).join('\n')}`;
    case 6:
      return `given ${random.pick(['x', 'y', 'N', 'L', 'v', 'v_1', 'u'])} = ${random.pick(['1', '2', '-1', '0', '0.5', '[1, 2]', '[[1,2],[3,4]]', '1e9', '3/0'])}`;
    case 7:
      return `assume ${formula()} ${random.pick(['=', '>'])} ${random.pick(['0', '1', 'x'])}`;
    case 8:
      return `limit ${formula()} as x -> ${random.pick(['0', 'infinity', '1', '-infinity', 'y'])}`;
    case 9:
      return `fill ${formula()} = ___ ${formula()}`;
    default:
      return random.pick(asks);
  }
}

/** A worksheet of a few statements in a scope of families or of a builder. */
export function worksheet(random: Random): string {
  const head = random.chance(0.3) ? builders(random) : scopeText;
  return `${[head, ...random.many(1, 4, () => statement(random))].join('\n')}\n`;
}
