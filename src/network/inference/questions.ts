/** Formulas of questions as size evidence for names that no definition holds. */
import type { Formula } from '../../expression/formula.js';
import { children, freeNames } from '../../expression/walk.js';
import { ShapeError } from '../errors.js';
import { type Conventions, IndexingContext } from '../indexing/context.js';
import { indexed } from '../indexing/indexed.js';
import type { Vocabulary } from '../network.js';
import type { Facts } from './facts.js';
import { type DefinitionUnit, questionUnit } from './units.js';
import type { Unit } from './uses.js';

/**
 * Units for questions that hold a family which no definition and no declaration holds. A wrong
 * check line must not bend sizes, so formulas over known families alone are left out.
 */
export function questionUnits(
  facts: Facts,
  vocabulary: Vocabulary,
  conventions: Conventions,
  definitions: readonly DefinitionUnit[],
): readonly Unit[] {
  const known = new Set<string>();
  for (const unit of definitions)
    for (const name of [...freeNames(unit.head), ...freeNames(unit.body)]) known.add(name);
  for (const { targets } of facts.declares)
    for (const target of targets) if (target.kind === 'symbol') known.add(target.name);
  const units: Unit[] = [];
  for (const formula of [...facts.asked, ...facts.checked]) {
    if (!hasNewFamily(formula, known, vocabulary)) continue;
    const context = new IndexingContext(vocabulary, conventions);
    try {
      const shaped = indexed(formula, context);
      const variables = [...shaped.axes, ...indexLetters(shaped.body, vocabulary)];
      units.push(questionUnit(shaped.body, context, variables, { line: 0, source: 'a question' }));
    } catch (problem) {
      // A question that does not fit is judged where it is asked; it is no evidence.
      if (!(problem instanceof ShapeError)) throw problem;
    }
  }
  return units;
}

function hasNewFamily(
  formula: Formula,
  known: ReadonlySet<string>,
  vocabulary: Vocabulary,
): boolean {
  if (formula.kind === 'symbol' && !known.has(formula.name)) {
    const rank = vocabulary.ranks.get(formula.name);
    if (rank && rank.upper + rank.lower > 0) return true;
  }
  return children(formula).some((part) => hasNewFamily(part, known, vocabulary));
}

/** Letters in index positions. */
function indexLetters(formula: Formula, vocabulary: Vocabulary): readonly string[] {
  const own =
    formula.kind === 'symbol' ? formula.indices.flatMap((index) => [...freeNames(index)]) : [];
  const inside = children(formula).flatMap((part) => indexLetters(part, vocabulary));
  return [...own, ...inside].filter((name) => !vocabulary.ranks.has(name));
}
