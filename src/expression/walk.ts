/** Walking formulas: children, rebuilding, free names, substitution without capture. */
import {
  type ArrayFormula,
  array,
  type Binder,
  type BoundFormula,
  bound,
  type Condition,
  call,
  cases,
  delta,
  derivative,
  type FamilyFormula,
  type Formula,
  family,
  indicator,
  operation,
  rawAdd,
  rawMultiply,
  rawPower,
  symbol,
} from './formula.js';

/** The formulas inside a condition. */
export function conditionFormulas(condition: Condition): readonly Formula[] {
  switch (condition.kind) {
    case 'compare':
      return [condition.left, condition.right];
    case 'member':
      return [condition.element];
    default:
      return condition.parts.flatMap(conditionFormulas);
  }
}

/** Rebuilds a condition with its formulas changed; the same object if nothing changed. */
export function mapCondition(
  condition: Condition,
  change: (formula: Formula) => Formula,
): Condition {
  switch (condition.kind) {
    case 'compare': {
      const left = change(condition.left);
      const right = change(condition.right);
      return left === condition.left && right === condition.right
        ? condition
        : Object.freeze({ ...condition, left, right });
    }
    case 'member': {
      const element = change(condition.element);
      return element === condition.element ? condition : Object.freeze({ ...condition, element });
    }
    default: {
      const parts = mapList(condition.parts, (part) => mapCondition(part, change));
      return parts === condition.parts ? condition : Object.freeze({ ...condition, parts });
    }
  }
}

/** Maps a list, keeping the very list if no item changed. */
function mapList<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  let result: T[] | undefined;
  for (let place = 0; place < items.length; place += 1) {
    const item = items[place] as T;
    const next = change(item);
    if (result) result.push(next);
    else if (next !== item) result = [...items.slice(0, place), next];
  }
  return result ?? items;
}

/** The direct sub-formulas, in the order of writing (indices, bounds and conditions included). */
export function children(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case 'number':
    case 'constant':
    case 'whole':
    case 'blank':
      return [];
    case 'symbol':
      return formula.indices;
    case 'add':
      return formula.terms;
    case 'multiply':
      return formula.factors;
    case 'power':
      return [formula.base, formula.exponent];
    case 'call':
      return [...formula.indices, ...formula.args, ...formula.slots.flatMap((slot) => slot.at)];
    case 'sum':
    case 'product':
      return [
        ...(formula.bounds ? [formula.bounds.lower, formula.bounds.upper] : []),
        ...formula.where.flatMap(conditionFormulas),
        formula.body,
      ];
    case 'delta':
      return [formula.left, formula.right];
    case 'indicator':
      return conditionFormulas(formula.when);
    case 'cases':
      return [
        ...formula.branches.flatMap((branch) => [...conditionFormulas(branch.when), branch.value]),
        ...(formula.otherwise ? [formula.otherwise] : []),
      ];
    case 'derivative':
      return [formula.of, formula.by];
    case 'family':
      return [
        ...formula.binders.flatMap((binder) => [binder.lower, binder.upper]),
        formula.body,
        ...formula.at,
      ];
    case 'array':
      return [...formula.binders.flatMap((binder) => [binder.lower, binder.upper]), formula.body];
    case 'operation':
      return formula.args;
  }
}

const mapBinders = (
  binders: readonly Binder[],
  change: (formula: Formula) => Formula,
): readonly Binder[] =>
  mapList(binders, (binder) => {
    const lower = change(binder.lower);
    const upper = change(binder.upper);
    return lower === binder.lower && upper === binder.upper ? binder : { ...binder, lower, upper };
  });

/**
 * Rebuilds a formula with its direct sub-formulas changed; the same object if nothing changed.
 * Nothing is simplified, and binders are not renamed: see {@link substitute} for that.
 */
