/** Laws that an equation can say: `exp(u) exp(v) = exp(u + v)`. */
import {
  add,
  type Condition,
  type Formula,
  multiply,
  number,
  symbol,
} from '../expression/formula.js';
import { freeNames, mapCondition } from '../expression/walk.js';
import type { Application, Law } from './law.js';
import { type Bindings, fill, match, matchSome, type Variables } from './pattern.js';

/** An equation between patterns, read. */
export interface Equation {
  readonly left: Formula;
  readonly right: Formula;
  readonly assumes: readonly Condition[];
}

/** What the names of an equation stand for, where that is not any one formula. */
export interface Kinds {
  readonly numbers?: readonly string[];
  readonly integers?: readonly string[];
  readonly many?: readonly string[];
}

/**
 * A law from an equation, used from left to right. Where the left side is a sum or product, it also
 * applies to some of the operands of a longer one.
 *
 * @throws Error if the right side or an assumption has a name that the left side does not bind
 */
export function equationLaw(
  name: string,
  statement: string,
  equation: Equation,
  kinds: Kinds = {},
): Law {
  const { left, right } = equation;
  const variables = variablesOf(left, kinds);
  refuseUnbound(name, equation, variables);
  const applied = (bindings: Bindings): Application => ({
    after: fill(right, bindings),
    bindings,
    assumes: equation.assumes.map((condition) =>
      mapCondition(condition, (part) => fill(part, bindings)),
    ),
  });
  return {
    name,
    statement,
    example: fillNumbers(left, variables),
    apply(formula) {
      const whole = match(left, formula, variables);
      if (whole) return applied(whole);
      const some = matchSome(left, formula, variables);
      if (!some || [...variables.values()].includes('many')) return undefined;
      const part = applied(some.bindings);
      return { ...part, after: withOperands(formula, some.taken, part.after) };
    },
  };
}

/** A sum or product with some operands replaced by one, at the place of the first of them. */
function withOperands(formula: Formula, taken: readonly number[], part: Formula): Formula {
  const first = Math.min(...taken);
  const change = (operands: readonly Formula[]): readonly Formula[] =>
    operands.flatMap((operand, position) =>
      position === first ? [part] : taken.includes(position) ? [] : [operand],
    );
  if (formula.kind === 'add') return add(...change(formula.terms));
  return formula.kind === 'multiply' ? multiply(...change(formula.factors)) : part;
}

function variablesOf(left: Formula, kinds: Kinds): Variables {
  const names = [...freeNames(left)];
  return new Map(
    names.map((name) => {
      if (kinds.numbers?.includes(name)) return [name, 'number'];
      if (kinds.integers?.includes(name)) return [name, 'integer'];
      return [name, kinds.many?.includes(name) ? 'many' : 'one'];
    }),
  );
}

function refuseUnbound(name: string, equation: Equation, variables: Variables): void {
  const used = new Set(freeNames(equation.right));
  for (const condition of equation.assumes)
    mapCondition(condition, (part) => {
      for (const mentioned of freeNames(part)) used.add(mentioned);
      return part;
    });
  const unbound = [...used].filter((mentioned) => !variables.has(mentioned));
  if (unbound.length > 0)
    throw new Error(
      `the law ${name} uses ${unbound.join(', ')}, which its left side does not bind; bind it there`,
    );
}

/** The left side as an example of itself, with numbers where only numbers may stand. */
function fillNumbers(left: Formula, variables: Variables): Formula {
  let next = 2;
  const chosen = [...variables].map(([name, kind]): [string, Formula] => {
    if (kind === 'one' || kind === 'many') return [name, symbol(name)];
    const value = number(next);
    next += 1;
    return [name, value];
  });
  const replacements = new Map(chosen);
  return fill(left, replacements);
}
