/** The independent check of a derivative: central differences in 64 digits. */
import type { CheckedView } from '../document/view.js';
import type { Condition, DerivativeFormula, Formula } from '../expression/formula.js';
import type { Lowered, Network } from '../network/network.js';
import { confirmDerivative } from '../numeric/confirm.js';
import { definitionOf } from '../simplify/unfold.js';

export interface Confirmed {
  readonly refuted: boolean;
  readonly checked: readonly CheckedView[];
}

const nothing: Confirmed = { refuted: false, checked: [] };

/** Checks an answer if the ask is a derivative, or the name of one. */
export function confirmed(
  asked: Lowered,
  answer: Formula,
  where: readonly Condition[],
  network: Network,
): Confirmed {
  const derivative = derivativeBehind(asked.body, network);
  if (!derivative || derivative.of.kind === 'derivative') return nothing;
  const result = confirmDerivative(
    {
      answer,
      of: derivative.of,
      by: derivative.by,
      ranges: [...asked.axes, ...asked.free],
      where,
    },
    network,
  );
  switch (result.verdict) {
    case 'confirmed':
      return {
        refuted: false,
        checked: [
          {
            how: 'differences',
            message: `central differences of the forward formulas, in 64 digits, at ${result.points} points`,
          },
        ],
      };
    case 'refuted':
      return {
        refuted: true,
        checked: [
          {
            how: 'differences',
            message: `central differences in 64 digits give ${result.difference} where the answer gives ${result.answer}`,
          },
        ],
      };
    case 'skipped':
      return nothing;
  }
}

function derivativeBehind(formula: Formula, network: Network): DerivativeFormula | undefined {
  if (formula.kind === 'derivative') return formula;
  if (formula.kind !== 'symbol') return undefined;
  const right = definitionOf(formula, network.definitions);
  return right?.kind === 'derivative' ? right : undefined;
}
