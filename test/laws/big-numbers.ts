/** Formulas as texts for mathjs, and central differences of them in 64 digits. */
import { all, type BigNumber, create, type FactoryFunctionMap, type MathJsInstance } from 'mathjs';
import type { Condition, Formula } from '../../src/expression/formula.js';

/** Functions that mathjs has under another name, or not at all, as texts. */
const written: Readonly<Record<string, (u: string, v: string) => string>> = {
  log: (u) => `log(${u})`,
  sinc: (u) => `(sin(${u})/(${u}))`,
  erf: (u) => `errorFunction(${u})`,
  sigmoid: (u) => `(1/(1+exp(-(${u}))))`,
  relu: (u) => `((${u}) > 0 ? (${u}) : 0)`,
  leaky_relu: (u) => `((${u}) > 0 ? (${u}) : (${u})/100)`,
  elu: (u) => `((${u}) > 0 ? (${u}) : exp(${u})-1)`,
  selu: (u) => `(1.0507009873554805*((${u}) > 0 ? (${u}) : 1.6732632423543772*(exp(${u})-1)))`,
  softplus: (u) => `log(1+exp(${u}))`,
  softsign: (u) => `((${u})/(1+abs(${u})))`,
  silu: (u) => `((${u})/(1+exp(-(${u}))))`,
  gelu: (u) => `((${u})*(1+errorFunction((${u})/sqrt(2)))/2)`,
  mish: (u) => `((${u})*tanh(log(1+exp(${u}))))`,
  hardtanh: (u) => `((${u}) > 1 ? 1 : ((${u}) < -1 ? -1 : (${u})))`,
  heaviside: (u) => `((${u}) > 0 ? 1 : 0)`,
  identity: (u) => `(${u})`,
  acot: (u) => `(pi/2-atan(${u}))`,
  hypot: (u, v) => `sqrt((${u})^2+(${v})^2)`,
  max: (u, v) => `((${u}) > (${v}) ? (${u}) : (${v}))`,
  min: (u, v) => `((${u}) < (${v}) ? (${u}) : (${v}))`,
  pow: (u, v) => `((${u})^(${v}))`,
};

/** A core formula without families as a text for mathjs. */
export function mathjsText(formula: Formula): string {
  const text = (part: Formula): string => `(${mathjsText(part)})`;
  switch (formula.kind) {
    case 'number':
      return formula.value.toFraction();
    case 'constant':
      return 'pi';
    case 'symbol':
      return formula.name;
    case 'add':
      return formula.terms.map(text).join('+');
    case 'multiply':
      return formula.factors.map(text).join('*');
    case 'power':
      return `${text(formula.base)}^${text(formula.exponent)}`;
    case 'indicator':
      return `(${conditionText(formula.when)} ? 1 : 0)`;
    case 'call': {
      const [u = '', v = ''] = formula.args.map(mathjsText);
      const known = written[formula.name];
      return known ? known(u, v) : `${formula.name}(${formula.args.map(mathjsText).join(',')})`;
    }
    default:
      throw new Error(`no text for mathjs: ${formula.kind}`);
  }
}

function conditionText(condition: Condition): string {
  if (condition.kind !== 'compare') throw new Error('no text for mathjs: a condition');
  const relation = condition.relation === '=' ? '==' : condition.relation;
  return `(${mathjsText(condition.left)}) ${relation} (${mathjsText(condition.right)})`;
}

const math = create(all as FactoryFunctionMap, {
  number: 'BigNumber',
  precision: 64,
}) as MathJsInstance;

/** The error function by its Taylor series (DLMF 7.6.1), summed until the terms vanish. */
math.import({
  errorFunction: (u: BigNumber): BigNumber => {
    let term = math.bignumber(u);
    let total = term;
    for (let n = 1; n < 400; n += 1) {
      term = math.divide(
        math.multiply(math.multiply(term, u), math.multiply(u, -1)),
        n,
      ) as BigNumber;
      total = math.add(total, math.divide(term, 2 * n + 1)) as BigNumber;
    }
    return math.divide(
      math.multiply(total, 2),
      math.sqrt(math.acos(math.bignumber(-1))),
    ) as BigNumber;
  },
});

type Values = Readonly<Record<string, string>>;
const scopeOf = (values: Values): Record<string, BigNumber> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, math.bignumber(value)]));

/** The number of a formula in 64 digits. */
export const bigValue = (formula: Formula, values: Values): number =>
  Number(math.evaluate(mathjsText(formula), scopeOf(values)));

/** The derivative at a point as a central difference, right to some 30 digits. */
export function bigDifference(formula: Formula, by: string, values: Values): number {
  const compiled = math.compile(mathjsText(formula));
  const scope = scopeOf(values);
  const here = scope[by] as BigNumber;
  const step = math.bignumber('1e-16');
  const right = compiled.evaluate({ ...scope, [by]: math.add(here, step) }) as BigNumber;
  const left = compiled.evaluate({ ...scope, [by]: math.subtract(here, step) }) as BigNumber;
  const slope = math.divide(math.subtract(right, left), math.multiply(step, 2));
  if (!math.isBigNumber(slope)) return Number.NaN;
  return slope.toNumber();
}

/** The number of the derivative that mathjs itself takes; `undefined` where it cannot. */
export function mathjsDerivative(formula: Formula, by: string, values: Values): number | undefined {
  try {
    const taken = math.derivative(mathjsText(formula), by, { simplify: false });
    const value: unknown = taken.evaluate(scopeOf(values));
    return math.isBigNumber(value) ? value.toNumber() : undefined;
  } catch {
    return undefined;
  }
}
