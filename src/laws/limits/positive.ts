/**
 * Names known to be positive, in limits: each is written as a square while the limit is sought, so
 * that its sign can be seen, and as itself again in the result.
 */
import {
  type Formula,
  number,
  power,
  rawPower,
  type SymbolFormula,
  symbol,
} from '../../expression/formula.js';
import { rewriteUp } from '../../expression/walk.js';

/** No name of a sheet has a space in it. */
const ROOT = 'root of ';

const isRoot = (formula: Formula): formula is SymbolFormula =>
  formula.kind === 'symbol' && formula.name.startsWith(ROOT);

/** Whether a factor is positive by being an even power of such a root. */
export const isPositiveFactor = (
  atom: Formula,
  exponent: { readonly n: bigint; readonly d: bigint },
): boolean => isRoot(atom) && exponent.d === 1n && exponent.n % 2n === 0n;

/** The formula with positive names as squares. */
export function asSquares(formula: Formula, positive: ReadonlySet<string>): Formula {
  if (positive.size === 0) return formula;
  return rewriteUp(formula, (part) =>
    part.kind === 'symbol' && positive.has(part.name)
      ? rawPower(symbol(`${ROOT}${part.name}`, part.indices), number(2))
      : part,
  );
}

/** The formula with the names themselves again. */
export function asThemselves(formula: Formula): Formula {
  return rewriteUp(formula, (part) => {
    if (part.kind === 'power' && part.base.kind === 'power' && part.base.exponent.kind === 'number')
      return mergedRoot(part) ?? part;
    return isRoot(part) ? power(named(part), number('1/2')) : part;
  });
}

const named = (root: SymbolFormula): SymbolFormula =>
  symbol(root.name.slice(ROOT.length), root.indices);

/** (k^(1/2))^e is k^(e/2), since k is positive. */
function mergedRoot(formula: Extract<Formula, { kind: 'power' }>): Formula | undefined {
  const { base, exponent } = formula;
  if (base.kind !== 'power' || base.exponent.kind !== 'number' || exponent.kind !== 'number')
    return undefined;
  if (!base.exponent.value.equals('1/2')) return undefined;
  return power(base.base, number(base.exponent.value.mul(exponent.value)));
}
