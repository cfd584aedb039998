/** From surface formulas to indices: every kind of node, by the shapes of its parts. */
import {
  type BoundFormula,
  bound,
  type CasesFormula,
  type Condition,
  cases,
  derivative,
  type Formula,
  indicator,
  isNumber,
  operation,
  type PowerFormula,
  rawAdd,
  rawPower,
  symbol,
} from '../../expression/formula.js';
import { mapCondition, substitute } from '../../expression/walk.js';
import { shapedCall } from './calls.js';
import { orderedProduct, pathEntry } from './chains.js';
import type { IndexingContext } from './context.js';
import { squaredNorm } from './counts.js';
import { shapedDerivative } from './derivatives.js';
import { shapedSymbol } from './names.js';
import { materialize } from './operands.js';
import { inverse, operationOfCall, shapedOperation } from './operations.js';
import { productOf } from './products.js';
import { type Shaped, scalar } from './shaped.js';
import { spread } from './spread.js';

/** Deepest nesting of formulas that is followed. */
const DEEPEST = 400;

/**
 * Writes out all indices of a surface formula. Ranges that nobody wrote stay open (`whole` bounds);
 * bound variables are renamed apart.
 *
 * @throws {ShapeError} where shapes do not fit.
 */
export function indexed(formula: Formula, context: IndexingContext, depth = 0): Shaped {
  if (depth > DEEPEST) throw context.clash('The formula is nested too deeply.');
  const lower = (part: Formula): Shaped => indexed(part, context, depth + 1);
  switch (formula.kind) {
    case 'number':
    case 'constant':
      return scalar(formula);
    case 'blank':
      return scalar(formula);
    case 'whole':
      throw context.clash('A colon stands for all entries and is only an index.');
    case 'symbol': {
      const { ranks, calls, bodies } = context.vocabulary;
      const bare = formula.indices.length === 0 && !ranks.has(formula.name);
      const abstract = bare ? calls.get(formula.name) : undefined;
      if (abstract) return lower(abstract);
      const defined = bare ? bodies.get(formula.name)?.body : undefined;
      if (defined) return lower(defined);
      return shapedSymbol(formula.name, formula.indices, context);
    }
    case 'add':
      return spread(formula.terms.map(lower), (bodies) => rawAdd(bodies), context, 'the sum');
    case 'multiply':
      return productOf(formula.factors.map(lower), context);
    case 'power':
      return shapedPower(formula, lower, context);
    case 'call': {
      const name = operationOfCall[formula.name];
      if (name && formula.args.length === 1 && !context.vocabulary.bodies.has(formula.name))
        return lower(operation(name, ...formula.args));
      return shapedCall(formula, lower, context);
    }
    case 'sum':
    case 'product':
      return shapedBound(formula, lower, context);
    case 'delta':
      return scalar(formula);
    case 'indicator': {
      const condition = shapedCondition(formula.when, lower, context);
      return { ...condition, body: indicator(condition.condition) };
    }
    case 'cases':
      return shapedCases(formula, lower, context);
    case 'derivative':
      return shapedDerivative(
        materialize(lower(formula.of), context),
        materialize(lower(formula.by), context),
        context,
      );
    case 'family':
      return formula.name === 'chain' ? pathEntry(formula, lower, context) : scalar(formula);
    case 'array':
      return scalar(formula);
    case 'operation':
      return shapedOperation(formula, lower, context);
  }
}

function shapedPower(
  formula: PowerFormula,
  lower: (part: Formula) => Shaped,
  context: IndexingContext,
): Shaped {
  const { base } = formula;
  const named = powerName(formula);
  if (named && base.kind === 'symbol' && context.vocabulary.powers.has(named))
    return shapedSymbol(named, base.indices, context);
  const gradient = byPowerName(formula, context);
  if (gradient) return lower(gradient);
  if (isNumber(formula.exponent, 2)) {
    const norm = base.kind === 'operation' && (base.name === 'norm' || base.name === 'frobenius');
    if (norm) return squaredNorm(materialize(lower(base.args[0] as Formula), context));
    const called = base.kind === 'call' && (base.name === 'norm' || base.name === 'fro');
    if (called) return squaredNorm(materialize(lower(base.args[0] as Formula), context));
  }
  const family = lower(base);
  if (family.axes.length === 2 && isNumber(formula.exponent, -1)) return inverse(family, context);
  if (family.axes.length === 1 && isNumber(formula.exponent, -1))
    throw context.clash('There is no division by a vector; write ./ for entry by entry.');
  const times = squareExponent(formula, context);
  if (family.axes.length === 2 && times)
    return productOf(
      Array.from({ length: times }, () => lower(base)),
      context,
    );
  const exponent = lower(formula.exponent);
  return spread(
    [family, exponent],
    ([body, upper]) => rawPower(body as Formula, upper as Formula),
    context,
    'the power',
  );
}

