/** Slopes of activations as they are written by hand: `1 - h^2` of tanh, `y (1 - y)` of the sigmoid. */
import { type Formula, isNumber, rawMultiply } from '../../expression/formula.js';
import { same } from '../../expression/same.js';
import type { Network } from '../../network/network.js';
import { placesOf } from '../places.js';

/** An output `v` that a formula is the slope of, with the activation that has such a slope. */
interface Sloped {
  readonly activation: 'tanh' | 'sigmoid';
  readonly output: Formula;
}

/** What is taken from 1 in `1 - v`. */
function takenFromOne(formula: Formula): Formula | undefined {
  if (formula.kind !== 'add' || formula.terms.length !== 2) return undefined;
  const [constant, other] = formula.terms;
  if (!constant || !isNumber(constant, 1) || other?.kind !== 'multiply') return undefined;
  const [sign, taken] = other.factors;
  return other.factors.length === 2 && sign && isNumber(sign, -1) ? taken : undefined;
}

function slopedOf(formula: Formula): Sloped | undefined {
  const square = takenFromOne(formula);
  if (square?.kind === 'power' && isNumber(square.exponent, 2))
    return { activation: 'tanh', output: square.base };
  if (formula.kind !== 'multiply' || formula.factors.length !== 2) return undefined;
  const [output, rest] = formula.factors;
  const taken = rest && takenFromOne(rest);
  return output && taken && same(output, taken) ? { activation: 'sigmoid', output } : undefined;
}

/**
 * The activation whose slope a formula is: `tanh` for `1 - h_i^2` where `h` is defined by tanh, the
 * name of the function for `f'(z)`, relu for `1{z > 0}`.
 */
export function activationOf(formula: Formula, network: Network): string | undefined {
  if (formula.kind === 'call' && formula.slots.length === 1 && formula.args.length === 1)
    return formula.name;
  if (formula.kind === 'indicator') {
    const { when } = formula;
    return when.kind === 'compare' && isNumber(when.right, 0) ? 'relu' : undefined;
  }
  const sloped = slopedOf(formula);
  if (!sloped) return undefined;
  const { activation, output } = sloped;
  const isOutput =
    output.kind === 'call'
      ? output.name === activation
      : output.kind === 'symbol' &&
        network.definitions.some(
          ({ name, right }) =>
            name === output.name && right.kind === 'call' && right.name === activation,
        );
  return isOutput ? activation : undefined;
}

/** Pairs of factors `y (1 - y)` in the products of a formula, each as one factor. */
export const outputSlopesIn = (formula: Formula): readonly Formula[] =>
  placesOf(formula).flatMap(({ part }) =>
    part.kind === 'multiply'
      ? part.factors.flatMap((factor) => {
          const taken = takenFromOne(factor);
          return taken && part.factors.some((other) => same(other, taken))
            ? [rawMultiply([taken, factor])]
            : [];
        })
      : [],
  );
