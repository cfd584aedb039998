/**
 * The normal form: a formula as a flat sum of products of atoms, summed over bound indices.
 *
 * Two core formulas with the same normal form are equal wherever both have a value. The reverse
 * does not hold; `prove.ts` tries common denominators and summands after the plain difference.
 */
import {
  array,
  type CallFormula,
  type CasesFormula,
  call,
  compare,
  exp,
  type FamilyFormula,
  type Formula,
  family,
  log,
  number,
  power,
  subtract,
  sum,
  symbol,
  zero,
} from '../expression/formula.js';
import { mapCondition, substitute } from '../expression/walk.js';
import { tidyIndex } from './affine.js';
import { productOver } from './bind-product.js';
import { sumOver } from './bind-sum.js';
import { BudgetExceeded, DEPTH_LIMIT, type SimplifyContext } from './context.js';
import { exponential, logarithm } from './exponentials.js';
import { complement, equalIndices, truth } from './indicators.js';
import { parity, throughExp } from './known-functions.js';
import { matchAtom } from './match.js';
import { rationalPower, symbolicPower } from './powers.js';
import { type NormalOptions, Session } from './session.js';
import {
  addAll,
  atom,
  constant,
  constantOf,
  isConstant,
  type Polynomial,
  polynomialFormula,
  scale,
  sortedTerms,
} from './term.js';
import { inRange, substituteNormal, times, timesAll } from './tidy.js';

/** A session whose normaliser is this module's. */
export function openSession(
  context: SimplifyContext,
  options: NormalOptions,
  formulas: readonly Formula[],
): Session {
  const session = new Session(context, options, formulas);
  session.normalise = (formula) => normalise(formula, session);
  return session;
}

/** The polynomial of a core formula. */
function normalise(formula: Formula, session: Session): Polynomial {
  switch (formula.kind) {
    case 'number':
      return constant(formula.value);
    case 'constant':
      return atom(formula);
    default:
      return session.remembered(formula, () => {
        session.spend();
        session.depth += 1;
        if (session.depth > DEPTH_LIMIT) throw new BudgetExceeded(`${DEPTH_LIMIT} levels`);
        try {
          return session.checked(ofKind(formula, session));
        } finally {
          session.depth -= 1;
        }
      });
  }
}

function ofKind(formula: Formula, session: Session): Polynomial {
  const inside = (part: Formula) => session.normalise(part);
  switch (formula.kind) {
    case 'symbol':
      return symbolForm(
        symbol(
          formula.name,
          formula.indices.map((index) => tidyIndex(index)),
        ),
        session,
      );
    case 'add':
      return addAll(formula.terms.map(inside));
    case 'multiply':
      return productForm(formula.factors, session);
    case 'power':
      return powerForm(formula.base, formula.exponent, session);
    case 'call':
      return callForm(formula, session);
    case 'sum':
    case 'product':
      return boundForm(formula, session);
    case 'delta':
      return equalIndices(formula.left, formula.right, session);
    case 'indicator':
      return truth(formula.when, session);
    case 'cases':
      return casesForm(formula, session);
    case 'family':
      return familyForm(formula, session);
    default:
      // Derivatives not yet taken, arrays, and whatever is not core: known by their structure.
      return atom(formula);
  }
}

function symbolForm(formula: Formula, session: Session): Polynomial {
  for (const rule of session.rules) {
    const [factor] = [...rule.pattern.factors.values()];
    if (rule.pattern.factors.size !== 1 || rule.pattern.bounds.length > 0) continue;
    if (!factor?.exponent.equals(1) || factor.base.kind !== 'symbol') continue;
    const binding = matchAtom(factor.base, formula, rule.variables, new Map());
    if (!binding || !inRange(rule.variables, binding, session)) continue;
    session.used.add(rule.because);
    const parts = [...rule.replacement.values()].map((term) =>
      substituteNormal(term, binding, session),
    );
    return scale(addAll(parts), rule.pattern.coefficient.inverse());
  }
  return atom(formula);
}