export function mapChildren(formula: Formula, change: (formula: Formula) => Formula): Formula {
  switch (formula.kind) {
    case 'number':
    case 'constant':
    case 'whole':
    case 'blank':
      return formula;
    case 'symbol': {
      const indices = mapList(formula.indices, change);
      return indices === formula.indices ? formula : symbol(formula.name, indices);
    }
    case 'add': {
      const terms = mapList(formula.terms, change);
      return terms === formula.terms ? formula : rawAdd(terms);
    }
    case 'multiply': {
      const factors = mapList(formula.factors, change);
      return factors === formula.factors ? formula : rawMultiply(factors);
    }
    case 'power': {
      const base = change(formula.base);
      const exponent = change(formula.exponent);
      return base === formula.base && exponent === formula.exponent
        ? formula
        : rawPower(base, exponent);
    }
    case 'call': {
      const indices = mapList(formula.indices, change);
      const args = mapList(formula.args, change);
      const slots = mapList(formula.slots, (slot) => {
        const at = mapList(slot.at, change);
        return at === slot.at ? slot : { argument: slot.argument, at };
      });
      return indices === formula.indices && args === formula.args && slots === formula.slots
        ? formula
        : call(formula.name, args, { indices, slots });
    }
    case 'sum':
    case 'product': {
      const lower = formula.bounds && change(formula.bounds.lower);
      const upper = formula.bounds && change(formula.bounds.upper);
      const where = mapList(formula.where, (condition) => mapCondition(condition, change));
      const body = change(formula.body);
      if (
        lower === formula.bounds?.lower &&
        upper === formula.bounds?.upper &&
        where === formula.where &&
        body === formula.body
      )
        return formula;
      const bounds = lower && upper ? { lower, upper } : undefined;
      return bound(formula.kind, formula.index, bounds, body, where);
    }
    case 'delta': {
      const left = change(formula.left);
      const right = change(formula.right);
      return left === formula.left && right === formula.right ? formula : delta(left, right);
    }
    case 'indicator': {
      const when = mapCondition(formula.when, change);
      return when === formula.when ? formula : indicator(when);
    }
    case 'cases': {
      const branches = mapList(formula.branches, (branch) => {
        const when = mapCondition(branch.when, change);
        const value = change(branch.value);
        return when === branch.when && value === branch.value ? branch : { when, value };
      });
      const otherwise = formula.otherwise && change(formula.otherwise);
      return branches === formula.branches && otherwise === formula.otherwise
        ? formula
        : cases(branches, otherwise);
    }
    case 'derivative': {
      const of = change(formula.of);
      const by = change(formula.by);
      return of === formula.of && by === formula.by ? formula : derivative(of, by);
    }
    case 'family': {
      const binders = mapBinders(formula.binders, change);
      const body = change(formula.body);
      const at = mapList(formula.at, change);
      return binders === formula.binders && body === formula.body && at === formula.at
        ? formula
        : family(formula.name, binders, body, at);
    }
    case 'array': {
      const binders = mapBinders(formula.binders, change);
      const body = change(formula.body);
      return binders === formula.binders && body === formula.body ? formula : array(binders, body);
    }
    case 'operation': {
      const args = mapList(formula.args, change);
      return args === formula.args ? formula : operation(formula.name, ...args);
    }
  }
}

/** The names a formula binds at its top (an index of a sum, the binders of a family function). */
export function boundNames(formula: Formula): readonly string[] {
  switch (formula.kind) {
    case 'sum':
    case 'product':
      return [formula.index];
    case 'family':
    case 'array':
      return formula.binders.map((binder) => binder.index);
    default:
      return [];
  }
}

const freeRemembered = new WeakMap<Formula, ReadonlySet<string>>();
const noNames: ReadonlySet<string> = new Set();

/** All names that occur free: of symbols (families and index variables alike), not of functions. */
export function freeNames(formula: Formula): ReadonlySet<string> {
  if (formula.kind === 'number') return noNames;
  const known = freeRemembered.get(formula);
  if (known) return known;
  const names = new Set<string>();
  const collect = (part: Formula, except: readonly string[]) => {
    for (const name of freeNames(part)) if (!except.includes(name)) names.add(name);
  };
  switch (formula.kind) {
    case 'symbol':
      names.add(formula.name);
      for (const index of formula.indices) collect(index, []);
      break;
    case 'sum':
    case 'product':
      if (formula.bounds) {
        collect(formula.bounds.lower, []);
        collect(formula.bounds.upper, []);
      }
      for (const condition of formula.where)
        for (const part of conditionFormulas(condition)) collect(part, [formula.index]);
      collect(formula.body, [formula.index]);
      break;
    case 'family':
    case 'array': {
      // The range of a later binder may mention an earlier one.
      const opened: string[] = [];
      for (const binder of formula.binders) {
        collect(binder.lower, opened);
        collect(binder.upper, opened);
        opened.push(binder.index);
      }
      collect(formula.body, opened);
      if (formula.kind === 'family') for (const index of formula.at) collect(index, []);
      break;
    }
    default:
      for (const part of children(formula)) collect(part, []);
  }
  freeRemembered.set(formula, names);
  return names;
}

/** A name not among those taken: the stem itself, or the stem with primes of digits (`k`, `k1`, ...). */
export function freshName(stem: string, taken: { has(name: string): boolean }): string {
  if (!taken.has(stem)) return stem;
  const root = stem.replace(/\d+$/, '');
  for (let count = 1; ; count += 1) if (!taken.has(`${root}${count}`)) return `${root}${count}`;
}

/** Replacements of names without indices (index variables, sizes, scalars). */
export type Substitution = ReadonlyMap<string, Formula>;

/**
 * Replaces free symbols without indices by formulas. Bound indices that would capture a name of a
 * replacement are renamed.
 */
export function substitute(formula: Formula, replacements: Substitution): Formula {
  if (replacements.size === 0) return formula;
  const free = freeNames(formula);
  let isMet = false;
  for (const name of replacements.keys()) if (free.has(name)) isMet = true;
  if (!isMet) return formula;
  switch (formula.kind) {
    case 'symbol': {
      const replacement = formula.indices.length === 0 ? replacements.get(formula.name) : undefined;
      if (replacement) return replacement;
      return mapChildren(formula, (part) => substitute(part, replacements));
    }
    case 'sum':
    case 'product':
      return substituteBound(formula, replacements);
    case 'family':
    case 'array':
      return substituteBinders(formula, replacements);
    default:
      return mapChildren(formula, (part) => substitute(part, replacements));
  }
}

