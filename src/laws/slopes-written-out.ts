/** Slopes of known and of defined functions written out, in a whole formula. */
import { type Formula, symbol } from '../expression/formula.js';
import { freeNames, rewriteUp, substitute } from '../expression/walk.js';
import type { LawContext } from '../rewrite/law.js';
import { differentiate, writtenOut } from './differentiate.js';

/**
 * Replaces the slopes of known functions by their formulas (`relu'(z)` is `1{z > 0}`), and those of
 * functions that the sheet defines by the derivative of their body. Abstract ones stay (`f'(z)`).
 */
export function slopesWrittenOut(
  formula: Formula,
  { functions, conventions }: Required<Pick<LawContext, 'functions' | 'conventions'>>,
): Formula {
  const context = { functions, conventions };
  return rewriteUp(formula, (part) => {
    if (part.kind !== 'call' || part.slots.length === 0) return part;
    const defined = functions.get(part.name);
    if (!defined) return writtenOut(part, context) ?? part;
    if (!defined.body || part.slots.some((slot) => slot.at.length > 0)) return part;
    const slope = part.slots.reduce(
      (body, slot) => differentiate(body, symbol(defined.parameters[slot.argument] ?? ''), context),
      defined.body,
    );
    const values = defined.parameters.map(
      (name, place) => [name, part.args[place] ?? symbol(name)] as const,
    );
    return substitute(slope, new Map(values));
  });
}

/**
 * Replaces the slopes of functions whose formulas mention more than their parameters (`D'(x)` after
 * `D(x) = sigma(w x)`): they change with what the formula mentions, and a call does not show it.
 */
export function openSlopesWrittenOut(formula: Formula, context: LawContext): Formula {
  const { functions } = context;
  if (!functions || functions.size === 0) return formula;
  return rewriteUp(formula, (part) => {
    if (part.kind !== 'call' || part.slots.length === 0) return part;
    const { parameters, body } = functions.get(part.name) ?? {};
    if (!body || [...freeNames(body)].every((name) => parameters?.includes(name))) return part;
    return writtenOut(part, context) ?? part;
  });
}