/** `dL/dsigma^2` where `sigma^2` is a name: the derivative by it, not the square of one. */
function byPowerName(
  { base, exponent }: PowerFormula,
  context: IndexingContext,
): Formula | undefined {
  if (base.kind !== 'derivative' || base.by.kind !== 'symbol') return undefined;
  const named = powerName(rawPower(base.by, exponent));
  return named && context.vocabulary.powers.has(named)
    ? derivative(base.of, symbol(named, base.by.indices))
    : undefined;
}

/** The name of a power that is defined as a whole, such as `sigma^2`. */
export function powerName(formula: Formula): string | undefined {
  if (formula.kind !== 'power' || formula.base.kind !== 'symbol') return undefined;
  const { exponent } = formula;
  return exponent.kind === 'number'
    ? `${formula.base.name}^${exponent.value.toFraction()}`
    : undefined;
}

/** Largest exponent of a matrix that is written out as a product. */
const LARGEST_MATRIX_POWER = 12;

/** The exponent of a power of a matrix that was declared square. */
function squareExponent(formula: PowerFormula, context: IndexingContext): number | undefined {
  const { base, exponent } = formula;
  if (exponent.kind !== 'number' || base.kind !== 'symbol') return undefined;
  const times = exponent.value.valueOf();
  const square = context.vocabulary.ranks.get(base.name)?.square ?? false;
  return square && Number.isInteger(times) && times >= 2 && times <= LARGEST_MATRIX_POWER
    ? times
    : undefined;
}

function shapedBound(
  formula: BoundFormula,
  lower: (part: Formula) => Shaped,
  context: IndexingContext,
): Shaped {
  const variable = context.make(formula.index);
  const renaming = new Map([[formula.index, symbol(variable)]]);
  const rename = (part: Formula): Formula => substitute(part, renaming);
  if (formula.bounds) context.written.set(variable, formula.bounds);
  const where = formula.where.map((condition) => mapCondition(condition, rename));
  const body = materialize(lower(rename(formula.body)), context);
  if (formula.kind === 'product' && body.axes.length === 2)
    return orderedProduct({ ...formula, index: variable, where }, body, context);
  return {
    axes: body.axes,
    row: body.row,
    body: bound(formula.kind, variable, formula.bounds, body.body, where),
  };
}

/** A condition whose sides are compared entry by entry. */
function shapedCondition(
  condition: Condition,
  lower: (part: Formula) => Shaped,
  context: IndexingContext,
): Shaped & { readonly condition: Condition } {
  if (condition.kind === 'member') return { ...scalar(condition.element), condition };
  const leaves: Formula[] = [];
  mapCondition(condition, (part) => {
    leaves.push(part);
    return part;
  });
  let bodies: readonly Formula[] = [];
  const shaped = spread(
    leaves.map(lower),
    (found) => {
      bodies = found;
      return rawAdd(found);
    },
    context,
    'the condition',
  );
  let place = -1;
  const result = mapCondition(condition, (part) => {
    place += 1;
    return bodies[place] ?? part;
  });
  return { axes: shaped.axes, row: shaped.row, body: shaped.body, condition: result };
}

function shapedCases(
  formula: CasesFormula,
  lower: (part: Formula) => Shaped,
  context: IndexingContext,
): Shaped {
  const values = formula.branches.map((branch) => lower(branch.value));
  const otherwise = formula.otherwise && lower(formula.otherwise);
  const conditions = formula.branches.map((branch) => shapedCondition(branch.when, lower, context));
  // Conditions spread with the values; their bodies only carry the shape.
  const carriers = conditions.map(
    (condition): Shaped => ({
      axes: condition.axes,
      row: condition.row,
      body: indicator(condition.condition),
    }),
  );
  return spread(
    [...values, ...(otherwise ? [otherwise] : []), ...carriers],
    (bodies) => {
      const shift = values.length + (otherwise ? 1 : 0);
      return cases(
        values.map((_, place) => ({
          when: conditionIn(bodies[shift + place] as Formula),
          value: bodies[place] as Formula,
        })),
        otherwise ? bodies[values.length] : undefined,
      );
    },
    context,
    'the cases',
  );
}

function conditionIn(carrier: Formula): Condition {
  if (carrier.kind === 'indicator') return carrier.when;
  throw new Error('A condition was lost on its way through the cases.');
}