const without = (replacements: Substitution, names: readonly string[]): Substitution =>
  names.some((name) => replacements.has(name))
    ? new Map([...replacements].filter(([name]) => !names.includes(name)))
    : replacements;

/** Names that a new bound index must avoid: those of the replacements and of the opened body. */
function takenNames(parts: readonly Formula[], replacements: Substitution): Set<string> {
  const taken = new Set<string>(replacements.keys());
  for (const replacement of replacements.values())
    for (const name of freeNames(replacement)) taken.add(name);
  for (const part of parts) for (const name of freeNames(part)) taken.add(name);
  return taken;
}

const captures = (index: string, replacements: Substitution): boolean =>
  [...replacements.values()].some((replacement) => freeNames(replacement).has(index));

function substituteBound(formula: BoundFormula, replacements: Substitution): Formula {
  const bounds = formula.bounds && {
    lower: substitute(formula.bounds.lower, replacements),
    upper: substitute(formula.bounds.upper, replacements),
  };
  const inside = without(replacements, [formula.index]);
  const parts = [formula.body, ...formula.where.flatMap(conditionFormulas)];
  if (!captures(formula.index, inside)) {
    const where = formula.where.map((c) => mapCondition(c, (part) => substitute(part, inside)));
    return bound(formula.kind, formula.index, bounds, substitute(formula.body, inside), where);
  }
  const index = freshName(formula.index, takenNames(parts, inside));
  const renamed = new Map([...inside, [formula.index, symbol(index)]]);
  const where = formula.where.map((c) => mapCondition(c, (part) => substitute(part, renamed)));
  return bound(formula.kind, index, bounds, substitute(formula.body, renamed), where);
}

function substituteBinders(
  formula: FamilyFormula | ArrayFormula,
  replacements: Substitution,
): Formula {
  let inside = replacements;
  const ranges = formula.binders.flatMap((binder) => [binder.lower, binder.upper]);
  const taken = takenNames([formula.body, ...ranges], replacements);
  for (const binder of formula.binders) taken.add(binder.index);
  const binders: Binder[] = [];
  for (const binder of formula.binders) {
    const lower = substitute(binder.lower, inside);
    const upper = substitute(binder.upper, inside);
    inside = without(inside, [binder.index]);
    let index = binder.index;
    if (captures(index, inside)) {
      index = freshName(index, taken);
      taken.add(index);
      inside = new Map([...inside, [binder.index, symbol(index)]]);
    }
    binders.push({ index, lower, upper });
  }
  const body = substitute(formula.body, inside);
  return formula.kind === 'array'
    ? array(binders, body)
    : family(
        formula.name,
        binders,
        body,
        formula.at.map((index) => substitute(index, replacements)),
      );
}

/** Renames the bound index of a sum or product to a name nobody has taken, nor its own body. */
export function renameBound(
  formula: BoundFormula,
  taken: { has(name: string): boolean },
): BoundFormula {
  if (!taken.has(formula.index)) return formula;
  const inside = [formula.body, ...formula.where.flatMap(conditionFormulas)];
  const own = new Set(inside.flatMap((part) => [...freeNames(part)]));
  const index = freshName(formula.index, { has: (name) => taken.has(name) || own.has(name) });
  const renaming = new Map([[formula.index, symbol(index)]]);
  const where = formula.where.map((c) => mapCondition(c, (part) => substitute(part, renaming)));
  return bound(formula.kind, index, formula.bounds, substitute(formula.body, renaming), where);
}

/** Whether some sub-formula (the formula itself included) passes the test. */
export function contains(formula: Formula, test: (part: Formula) => boolean): boolean {
  // Parts are shared: gone through as a tree, a deep network would have millions of them.
  let seen: Set<Formula> | undefined;
  const visit = (part: Formula): boolean => {
    if (test(part)) return true;
    const parts = children(part);
    if (parts.length === 0) return false;
    if (part !== formula && part.kind !== 'symbol') {
      if (seen?.has(part)) return false;
      seen ??= new Set();
      seen.add(part);
    }
    return parts.some(visit);
  };
  return visit(formula);
}

/** Changes every sub-formula from the leaves up; each node object is visited once. */
export function rewriteUp(formula: Formula, change: (formula: Formula) => Formula): Formula {
  const remembered = new Map<Formula, Formula>();
  const visit = (part: Formula): Formula => {
    if (part.kind === 'number') return change(part);
    const known = remembered.get(part);
    if (known) return known;
    const result = change(mapChildren(part, visit));
    remembered.set(part, result);
    return result;
  };
  return visit(formula);
}

/** Number of distinct node objects. */
export function countNodes(formula: Formula): number {
  const seen = new Set<Formula>();
  const visit = (part: Formula): void => {
    if (seen.has(part)) return;
    seen.add(part);
    for (const child of children(part)) visit(child);
  };
  visit(formula);
  return seen.size;
}
