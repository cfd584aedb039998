/**
 * Patterns: formulas in which some names stand for any formula. In sums and products the order does
 * not count, and a name may stand for all the operands that are left over.
 */
import {
  add,
  type Formula,
  multiply,
  number,
  power,
  rawAdd,
  rawMultiply,
} from '../expression/formula.js';
import { same, structureKey } from '../expression/same.js';
import { boundNames, children, mapChildren } from '../expression/walk.js';

/**
 * What a name may stand for: `one` formula, a `number`, an `integer`, or `many`: the operands of
 * the sum or product around it that nothing else of the pattern took (one or more).
 */
export type Variables = ReadonlyMap<string, 'one' | 'number' | 'integer' | 'many'>;
export type Bindings = ReadonlyMap<string, Formula>;

/** Pairs of pattern and subject tried in one match; operands in any order are many. */
const LARGEST_NUMBER_OF_TRIES = 20_000;

/**
 * The bindings that make a pattern the subject, the first in the order of the operands.
 * `undefined` where there are none, or where more tries than the bound are needed.
 */
export function match(
  pattern: Formula,
  subject: Formula,
  variables: Variables,
): Bindings | undefined {
  return new Matching(variables).formulas(pattern, subject, new Map());
}

/** A match of some of the operands of a sum or product; the others stay where they are. */
export interface PartialMatch {
  readonly bindings: Bindings;
  /** Positions of the operands taken, in the order of the pattern. */
  readonly taken: readonly number[];
}

/** Matches a pattern that is a sum (product) with some operands of a sum (product). */
export function matchSome(
  pattern: Formula,
  subject: Formula,
  variables: Variables,
): PartialMatch | undefined {
  const wanted = operandsOf(pattern);
  const offered = operandsOf(subject);
  if (!wanted || !offered || pattern.kind !== subject.kind) return undefined;
  return new Matching(variables).some(wanted, offered, new Map(), []);
}

const operandsOf = (formula: Formula): readonly Formula[] | undefined => {
  if (formula.kind === 'add') return formula.terms;
  return formula.kind === 'multiply' ? formula.factors : undefined;
};

class Matching {
  private tries = 0;

  constructor(private readonly variables: Variables) {}

  formulas(pattern: Formula, subject: Formula, bindings: Bindings): Bindings | undefined {
    this.tries += 1;
    if (this.tries > LARGEST_NUMBER_OF_TRIES) return undefined;
    if (pattern.kind === 'symbol' && pattern.indices.length === 0) {
      const kind = this.variables.get(pattern.name);
      if (kind) return this.bind(pattern.name, kind, subject, bindings);
    }
    if (pattern.kind !== subject.kind) return undefined;
    if (pattern.kind === 'add' || pattern.kind === 'multiply')
      return this.operands(pattern, subject, bindings);
    // Patterns that bind indices are not matched part by part: laws about them are functions.
    if (children(pattern).length === 0 || boundNames(pattern).length > 0)
      return same(pattern, subject) ? bindings : undefined;
    return this.parts(pattern, subject, bindings);
  }

  private bind(
    name: string,
    kind: 'one' | 'number' | 'integer' | 'many',
    subject: Formula,
    bindings: Bindings,
  ): Bindings | undefined {
    const before = bindings.get(name);
    if (before) return same(before, subject) ? bindings : undefined;
    const isNumber = subject.kind === 'number';
    if (kind === 'number' && !isNumber) return undefined;
    if (kind === 'integer' && !(isNumber && subject.value.d === 1n)) return undefined;
    return new Map([...bindings, [name, subject]]);
  }

  private parts(pattern: Formula, subject: Formula, bindings: Bindings): Bindings | undefined {
    const wanted = children(pattern);
    const offered = children(subject);
    if (wanted.length !== offered.length) return undefined;
    if (shellKey(pattern) !== shellKey(subject)) return undefined;
    let current: Bindings | undefined = bindings;
    for (const [position, part] of wanted.entries()) {
      current = current && this.formulas(part, offered[position] as Formula, current);
      if (!current) return undefined;
    }
    return current;
  }

  private operands(pattern: Formula, subject: Formula, bindings: Bindings): Bindings | undefined {
    const wanted = operandsOf(pattern) as readonly Formula[];
    const offered = operandsOf(subject) as readonly Formula[];
    const many = wanted.filter((part) => this.isMany(part));
    const single = wanted.filter((part) => !this.isMany(part));
    const [rest] = many;
    if (many.length > 1) throw new Error('a pattern has one name for many operands at most');
    if (single.length > offered.length || (rest && single.length === offered.length))
      return undefined;
    if (!rest && single.length !== offered.length) return undefined;
    const found = this.some(single, offered, bindings, []);
    if (!found || rest?.kind !== 'symbol') return found?.bindings;
    const left = offered.filter((_, position) => !found.taken.includes(position));
    const bound = subject.kind === 'add' ? rawAdd(left) : rawMultiply(left);
    return this.bind(rest.name, 'many', bound, found.bindings);
  }

  private isMany(part: Formula): boolean {
    return (
      part.kind === 'symbol' &&
      part.indices.length === 0 &&
      this.variables.get(part.name) === 'many'
    );
  }

  /** Takes an operand for each part wanted, going back where that fails. */
  some(
    wanted: readonly Formula[],
    offered: readonly Formula[],
    bindings: Bindings,
    taken: readonly number[],
  ): PartialMatch | undefined {
    const [first, ...others] = wanted;
    if (!first) return { bindings, taken };
    for (const [position, operand] of offered.entries()) {
      if (taken.includes(position)) continue;
      const bound = this.formulas(first, operand, bindings);
      const found = bound && this.some(others, offered, bound, [...taken, position]);
      if (found) return found;
    }
    return undefined;
  }
}

/** What a node is apart from its parts: two nodes of one shell differ in their parts only. */
const shellKey = (formula: Formula): string => structureKey(mapChildren(formula, () => number(0)));

/** The pattern with the names replaced; numbers are worked out where the pattern has operations. */
export function fill(pattern: Formula, bindings: Bindings): Formula {
  if (pattern.kind === 'symbol' && pattern.indices.length === 0)
    return bindings.get(pattern.name) ?? pattern;
  const filled = mapChildren(pattern, (part) => fill(part, bindings));
  switch (filled.kind) {
    case 'add':
      return add(...filled.terms);
    case 'multiply':
      return multiply(...filled.factors);
    case 'power':
      return power(filled.base, filled.exponent);
    default:
      return filled;
  }
}
