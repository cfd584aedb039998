/**
 * Ranks: how many indices each name has. Found as a fixpoint over definitions and declarations
 * (never from claims or check lines, which may be wrong), so that `z = W x + b` is read as matrix
 * notation with nothing declared. What only the letter suggests is marked as guessed.
 */
import { type Formula, isNumber, type SymbolFormula } from '../../expression/formula.js';
import { children, contains } from '../../expression/walk.js';
import type { NestedFormulas, Sheet } from '../../read/statement.js';
import type { FunctionBody, FunctionManner, NameRank } from '../network.js';
import { type DefinitionFact, depthOf, type Facts } from './facts.js';
import { abstractNames, callsWrittenOut } from './functions.js';
import { looksLikeMatrix, looksLikeWeight } from './letters.js';
import { RankTable } from './rank-table.js';
import { RankWalk } from './rank-walk.js';

/** Rounds of inference; each must change something, and every name changes only a few times. */
const MOST_ROUNDS = 400;

export interface Ranks {
  readonly ranks: ReadonlyMap<string, NameRank>;
  readonly manners: ReadonlyMap<string, FunctionManner>;
}

/** Infers the rank of every name and the manner of every abstract function. */
export function inferRanks(
  written: Facts,
  sheet: Sheet,
  bodies: ReadonlyMap<string, FunctionBody>,
  sizeNames: ReadonlySet<string>,
): Ranks {
  const facts = withCallsWrittenOut(written, bodies);
  const table = new RankTable((name) => sheet.names.get(name)?.upper ?? 0);
  const walk = new RankWalk(table, facts.powers, functionNames(facts), bodies);
  for (const name of sizeNames) if ((sheet.names.get(name)?.lower ?? 0) === 0) table.number(name);
  declare(facts, table, walk);
  const stages: readonly (() => void)[] = [
    () => {},
    () => primed(facts, walk),
    () => manyArguments(facts, walk),
    () => evidence(facts.asked, table, false),
    // Matrices first: they make columns of what stands behind them, of which rows are transposes.
    () => guessMatrices(facts, table),
    () => transposed(facts, table),
    () => defaultManners(facts, walk),
    () => evidence(facts.checked, table, true),
  ];
  let rounds = 0;
  for (const stage of stages) {
    stage();
    do {
      table.changed = false;
      for (const fact of facts.definitions) infer(fact, table, walk);
      rounds += 1;
    } while (table.changed && rounds < MOST_ROUNDS);
  }
  for (const formula of [...facts.asked, ...facts.checked]) walk.note(formula);
  return { ranks: table.finish(), manners: walk.manners };
}

/** What functions do with their arguments tells the ranks of both. */
const withCallsWrittenOut = (facts: Facts, bodies: ReadonlyMap<string, FunctionBody>): Facts => ({
  ...facts,
  definitions: facts.definitions.map(({ statement, head }) => ({
    head,
    statement: {
      ...statement,
      right: callsWrittenOut(statement.right, bodies),
      chain: statement.chain.map((side) => callsWrittenOut(side, bodies)),
    },
  })),
});

/** Names of functions that are not names of quantities as well (`C = C(a^L)` makes C both). */
function functionNames(facts: Facts): ReadonlySet<string> {
  const quantities = new Set(facts.definitions.map(({ head }) => head.name));
  const abstract = [...abstractNames(facts)].filter((name) => !quantities.has(name));
  return new Set([...facts.functions.map((f) => f.name), ...abstract]);
}