/** Written factors with one base are merged before anything is multiplied out. */
function productForm(factors: readonly Formula[], session: Session): Polynomial {
  const bases = new Map<string, { base: Formula; exponents: Formula[] }>();
  for (const factor of factors) {
    const base = factor.kind === 'power' ? factor.base : factor;
    const exponent = factor.kind === 'power' ? factor.exponent : number(1);
    const form = session.normalise(base);
    const key = [...form].map(([name, term]) => `${term.coefficient.toFraction()}*${name}`);
    const name = key.sort().join('+');
    const entry = bases.get(name) ?? { base, exponents: [] };
    entry.exponents.push(exponent);
    bases.set(name, entry);
  }
  return timesAll(
    [...bases.values()].map(({ base, exponents }) =>
      exponents.length === 1
        ? powerForm(base, exponents[0] as Formula, session)
        : exponents.every((part) => part.kind === 'number' && part.value.d === 1n)
          ? powerForm(base, tidyIndex({ kind: 'add', terms: exponents }), session)
          : timesAll(
              exponents.map((part) => powerForm(base, part, session)),
              session,
            ),
    ),
    session,
  );
}

function powerForm(base: Formula, exponent: Formula, session: Session): Polynomial {
  const value = session.normalise(exponent);
  if (!isConstant(value)) return symbolicPower(session.normalise(base), value, session);
  const rational = constantOf(value);
  if (rational.equals(1)) return session.normalise(base);
  if (base.kind === 'multiply' && rational.d === 1n)
    return productForm(
      base.factors.map((factor) => power(factor, number(rational))),
      session,
    );
  if (base.kind === 'power' && base.exponent.kind === 'number' && rational.d === 1n)
    return powerForm(base.base, number(base.exponent.value.mul(rational)), session);
  return rationalPower(session.normalise(base), rational, session);
}

function callForm(formula: CallFormula, session: Session): Polynomial {
  const [first, second] = formula.args;
  const plain = formula.slots.length === 0 && formula.indices.length === 0;
  if (plain && first && session.options.functions === 'through exp') {
    if (formula.name === 'exp') {
      if (first.kind === 'call' && first.name === 'log')
        return session.normalise(first.args[0] as Formula);
      return exponential(session.normalise(first), session);
    }
    if (formula.name === 'log') return logarithm(session.normalise(first), session);
    if (formula.name === 'relu') return rectified(session.normalise(first), session);
    const row = throughExp.get(formula.name);
    if (row) return session.normalise(row(first, second ?? first));
  }
  if (plain && formula.name === 'sqrt' && first)
    return session.normalise(power(first, number('1/2')));
  const args = formula.args.map((part) => argumentForm(part, session));
  const indices = formula.indices.map((index) => tidyIndex(index));
  const slots = formula.slots.map((slot) => ({
    argument: slot.argument,
    at: slot.at.map((index) => tidyIndex(index)),
  }));
  const symmetry = plain ? parity.get(formula.name) : undefined;
  if (symmetry && first) {
    const value = session.normalise(first);
    const lead = sortedTerms(value)[0]?.[1].coefficient;
    if (value.size === 0 && symmetry === 'odd') return constant(0);
    if (lead && lead.compare(0) < 0) {
      const flipped = atom(call(formula.name, [polynomialFormula(scale(value, -1))]));
      return symmetry === 'even' ? flipped : scale(flipped, -1);
    }
  }
  return atom(call(formula.name, args, { indices, slots }));
}

/** `u 1{u > 0}`, written with `1{-u > 0}` as `u - u 1{-u > 0}` if the leading sign of u is minus. */
function rectified(value: Polynomial, session: Session): Polynomial {
  if (value.size === 0) return value;
  const lead = sortedTerms(value)[0]?.[1].coefficient;
  const upright = lead && lead.compare(0) < 0 ? scale(value, -1) : value;
  const holds = truth(compare(polynomialFormula(upright), '>', zero), session);
  const part = times(upright, holds, session);
  return upright === value ? part : addAll([value, part]);
}

