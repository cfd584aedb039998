/** The derivative of one function by one of its arguments, with conventions at kinks. */
import {
  call,
  cases,
  compare,
  type DerivativeSlot,
  type Formula,
  indicator,
  isNumber,
  multiply,
  number,
  symbol,
} from '../expression/formula.js';
import { type FunctionRow, functionTable } from '../expression/functions.js';
import { substitute } from '../expression/walk.js';
import type { LawContext } from '../rewrite/law.js';
import { parametersAs, rowFormulas } from './row-formulas.js';

/** The row of a known function, unless the sheet gives that name another meaning. */
export const rowOf = (name: string, context: LawContext): FunctionRow | undefined =>
  context.functions?.has(name) ? undefined : functionTable.get(name);

/** The slope at a kink that the text of the row gives; zero where the row says nothing. */
const slopeAtKink = (row: FunctionRow, at: number): number =>
  row.slopesAtKinks?.[row.kinks.indexOf(at)] ?? 0;

function withConventions(row: FunctionRow, slope: Formula, context: LawContext): Formula {
  const [parameter] = row.parameters.map((name) => symbol(name));
  if (!parameter || row.parameters.length > 1) return slope;
  const chosen = (context.conventions ?? []).filter(
    (convention) =>
      convention.function === row.name &&
      row.kinks.includes(convention.at) &&
      convention.value !== slopeAtKink(row, convention.at),
  );
  if (chosen.length === 0) return slope;
  const [only] = chosen;
  // The step of a rectifier takes its border along: `1{u >= 0}` instead of two cases.
  if (chosen.length === 1 && only?.value === 1 && slope.kind === 'indicator') {
    const { when } = slope;
    if (when.kind === 'compare' && when.relation === '>' && isNumber(when.right, only.at))
      return indicator(compare(when.left, '>=', when.right));
  }
  const branches = chosen.map((convention) => ({
    when: compare(parameter, '=', number(convention.at)),
    value: number(convention.value),
  }));
  return cases(branches, slope);
}

/**
 * The largest (smallest) argument carries the derivative, of equal ones the first: exactly one does,
 * so that `max(u, u)` has the derivative of `u`. Beside a number none does at a tie, as relu'(0) = 0;
 * what equals a number all along has no derivative to lose.
 */
function slopeOfExtreme(name: 'max' | 'min', args: readonly Formula[], argument: number): Formula {
  const chosen = args[argument] as Formula;
  const beats = name === 'max' ? '>' : '<';
  const reaches = name === 'max' ? '>=' : '<=';
  const factors = args.flatMap((other, place) => {
    if (place === argument) return [];
    const isStrict = place < argument || other.kind === 'number' || other.kind === 'constant';
    return [indicator(compare(chosen, isStrict ? beats : reaches, other))];
  });
  return multiply(...factors);
}

/** The derivative of a known function by one argument, at its arguments. */
export function slopeOf(
  row: FunctionRow,
  args: readonly Formula[],
  argument: number,
  context: LawContext,
): Formula | undefined {
  if (row.name === 'max' || row.name === 'min') return slopeOfExtreme(row.name, args, argument);
  const text = rowFormulas(row).derivatives[argument];
  if (!text || args.length !== row.parameters.length) return undefined;
  return substitute(withConventions(row, text, context), parametersAs(row, args));
}

/** A slot more on an abstract function: `f'(z)`, `C_{;j}(a)`. */
export function withSlot(
  formula: Extract<Formula, { kind: 'call' }>,
  slot: DerivativeSlot,
): Formula {
  return call(formula.name, formula.args, {
    indices: formula.indices,
    slots: [...formula.slots, slot],
  });
}