/** What is written: heads, subscripts, declarations and literals. */
function declare(facts: Facts, table: RankTable, walk: RankWalk): void {
  for (const { statement, head } of facts.definitions) {
    table.meet(head, true);
    for (const formula of [statement.right, ...statement.chain]) walk.note(formula);
  }
  for (const statement of facts.functions)
    if (statement.body) walk.note(statement.body, new Set(statement.parameters));
  const matrices = declaredMatrices(facts);
  for (const { targets, sizes, row, symmetric, set } of facts.declares)
    for (const target of targets) {
      if (target.kind !== 'symbol') continue;
      table.meet(target, false);
      if (set === 'N' && sizes.length === 0) continue;
      const [first, second] = sizes;
      const square = first !== undefined && second !== undefined && sameText(first, second);
      const column = second !== undefined && isNumber(second, 1) && table.mayBeVector(target);
      const lies = row && table.mayLie(target) && !matrices.has(target.name);
      const axes = lies || column ? 1 : sizes.length;
      table.fix(target, axes, { row: lies, square: square || symmetric });
    }
  for (const { items } of facts.givens)
    for (const { target, value } of items)
      if (target.kind === 'symbol') {
        table.meet(target, false);
        const nested = depthOf(value);
        const thin = nested === 2 && isThin(value) && table.mayBeVector(target);
        const depth = thin ? 1 : nested;
        if (depth > 0 || !table.isFixed(target.name)) table.fix(target, depth, {});
      }
}

/** Names that are declared as a proper matrix for some index (`W^(1)` beside a `W^(2)` of one row). */
const declaredMatrices = (facts: Facts): ReadonlySet<string> =>
  new Set(
    facts.declares.flatMap(({ targets, sizes, row }) =>
      sizes.length === 2 && !row
        ? targets.flatMap((target) => (target.kind === 'symbol' ? [target.name] : []))
        : [],
    ),
  );

/** `[[1], [2]]` or `[[1, 2]]`: a vector written as a matrix. */
const isThin = (value: NestedFormulas): boolean =>
  Array.isArray(value) &&
  (value.length === 1 || value.every((row) => Array.isArray(row) && row.length === 1));

const sameText = (left: Formula, right: Formula): boolean =>
  JSON.stringify(left, bigintText) === JSON.stringify(right, bigintText);
const bigintText = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? `${value}` : value;

function infer({ statement, head }: DefinitionFact, table: RankTable, walk: RankWalk): void {
  const want = table.shape(head);
  for (const right of [statement.right, ...statement.chain]) {
    const shape = walk.shape(right, want);
    if (shape) table.suggest(head, shape.axes, shape.row, shape.guessed);
  }
}

const entrywiseOperations: ReadonlySet<string> = new Set(['elementwise', 'elementwise_divide']);

/**
 * A function that is primed or multiplied entry by entry somewhere acts entry by entry; one with an index of its own (`phi_j(a)`)
 * takes the whole family.
 */
function primed(facts: Facts, walk: RankWalk): void {
  const look = (formula: Formula): void => {
    if (formula.kind === 'call' && formula.indices.length > 0) walk.decide(formula.name, 'whole');
    if (formula.kind === 'call' && formula.slots.some((slot) => slot.at.length === 0))
      walk.decide(formula.name, 'elementwise');
    // What is multiplied entry by entry has entries.
    if (formula.kind === 'operation' && entrywiseOperations.has(formula.name))
      for (const part of formula.args)
        if (part.kind === 'call' && part.args.length === 1) walk.decide(part.name, 'elementwise');
    for (const part of children(formula)) look(part);
  };
  for (const formula of [
    ...facts.definitions.flatMap(({ statement }) => [statement.right, ...statement.chain]),
    ...facts.asked,
    ...facts.checked,
  ])
    look(formula);
}

/** A function of several families is a loss unless its left side is a family. */
function manyArguments(facts: Facts, walk: RankWalk): void {
  for (const { statement } of facts.definitions) {
    const { right } = statement;
    if (right.kind === 'call' && right.args.length > 1) walk.decide(right.name, 'whole');
  }
}

/** Subscripts in questions, for names about which the definitions say nothing. */
function evidence(formulas: readonly Formula[], table: RankTable, guessed: boolean): void {
  const look = (formula: Formula): void => {
    if (formula.kind === 'symbol') {
      table.consider(formula, guessed);
      return;
    }
    for (const part of children(formula)) look(part);
  };
  for (const formula of formulas) look(formula);
}

