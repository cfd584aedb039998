/** Conditions on indices, as signs of affine forms; what is not affine is carried unread. */
import {
  all,
  type Bounds,
  type Condition,
  compare,
  type Formula,
} from '../../expression/formula.js';
import { conditionKey } from '../../expression/same.js';
import {
  conditionFormulas,
  freeNames,
  mapCondition,
  type Substitution,
  substitute,
} from '../../expression/walk.js';
import {
  type Affine,
  affineKey,
  affineNumber,
  mentions,
  minus,
  plus,
  scale,
  substituteAffine,
  toAffine,
  toFormula,
} from './affine.js';

/** `form >= 0`, `form = 0`, `form != 0`, or a condition that is not affine (`or`, `i in S`). */
export type Constraint =
  | { readonly kind: '>=' | '=' | '!='; readonly form: Affine }
  | { readonly kind: 'unread'; readonly condition: Condition };

export const atLeast = (left: Formula, right: Formula): Constraint => ({
  kind: '>=',
  form: minus(toAffine(left), toAffine(right)),
});

/** That an index lies in a range; several bounds on one side (`max(1, p-N)`) are said one by one. */
export function within(index: Formula, { lower, upper }: Bounds): readonly Constraint[] {
  const parts = (name: string, end: Formula): readonly Formula[] =>
    end.kind === 'call' && end.name === name && end.slots.length === 0 ? end.args : [end];
  return [
    ...parts('max', lower).map((end) => atLeast(index, end)),
    ...parts('min', upper).map((end) => atLeast(end, index)),
  ];
}

export const equal = (left: Formula, right: Formula): Constraint => ({
  kind: '=',
  form: minus(toAffine(left), toAffine(right)),
});

/** The constraints that together say what the condition on indices says. */
export function toConstraints(condition: Condition): readonly Constraint[] {
  switch (condition.kind) {
    case 'and':
      return condition.parts.flatMap(toConstraints);
    case 'compare': {
      const form = minus(toAffine(condition.left), toAffine(condition.right));
      switch (condition.relation) {
        case '=':
          return [{ kind: '=', form }];
        case '!=':
          return [{ kind: '!=', form }];
        case '>=':
          return [{ kind: '>=', form }];
        case '>':
          return [{ kind: '>=', form: plus(form, affineNumber(-1)) }];
        case '<=':
          return [{ kind: '>=', form: scale(form, -1) }];
        case '<':
          return [{ kind: '>=', form: plus(scale(form, -1), affineNumber(-1)) }];
      }
      break;
    }
    default:
  }
  return [{ kind: 'unread', condition }];
}

/** What holds where the constraint does not: one of the returned (none if it cannot be said). */
export function negations(constraint: Constraint): readonly Constraint[] | undefined {
  switch (constraint.kind) {
    case '>=':
      return [{ kind: '>=', form: plus(scale(constraint.form, -1), affineNumber(-1)) }];
    case '=':
      return [
        { kind: '>=', form: plus(constraint.form, affineNumber(-1)) },
        { kind: '>=', form: plus(scale(constraint.form, -1), affineNumber(-1)) },
      ];
    case '!=':
      return [{ kind: '=', form: constraint.form }];
    case 'unread':
      return undefined;
  }
}

const turned = { '>=': '<=', '=': '=', '!=': '!=' } as const;

/** Which atoms a person writes on the right: `l < L`, not `L > l`. */
export type IsSize = (atom: Formula) => boolean;

/** The constraint as a condition a person reads: `l < L`, `j = k`, `t >= 1`. */
export function toCondition(constraint: Constraint, isSize: IsSize = () => false): Condition {
  if (constraint.kind === 'unread') return constraint.condition;
  const { constant, terms } = constraint.form;
  const side = (sign: number): Affine => ({
    constant: 0,
    terms: new Map(
      [...terms]
        .filter(([, term]) => Math.sign(term.coefficient) === sign)
        .map(([key, term]) => [key, { ...term, coefficient: Math.abs(term.coefficient) }]),
    ),
  });
  const [positive, negative] = [side(1), side(-1)];
  const letters = (form: Affine) => [...form.terms.values()].filter((term) => !isSize(term.atom));
  // The side with the index letters stands on the left; a tie goes to the first written.
  const firstIsNegative = ([...terms.values()][0]?.coefficient ?? 1) < 0;
  const swap =
    positive.terms.size === 0 ||
    (negative.terms.size > 0 &&
      (letters(negative).length === letters(positive).length
        ? firstIsNegative
        : letters(positive).length === 0));
  const [left, right] = swap ? [negative, positive] : [positive, negative];
  // left + constant >= right, or right + constant >= left when swapped.
  const rest = swap ? constant : -constant;
  const write = (shift: number) => toFormula(plus(right, affineNumber(shift)));
  if (constraint.kind !== '>=') return compare(toFormula(left), constraint.kind, write(rest));
  const loose = swap ? turned[constraint.kind] : constraint.kind;
  if (constant === -1 && right.terms.size > 0)
    return compare(toFormula(left), swap ? '<' : '>', write(0));
  return compare(toFormula(left), loose, write(rest));
}

export const conditionOf = (constraints: readonly Constraint[]): Condition =>
  all(...constraints.map((constraint) => toCondition(constraint)));

export function substituteConstraint(
  constraint: Constraint,
  replacements: Substitution,
): Constraint {
  if (constraint.kind !== 'unread') {
    const form = substituteAffine(constraint.form, replacements);
    return form === constraint.form ? constraint : { kind: constraint.kind, form };
  }
  const condition = mapCondition(constraint.condition, (part) => substitute(part, replacements));
  return condition === constraint.condition ? constraint : { kind: 'unread', condition };
}

/** The constraint divided by the common divisor of its coefficients: `3 l >= 3 m + 2` is `l > m`. */
export function tightened(constraint: Constraint): Constraint {
  if (constraint.kind === 'unread') return constraint;
  const { terms, constant } = constraint.form;
  let divisor = 0;
  for (const { coefficient } of terms.values()) {
    let [a, b] = [divisor, Math.abs(coefficient)];
    while (b !== 0) [a, b] = [b, a % b];
    divisor = a;
  }
  if (divisor <= 1) return constraint;
  if (constraint.kind !== '>=' && constant % divisor !== 0) return constraint;
  const divided = new Map(
    [...terms].map(([key, term]) => [
      key,
      { atom: term.atom, coefficient: term.coefficient / divisor },
    ]),
  );
  return {
    kind: constraint.kind,
    form: { constant: Math.floor(constant / divisor), terms: divided },
  };
}

export const constraintMentions = (constraint: Constraint, name: string): boolean =>
  constraint.kind === 'unread'
    ? conditionFormulas(constraint.condition).some((part) => freeNames(part).has(name))
    : mentions(constraint.form, name);

/** All names in a constraint. */
export function constraintNames(constraint: Constraint): ReadonlySet<string> {
  const names = new Set<string>();
  const parts =
    constraint.kind === 'unread'
      ? conditionFormulas(constraint.condition)
      : [...constraint.form.terms.values()].map((term) => term.atom);
  for (const part of parts) for (const name of freeNames(part)) names.add(name);
  return names;
}

export function constraintKey(constraint: Constraint): string {
  if (constraint.kind === 'unread') return conditionKey(constraint.condition);
  if (constraint.kind === '>=') return `>=${affineKey(constraint.form)}`;
  // `a = b` and `b = a` are one constraint.
  const keys = [affineKey(constraint.form), affineKey(scale(constraint.form, -1))].sort();
  return `${constraint.kind}${keys[0]}`;
}
