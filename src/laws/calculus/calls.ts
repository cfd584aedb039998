/** Derivatives of functions applied: known ones by their rows, abstract ones by slots. */
import {
  type ArrayFormula,
  add,
  array,
  type CallFormula,
  call,
  type Formula,
  multiply,
  number,
  power,
  type SymbolFormula,
  sum,
  symbol,
} from '../../expression/formula.js';
import type { FunctionRow } from '../../expression/functions.js';
import { same } from '../../expression/same.js';
import { Unsupported } from '../../expression/unsupported.js';
import { substitute } from '../../expression/walk.js';
import { openBinders } from '../binders.js';
import { rowOf, slopeOf, withSlot } from '../slopes.js';
import type { DerivativeRow, Taking } from './row.js';

const x = symbol('x');
const square = power(x, number(2));

/** How the function changes with one argument, times how the argument changes. */
function throughArgument(
  of: CallFormula,
  argument: number,
  slope: Formula,
  inner: (part: Formula) => Formula,
): Formula {
  return multiply(slope, inner(of.args[argument] as Formula));
}

const changingArguments = (of: CallFormula, taking: Taking): readonly number[] =>
  of.args.flatMap((part, place) => (taking.depends.on(part) ? [place] : []));

/** The derivatives taken of a known function, written out: `sigmoid'(z)`, `tanh''(z)`. */
const namedSlope: DerivativeRow = {
  name: 'named-derivative',
  statement: "tanh'(u) = 1 - tanh(u)^2",
  example: [call('tanh', [square], { slots: [{ argument: 0, at: [] }] }), x],
  level: 'detail',
  take(of, { by, inner, writtenOut }) {
    if (of.kind !== 'call' || of.slots.length === 0) return undefined;
    const written = writtenOut(of);
    if (!written) return undefined;
    return {
      after: inner(written),
      because: `the derivative of ${of.name} written out`,
      bindings: { u: of, x: by },
    };
  },
};

function knownBecause(of: CallFormula, by: SymbolFormula, row: FunctionRow): string {
  const parameters = row.parameters.join(', ');
  if (row.name === 'max' || row.name === 'min') {
    const which = row.name === 'max' ? 'largest' : 'smallest';
    return `only the ${which} argument carries the derivative (of equal ones the first, beside a number none)`;
  }
  const [only, ...more] = row.derivatives;
  const said =
    more.length === 0 ? `derivative of ${row.name}(${parameters}) is ${only}` : saidOfEach(row);
  return of.args.every((part) => same(part, by))
    ? `the ${said}`
    : `Chain rule: the ${said}, times the derivative of ${row.parameters.join(' and ')}.`;
}

const saidOfEach = (row: FunctionRow): string =>
  `derivatives of ${row.name}(${row.parameters.join(', ')}) are ${row.derivatives.join(' and ')}`;

const known: DerivativeRow = {
  name: 'chain-rule',
  statement: 'd/dx f(u) = df/du du/dx',
  example: [call('tanh', [square]), x],
  level: 'main',
  take(of, taking) {
    if (of.kind !== 'call' || of.slots.length > 0) return undefined;
    const row = rowOf(of.name, taking.context);
    if (!row) return undefined;
    if (of.args.some((part) => part.kind === 'array'))
      throw new Unsupported(`${of.name} takes numbers; met a whole family`, of);
    const parts = changingArguments(of, taking).map((argument) => {
      const slope = slopeOf(row, of.args, argument, taking.context);
      if (!slope)
        throw new Unsupported(
          `${of.name} takes ${row.parameters.length} argument(s); met ${of.args.length}`,
          of,
        );
      return throughArgument(of, argument, slope, taking.inner);
    });
    return {
      after: add(...parts),
      because: knownBecause(of, taking.by, row),
      bindings: { f: of, x: taking.by },
    };
  },
};

/** A function that the sheet defines by a formula: through the formula's own derivative. */
const defined: DerivativeRow = {
  name: 'defined-function',
  statement: 'd/dx f(u) = d/dx (the formula of f at u)',
  example: [call('g', [square]), x],
  exampleContext: {
    functions: new Map([['g', { parameters: ['t'], body: call('sin', [symbol('t')]) }]]),
  },
  level: 'detail',
  take(of, { by, context, inner }) {
    if (of.kind !== 'call' || of.slots.length > 0) return undefined;
    const definition = context.functions?.get(of.name);
    if (!definition?.body || of.indices.length > 0) return undefined;
    const places = definition.parameters.map((name, place): [string, Formula] => [
      name,
      of.args[place] ?? symbol(name),
    ]);
    return {
      after: inner(substitute(definition.body, new Map(places))),
      because: `by the definition of ${of.name}`,
      bindings: { f: of, x: by },
    };
  },
};

/** Through a whole family: the sum over its entries. */
function throughFamily(
  of: CallFormula,
  argument: number,
  whole: ArrayFormula,
  { by, inner }: Taking,
): Formula {
  const { binders, body } = openBinders(whole.binders, whole.body, [of, by]);
  const slope = withSlot(of, { argument, at: binders.map((binder) => symbol(binder.index)) });
  return binders.reduceRight(
    (inside: Formula, binder) => sum(binder.index, binder, inside),
    multiply(slope, inner(body)),
  );
}

const abstract: DerivativeRow = {
  name: 'abstract-chain-rule',
  statement: "d/dx f(u) = f'(u) du/dx",
  example: [
    call('C', [array([{ index: 'j', lower: number(1), upper: number(2) }], power(x, symbol('j')))]),
    x,
  ],
  level: 'main',
  take(of, taking) {
    if (of.kind !== 'call' || rowOf(of.name, taking.context)) return undefined;
    const parts = changingArguments(of, taking).map((argument) => {
      const part = of.args[argument] as Formula;
      return part.kind === 'array'
        ? throughFamily(of, argument, part, taking)
        : throughArgument(of, argument, withSlot(of, { argument, at: [] }), taking.inner);
    });
    return {
      after: add(...parts),
      because: of.args.some((part) => part.kind === 'array')
        ? `chain rule through every entry that ${of.name} depends on`
        : `chain rule: ${of.name} is not given, so its derivative keeps its name`,
      bindings: { f: of, x: taking.by },
    };
  },
};

export const callRows: readonly DerivativeRow[] = [namedSlope, known, defined, abstract];
