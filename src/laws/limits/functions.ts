/** Known functions in limits: through exp and log, by Taylor's series, or by their rows' limits. */
import Fraction from 'fraction.js';
import { call, type Formula, infinity, negate, symbol } from '../../expression/formula.js';
import { type FunctionRow, functionTable } from '../../expression/functions.js';
import { same } from '../../expression/same.js';
import { Unsupported } from '../../expression/unsupported.js';
import { substitute } from '../../expression/walk.js';
import { differentiate } from '../differentiate.js';
import { formulaFrom } from '../plain-text.js';
import { parametersAs, rowFormulas } from '../row-formulas.js';
import { type Coefficient, coefficientOf, formulaOf, rational, times } from './coefficient.js';
import { compareGrowth, product, toPower, unit } from './monomial.js';
import {
  constantly,
  exponentialSeries,
  finalSign,
  leading,
  logarithmSeries,
  numerically,
  powerSeries,
  productOf,
  type Series,
  smallerThan,
  sumOf,
} from './series.js';

/** Functions written so that sizes can be seen: with exp, log, powers and steps. */
const written: ReadonlyMap<string, string> = new Map([
  ['tanh', '1 - 2/(1 + exp(2 u))'],
  ['sinh', '(exp(u) - exp(-u))/2'],
  ['cosh', '(exp(u) + exp(-u))/2'],
  ['coth', '1 + 2/(exp(2 u) - 1)'],
  ['sech', '2/(exp(u) + exp(-u))'],
  ['csch', '2/(exp(u) - exp(-u))'],
  ['asinh', 'log(u + (u^2 + 1)^(1/2))'],
  ['acosh', 'log(u + (u^2 - 1)^(1/2))'],
  ['atanh', 'log((1 + u)/(1 - u))/2'],
  ['tan', 'sin(u)/cos(u)'],
  ['cot', 'cos(u)/sin(u)'],
  ['sec', '1/cos(u)'],
  ['csc', '1/sin(u)'],
  ['cbrt', 'sign(u) abs(u)^(1/3)'],
  ['sign', '1{u > 0} - 1{u < 0}'],
  ['heaviside', '1{u > 0}'],
  ['abs', 'u sign(u)'],
  ['relu', 'u 1{u > 0}'],
  ['leaky_relu', 'u 1{u > 0} + u/100 1{u <= 0}'],
  ['elu', 'u 1{u > 0} + (exp(u) - 1) 1{u <= 0}'],
  ['selu', '1.0507009873554805 (u 1{u > 0} + 1.6732632423543772 (exp(u) - 1) 1{u <= 0})'],
  ['hardtanh', 'u 1{u > -1} 1{u < 1} + 1{u >= 1} - 1{u <= -1}'],
]);

const writtenFormulas = new WeakMap<FunctionRow, Formula>();

/** A function through simpler ones, as limits need it. */
export function writtenFor(row: FunctionRow): Formula | undefined {
  const known = writtenFormulas.get(row);
  if (known) return known;
  const text = written.get(row.name);
  const formula = text === undefined ? rowFormulas(row).definition : formulaFrom(text);
  if (formula) writtenFormulas.set(row, formula);
  return formula;
}

/** Orders of Taylor's series at a finite place. */
const ORDER = 5;

/** The value, slope, ... of a function of one number at a place, divided by factorials. */
function taylor(row: FunctionRow, place: Coefficient): readonly Coefficient[] {
  const u = symbol('u');
  const at = formulaOf(place);
  let formula: Formula = call(row.name, [u]);
  let factorial = 1;
  const coefficients: Coefficient[] = [];
  for (let n = 0; n <= ORDER; n += 1) {
    if (n > 0) {
      formula = differentiate(formula, u);
      factorial *= n;
    }
    const value = coefficientOf(substitute(formula, new Map([['u', at]])));
    coefficients.push(times(value, rational(new Fraction(1, factorial))));
  }
  return coefficients;
}

/** A finite limit and what is left; `undefined` where the argument grows. */
function split(of: Series): { readonly place: Coefficient; readonly small: Series } | undefined {
  const [first] = of.terms;
  const size = first?.monomial ?? of.rest ?? unit;
  const growth = compareGrowth(size, unit);
  if (growth > 0) return undefined;
  const constant = first && growth === 0 ? first.coefficient : coefficientOf(zeroFormula);
  return {
    place: constant,
    small: { terms: growth === 0 ? of.terms.slice(1) : of.terms, rest: of.rest },
  };
}

const zeroFormula: Formula = formulaOf(new Map());

/** What stays bounded: smaller than a logarithm. */
const bounded = smallerThan({ ...unit, log: new Fraction(1) });

/** erf(u) = +-1 - exp(-u^2)/(u sqrt(pi)) (1 + smaller) far out (DLMF 7.12.1). */
function errorFunctionFarOut(argument: Series): Series {
  const square = productOf(argument, argument);
  const tail = exponentialSeries(productOf(numerically(-1), square));
  const size = tail.terms[0]?.monomial ?? tail.rest ?? unit;
  const below = toPower(leading(argument).monomial, new Fraction(-1));
  // The tail is as large as exp(-u^2)/u; a logarithm more makes it smaller than the bound.
  return sumOf(
    numerically(finalSign(argument)),
    smallerThan(product(size, product(below, { ...unit, log: new Fraction(1) }))),
  );
}

/** atan(u) = +-pi/2 - atan(1/u) far out. */
function arcTangentFarOut(argument: Series, inverse: Series): Series {
  const half = constantly(formulaFrom('pi/2'));
  const near = powerSeries(taylor(functionTable.get('atan') as FunctionRow, new Map()), inverse);
  return sumOf(productOf(numerically(finalSign(argument)), half), productOf(numerically(-1), near));
}

/**
 * A known function of one argument, of a series.
 *
 * @throws Unsupported where no way is known
 */
export function functionOf(row: FunctionRow, argument: Series, inverse: () => Series): Series {
  if (row.name === 'log') return logarithmSeries(argument);
  const finite = split(argument);
  if (row.name === 'exp')
    return finite ? exponentialSeries(argument) : farOut(row, argument, inverse);
  if (!finite) return farOut(row, argument, inverse);
  return powerSeries(taylor(row, finite.place), finite.small);
}

function farOut(row: FunctionRow, argument: Series, inverse: () => Series): Series {
  switch (row.name) {
    case 'sin':
    case 'cos':
      return bounded;
    case 'atan':
      return arcTangentFarOut(argument, inverse());
    case 'erf':
      return errorFunctionFarOut(argument);
    case 'exp':
      try {
        return exponentialSeries(argument);
      } catch (error) {
        if (error instanceof Unsupported && finalSign(argument) < 0) return smallerThan(unit);
        throw error;
      }
    default:
      throw new Unsupported(
        `no law for ${row.name} of something that grows without bound`,
        call(row.name, [finalSign(argument) < 0 ? negate(infinity) : infinity]),
      );
  }
}

/** The definition of a row at its arguments. */
export const definedAt = (
  formula: Formula,
  row: FunctionRow,
  args: readonly Formula[],
): Formula => {
  const result = substitute(formula, parametersAs(row, args));
  if (same(result, call(row.name, args)))
    throw new Unsupported(`${row.name} is defined through itself`, result);
  return result;
};
