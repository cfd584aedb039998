/**
 * A definition is a law both ways: `mu = 1/N sum_i x_i` also says `sum_i x_i = N mu`, hence
 * `sum_i (x_i - mu) = 0`. That one consequence is what normalisation layers need.
 */
import { type Formula, isNumber, type SymbolFormula, symbol, zero } from '../expression/formula.js';
import { same } from '../expression/same.js';
import { freeNames, rewriteUp, substitute } from '../expression/walk.js';
import { affineKey, affineNumber, minus, plus, toAffine } from './conditions/affine.js';
import { match } from './match.js';
import { type OpenedDefinition, openDefinition, type Prepared } from './prepared.js';
import type { Room } from './term.js';

type SumFormula = Extract<Formula, { kind: 'sum' | 'product' }>;

/** `name = 1/N sum_i body`, taken apart. */
interface Mean {
  readonly opened: OpenedDefinition;
  readonly total: SumFormula;
}

export class Centred {
  private readonly means: readonly Mean[];

  constructor(prepared: Prepared, room: Room) {
    this.means = prepared.definitions.flatMap((definition) => {
      const opened = openDefinition(definition, room.names);
      const total = meanOf(opened.right);
      return total ? [{ opened, total }] : [];
    });
  }

  /** The formula with sums of deviations from their own mean as zero. */
  without(formula: Formula): Formula {
    if (this.means.length === 0) return formula;
    return rewriteUp(formula, (part) =>
      part.kind === 'sum' && this.isDeviation(part) ? zero : part,
    );
  }

  private isDeviation({ index, bounds, where, body }: SumFormula): boolean {
    if (!bounds || where.length > 0) return false;
    const factors = body.kind === 'multiply' ? body.factors : [body];
    const moving = factors.filter((factor) => freeNames(factor).has(index));
    const [deviation] = moving;
    if (moving.length !== 1 || deviation?.kind !== 'add' || deviation.terms.length !== 2)
      return false;
    const entry = deviation.terms.find((term) => freeNames(term).has(index));
    const other = deviation.terms.find((term) => term !== entry);
    const mean = other && negated(other);
    if (!entry || mean?.kind !== 'symbol' || freeNames(mean).has(index)) return false;
    return this.means.some(({ opened, total }) => {
      const head = symbol(opened.name, opened.head);
      const bindings = match(head, mean, new Set(opened.variables));
      if (!bindings || !total.bounds) return false;
      const put = (part: Formula) => substitute(part, bindings);
      const inner = new Map([[total.index, symbol(index)]]);
      return (
        same(put(substitute(total.body, inner)), entry) &&
        same(put(total.bounds.lower), bounds.lower) &&
        same(put(total.bounds.upper), bounds.upper)
      );
    });
  }
}

/** The sum in `1/N sum_{i=a}^b body` if N is the number of its terms. */
function meanOf(right: Formula): SumFormula | undefined {
  if (right.kind !== 'multiply' || right.factors.length !== 2) return undefined;
  const total = right.factors.find((factor) => factor.kind === 'sum');
  const share = right.factors.find((factor) => factor !== total);
  if (total?.kind !== 'sum' || !total.bounds || total.where.length > 0) return undefined;
  if (share?.kind !== 'power' || !isNumber(share.exponent, -1)) return undefined;
  const { lower, upper } = total.bounds;
  const count = plus(minus(toAffine(upper), toAffine(lower)), affineNumber(1));
  return affineKey(count) === affineKey(toAffine(share.base)) ? total : undefined;
}

/** `mu` for `-mu`. */
function negated(formula: Formula): SymbolFormula | undefined {
  if (formula.kind !== 'multiply' || formula.factors.length !== 2) return undefined;
  const [sign, name] = formula.factors;
  return sign && isNumber(sign, -1) && name?.kind === 'symbol' ? name : undefined;
}
