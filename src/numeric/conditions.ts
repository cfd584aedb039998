/** Conditions on the tape. */
import type { Condition } from '../expression/formula.js';
import { integer } from './integers.js';
import type { Scope } from './scope.js';
import type { Node } from './tape.js';
import type { Working } from './working.js';

/** One or zero as a node; missing (or not a number) where a number that is compared is. */
export function truth(working: Working, condition: Condition, scope: Scope): Node {
  const { tape } = working;
  switch (condition.kind) {
    case 'member': {
      const element = integer(condition.element, scope, working.world);
      return working.world.member(condition.set, element) ? tape.one : tape.zero;
    }
    case 'and':
    case 'or': {
      const parts = condition.parts.map((part) => truth(working, part, scope));
      const deciding = condition.kind === 'and' ? tape.zero : tape.one;
      if (parts.includes(deciding)) return deciding;
      const open = parts.find(
        (part) => tape.missingFor(part) !== undefined || Number.isNaN(tape.value(part)),
      );
      return open ?? (condition.kind === 'and' ? tape.one : tape.zero);
    }
    case 'compare': {
      const left = working.node(condition.left, scope);
      const right = working.node(condition.right, scope);
      const missing = tape.missingFor(left) ?? tape.missingFor(right);
      if (missing !== undefined) return tape.absent(missing);
      // What compares with a number that there is not (`log(-1) > 0`) neither holds nor fails.
      if (Number.isNaN(tape.value(left)) || Number.isNaN(tape.value(right)))
        return tape.constant(Number.NaN);
      working.note(distance(tape.value(left), tape.value(right)));
      working.branches.meet(condition, [[left, right]]);
      const holds = compareNumbers(tape.value(left), condition.relation, tape.value(right));
      return holds ? tape.one : tape.zero;
    }
  }
}

/** The relative distance of two numbers. */
export const distance = (left: number, right: number): number =>
  Math.abs(left - right) / (1 + Math.abs(left) + Math.abs(right));

/** A relation between two numbers. */
export function compareNumbers(
  left: number,
  relation: '=' | '!=' | '<' | '<=' | '>' | '>=',
  right: number,
): boolean {
  switch (relation) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}