/** An argument in normal form, also inside a whole family. */
function argumentForm(formula: Formula, session: Session): Formula {
  if (formula.kind !== 'array') return polynomialFormula(session.normalise(formula));
  const visit = (left: number): Formula => {
    const binder = formula.binders[left];
    if (!binder) return polynomialFormula(session.normalise(formula.body));
    return session.within(binder.index, binder, () => visit(left + 1));
  };
  return array(formula.binders, visit(0));
}

function boundForm(
  formula: Extract<Formula, { kind: 'sum' | 'product' }>,
  session: Session,
): Polynomial {
  if (!formula.bounds) return atom(formula);
  const index = session.freshIndex();
  const opened = new Map([[formula.index, symbol(index)]]);
  const open = (part: Formula) => substitute(part, opened);
  const bounds = {
    lower: tidyIndex(formula.bounds.lower),
    upper: tidyIndex(formula.bounds.upper),
  };
  const where = formula.where.map((part) => mapCondition(part, open));
  return session.within(index, bounds, () => {
    const body = session.normalise(open(formula.body));
    if (formula.kind === 'product') return productOver(body, index, bounds, where, session);
    const guarded = timesAll([body, ...where.map((part) => truth(part, session))], session);
    return sumOver(guarded, index, bounds, session);
  });
}

/** Cases as indicators times values; a case counts where no earlier one holds. */
function casesForm(formula: CasesFormula, session: Session): Polynomial {
  let open = constant(1);
  const parts: Polynomial[] = [];
  for (const branch of formula.branches) {
    const holds = truth(branch.when, session);
    parts.push(timesAll([open, holds, session.normalise(branch.value)], session));
    open = times(open, complement(holds), session);
  }
  // Without `otherwise` there is no value there: an atom of its own keeps that from being 0.
  const rest = formula.otherwise ?? symbol('undefined elsewhere');
  parts.push(times(open, session.normalise(rest), session));
  return addAll(parts);
}

/** Functions of a whole family; softmax and its relations through exp, the others as atoms. */
function familyForm(formula: FamilyFormula, session: Session): Polynomial {
  const [binder] = formula.binders;
  const [at] = formula.at;
  if (binder && session.options.functions === 'through exp') {
    const total = sum(binder.index, binder, exp(formula.body));
    const entry = at ? substitute(formula.body, new Map([[binder.index, at]])) : undefined;
    if (formula.name === 'softmax' && entry)
      return session.normalise(product1(exp(entry), power(total, number(-1))));
    if (formula.name === 'logsumexp') return session.normalise(log(total));
    if (formula.name === 'log_softmax' && entry)
      return session.normalise(subtract(entry, log(total)));
  }
  const visit = (left: number): Formula => {
    const next = formula.binders[left];
    if (!next) return polynomialFormula(session.normalise(formula.body));
    return session.within(next.index, next, () => visit(left + 1));
  };
  return atom(
    family(
      formula.name,
      formula.binders,
      visit(0),
      formula.at.map((index) => tidyIndex(index)),
    ),
  );
}

const product1 = (left: Formula, right: Formula): Formula => ({
  kind: 'multiply',
  factors: [left, right],
});

const PLAIN: NormalOptions = { functions: 'through exp', ranges: 'kept', ends: 'kept' };

/**
 * The normal form of a core formula as a formula: sums of products of atoms, with canonical names
 * (`#1`, `#2`) for bound indices.
 *
 * @throws BudgetExceeded if it grows beyond the budget.
 */
export function normalForm(formula: Formula, context: SimplifyContext = {}): Formula {
  return polynomialFormula(openSession(context, PLAIN, [formula]).normalise(formula));
}