/** `u^T` and `W^T`: something is transposed, so it is a vector or a matrix, by its letter. */
function transposed(facts: Facts, table: RankTable): void {
  const look = (formula: Formula): void => {
    if (formula.kind === 'operation' && formula.name === 'transpose') {
      const [inside] = formula.args;
      if (inside?.kind === 'symbol' && table.shape(inside)?.axes !== 2) {
        const axes = looksLikeMatrix(inside.name) ? 2 : 1;
        if ((table.shape(inside)?.axes ?? 0) < axes) table.suggest(inside, axes, false, true);
      }
    }
    for (const part of children(formula)) look(part);
  };
  for (const { statement } of facts.definitions) look(statement.right);
}

/** `W x` with nothing known: a capital letter in front of a small one is taken for a matrix. */
function guessMatrices(facts: Facts, table: RankTable): void {
  const defined = new Set(facts.definitions.map(({ head }) => head.name));
  const look = (formula: Formula): void => {
    if (formula.kind === 'multiply')
      formula.factors.forEach((factor, place) => {
        if (factor.kind !== 'symbol' || !mayBeMatrix(factor, table)) return;
        if (defined.has(factor.name) || !looksLikeMatrix(factor.name)) return;
        const next = formula.factors[place + 1];
        const previous = formula.factors[place - 1];
        const beside = [next, previous].filter((part) => part !== undefined);
        const wide = beside.some((part) => (table.axesNear(part) ?? 0) > 0);
        const weight = looksLikeWeight(factor.name);
        // In front of a sum over an index stands a number (the C of a soft margin), not a matrix.
        const open =
          next !== undefined &&
          next.kind !== 'sum' &&
          next.kind !== 'product' &&
          (weight || !isLogarithm(next)) &&
          contains(next, (part) => isOpen(part, table));
        const indexed = weight && next?.kind === 'symbol' && isColumnFor(next, table);
        if (
          wide ||
          open ||
          indexed ||
          (weight && previous?.kind === 'symbol' && looksLikeMatrix(previous.name))
        )
          table.suggest(factor, 2, false, true);
      });
    for (const part of children(formula)) look(part);
  };
  for (const { statement } of facts.definitions) look(statement.right);
}

/** `A \\log p` weighs a likelihood: no matrix of that letter stands before a logarithm. */
const isLogarithm = (part: Formula): boolean => part.kind === 'call' && part.name === 'log';

/** Met bare, or with the number of a layer only (`W_1 x`). */
const mayBeMatrix = (factor: SymbolFormula, table: RankTable): boolean =>
  table.isUnknown(factor) ||
  (table.canGrow(factor) && factor.indices.length === 1 && factor.indices[0]?.kind === 'number');

/** `x_t` behind a weight that stands bare: a column for each t. */
const isColumnFor = (part: SymbolFormula, table: RankTable): boolean =>
  !looksLikeMatrix(part.name) &&
  part.indices.length === 1 &&
  part.indices[0]?.kind !== 'number' &&
  table.canGrow(part);

const isOpen = (part: Formula, table: RankTable): boolean =>
  part.kind === 'symbol' && table.isUnknown(part) && !looksLikeMatrix(part.name);

/** An abstract function of a family: a loss if nothing uses its value further, else elementwise. */
function defaultManners(facts: Facts, walk: RankWalk): void {
  const used = new Set<string>();
  const look = (formula: Formula): void => {
    if (formula.kind === 'derivative') {
      look(formula.by);
      return;
    }
    if (formula.kind === 'symbol') used.add(formula.name);
    for (const part of children(formula)) look(part);
  };
  for (const { statement } of facts.definitions) look(statement.right);
  for (const { statement, head } of facts.definitions) {
    const { right } = statement;
    if (right.kind !== 'call') continue;
    walk.decide(right.name, used.has(head.name) ? 'elementwise' : 'whole');
  }
}
