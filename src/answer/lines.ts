/** Steps put together to the lines that a teacher writes. */
import type { Formula } from '../expression/formula.js';
import { treeSize } from '../gradient/tree-size.js';
import type { Rewriting } from '../rewrite/law.js';
import { partAt } from '../rewrite/place.js';
import type { Reason, Step } from '../rewrite/step.js';

/** A main line takes in the small steps that follow it; small ones at the start are a line together. */
export function lined(steps: readonly Step[]): readonly Step[] {
  const lines: Step[] = [];
  for (const step of steps) {
    const line = lines.at(-1);
    if (!line || step.level === 'main') {
      lines.push(step);
      continue;
    }
    const { inner, ...lead } = line;
    lines[lines.length - 1] = {
      ...line,
      because: line.level === 'main' ? line.because : joined(line.because, step.because),
      after: step.after,
      assumes: [...line.assumes, ...step.assumes],
      inner: [...(inner ?? [lead]), step],
    };
  }
  return lines;
}

function joined(first: Reason, second: Reason): Reason {
  if (typeof first !== 'string' || typeof second !== 'string') return first;
  return first.includes(second) ? first : `${first}; ${second}`;
}

/** Longer lines are not taken apart: proving their order would cost more than it tells. */
const LONGEST_LINE = 300;

/** Smaller steps are kept only where they lead to their line: their last one is held by a proof. */
export function withProvenInner(
  start: Formula,
  steps: readonly Step[],
  arranged: Rewriting,
): readonly Step[] {
  let before = start;
  return steps.map((step) => {
    const from = before;
    before = step.after;
    if (!step.inner) return step;
    const inner = withProvenInner(from, step.inner, arranged);
    const { inner: _dropped, ...bare } = step;
    return holds(from, inner, arranged) ? { ...step, inner } : bare;
  });
}

function holds(start: Formula, steps: readonly Step[], arranged: Rewriting): boolean {
  let before = start;
  return steps.every((step) => {
    const part = partAt(before, step.at);
    before = step.after;
    if (step.law !== arranged.name) return true;
    if (!part || treeSize(part) > LONGEST_LINE) return false;
    return arranged.apply(part, {}, step.bindings) !== undefined;
  });
}
