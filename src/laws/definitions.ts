/** Laws that say what a known function is: through simpler ones, from its row; families too. */
import {
  add,
  type Binder,
  call,
  divide,
  exp,
  type FamilyFormula,
  type Formula,
  family,
  log,
  multiply,
  negate,
  number,
  one,
  sum,
  symbol,
} from '../expression/formula.js';
import { type FunctionRow, functionTable } from '../expression/functions.js';
import { same } from '../expression/same.js';
import { substitute } from '../expression/walk.js';
import type { Law } from '../rewrite/law.js';
import { plainly } from './application.js';
import { openBinders } from './binders.js';
import { writtenOut } from './differentiate.js';
import { definitionAt } from './row-formulas.js';

/** The definition of a function as a law. */
function definitionLaw(row: FunctionRow): Law {
  const parameters = row.parameters.map((name) => symbol(name));
  return {
    name: `definition-of-${row.name}`,
    statement: `${row.name}(${row.parameters.join(', ')}) = ${row.definition}`,
    example: call(row.name, parameters),
    apply(formula, context) {
      if (formula.kind !== 'call' || formula.name !== row.name) return undefined;
      if (formula.slots.length > 0 || context.functions?.has(row.name)) return undefined;
      const after = definitionAt(row, formula.args);
      const bindings = row.parameters.flatMap((name, place): [string, Formula][] => {
        const part = formula.args[place];
        return part ? [[name, part]] : [];
      });
      return after && { after, bindings: new Map(bindings), assumes: [] };
    },
  };
}

/** The derivative of a known function, named by primes, written out. */
const namedDerivativeLaw: Law = {
  name: 'derivative-written-out',
  statement: "tanh'(u) = 1 - tanh(u)^2, and so on",
  example: call('tanh', [symbol('u')], { slots: [{ argument: 0, at: [] }] }),
  apply(formula, context) {
    if (formula.kind !== 'call' || formula.slots.length === 0) return undefined;
    const after = writtenOut(formula, context);
    return after && plainly(after);
  },
};

const overN: Binder = { index: 'k', lower: one, upper: symbol('n') };
const entry = symbol('z', [symbol('k')]);
const soft = (at: Formula): Formula => family('softmax', [overN], entry, [at]);

/** A family function through sums: what its entry at an index is. */
const familyLaw = (
  name: FamilyFormula['name'],
  statement: string,
  at: readonly Formula[],
  definition: (binder: Binder, body: Formula, entryAt: Formula | undefined) => Formula,
): Law => ({
  name: `definition-of-${name}`,
  statement,
  example: family(name, [overN], entry, at),
  apply(formula) {
    if (formula.kind !== 'family' || formula.name !== name) return undefined;
    const [binder] = formula.binders;
    const [where] = formula.at;
    if (!binder || formula.binders.length !== 1) return undefined;
    const chosen = where && substitute(formula.body, new Map([[binder.index, where]]));
    const { binders, body } = openBinders(formula.binders, formula.body, chosen ? [chosen] : []);
    const after = definition(binders[0] as Binder, body, chosen);
    return plainly(after);
  },
});

const overAll = (binder: Binder, body: Formula): Formula => sum(binder.index, binder, body);

const softmaxSum: Law = {
  name: 'softmax-sums-to-one',
  statement: 'sum_k softmax(z)_k = 1',
  example: sum('j', overN, soft(symbol('j'))),
  apply(formula) {
    if (formula.kind !== 'sum' || formula.where.length > 0) return undefined;
    const { body, bounds, index } = formula;
    if (body.kind !== 'family' || body.name !== 'softmax') return undefined;
    const [binder] = body.binders;
    const whole =
      binder && bounds && same(binder.lower, bounds.lower) && same(binder.upper, bounds.upper);
    const isEntry = body.at.length === 1 && same(body.at[0] as Formula, symbol(index));
    // The family itself must not change with the index that is summed over.
    const fixed = same(substitute(body, new Map([[index, number(-1)]])), {
      ...body,
      at: [number(-1)],
    });
    return whole && isEntry && fixed ? plainly(one) : undefined;
  },
};

const familyLaws: readonly Law[] = [
  familyLaw(
    'softmax',
    'softmax(z)_i = exp(z_i)/sum_k exp(z_k)',
    [symbol('i')],
    (binder, body, chosen) => divide(exp(chosen as Formula), overAll(binder, exp(body))),
  ),
  familyLaw(
    'log_softmax',
    'log_softmax(z)_i = z_i - log(sum_k exp(z_k))',
    [symbol('i')],
    (binder, body, chosen) => add(chosen as Formula, negate(log(overAll(binder, exp(body))))),
  ),
  familyLaw('logsumexp', 'logsumexp(z) = log(sum_k exp(z_k))', [], (binder, body) =>
    log(overAll(binder, exp(body))),
  ),
];

const logOfSoftmax: Law = {
  name: 'log-of-softmax',
  statement: 'log(softmax(z)_i) = log_softmax(z)_i',
  example: multiply(log(soft(symbol('i')))),
  apply(formula) {
    if (formula.kind !== 'call' || formula.name !== 'log') return undefined;
    const [inside] = formula.args;
    if (inside?.kind !== 'family' || inside.name !== 'softmax') return undefined;
    const after = family('log_softmax', inside.binders, inside.body, inside.at);
    return plainly(after);
  },
};

export const definitionLaws: readonly Law[] = [
  ...[...functionTable.values()].filter((row) => row.definition).map(definitionLaw),
  namedDerivativeLaw,
  ...familyLaws,
  softmaxSum,
  logOfSoftmax,
];
