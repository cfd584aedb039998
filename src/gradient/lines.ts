/** The lines of one derivative in one region of its indices, as a teacher writes them. */
import type { DerivativeFormula, Formula } from '../expression/formula.js';
import { same, structureKey } from '../expression/same.js';
import { contains, freeNames, substitute } from '../expression/walk.js';
import { tidy } from '../laws/tidy.js';
import type { Assumption } from '../network/network.js';
import type { Reason, Step } from '../rewrite/step.js';
import { politeBoundNames } from '../write/bound-names.js';
import { useAssumptions } from './assumptions.js';
import { plainBoundNames } from './bound-names.js';
import type { Constraint } from './conditions/constraint.js';
import { definitionAt } from './definition-at.js';
import type { Ground } from './ground.js';
import type { Policy } from './policy.js';
import type { Question } from './question.js';
import {
  derivativesIn,
  listed,
  type NamedPart,
  partsOf,
  reasonOfOnly,
  reasonOfSlopes,
  reasonOfUses,
} from './reasons.js';
import { settle, tidyIndices } from './settle.js';
import { slopesOf } from './slopes.js';
import type { Term } from './term.js';
import { treeSize } from './tree-size.js';

export interface Lines {
  readonly answer: Formula;
  /** The lines to the answer; they are made when asked for. */
  readonly steps: () => readonly Step[];
  readonly assumed: readonly Assumption[];
  readonly outside: ReadonlySet<string>;
}

/** What the lines are about. */
export interface Matter {
  readonly question: Question;
  readonly terms: readonly Term[];
  readonly context: readonly Constraint[];
  /** Indices that have one value in the region. */
  readonly pinned: ReadonlyMap<string, Formula>;
  readonly start: Formula;
  readonly asked: DerivativeFormula;
  /** Lines of calculus, where no definition lies on the way. */
  readonly local: readonly Step[];
  readonly policy: Policy;
  readonly ground: Ground;
  /** The derivative that a symbol is the name of. */
  readonly derivativeNamed: (part: Formula) => Formula | undefined;
}

/** Uses, local derivatives, the solved recurrence, the rest of the names, assumptions. */
export function linesOf(matter: Matter): Lines {
  const { question, context, asked, local } = matter;
  const { walk, names } = question;
  const { room } = walk;
  const avoid = freeNames(matter.start);
  const finished = new Map<Formula, Formula>();
  const finish = (formula: Formula): Formula => {
    const known = finished.get(formula);
    if (known) return known;
    const tidied = tidyIndices(substitute(tidy(question.shown(formula)), matter.pinned));
    const result = plainBoundNames(tidied, avoid);
    finished.set(formula, result);
    return result;
  };
  const settledIn = (list: readonly Term[]): readonly Term[] =>
    list.flatMap((term) => {
      const settled = settle(term, context, room);
      return settled ? [settled] : [];
    });
  const lineOf = (terms: readonly Term[]): Formula => walk.formulaOf(settledIn(terms), context);
  const unsolved = lineOf(question.plain.expand(question.entry, context));
  const untangled = finish(unsolved);
  // Where no derivative of the recurrence is left, there is nothing to solve.
  const taken = contains(untangled, (part) => part.kind === 'derivative')
    ? lineOf(matter.terms)
    : unsolved;
  const rewritten = names.rewrite(taken, context);
  const { formula: reduced, used } = useAssumptions(finish(rewritten.formula), walk.assumptions);
  const steps = (): readonly Step[] => {
    const written: Step[] = [...local];
    let last: Formula = local.at(-1)?.after ?? asked;
    const say = (law: string, because: () => Reason, after: Formula, more: Partial<Step> = {}) => {
      if (same(after, last)) return;
      const plain = { at: [], bindings: new Map(), assumes: [], level: 'main' } as const;
      written.push({ law, because: because(), after, ...plain, ...more });
      last = after;
    };
    if (local.length === 0) {
      const uses = lettered(
        finish(lineOf(question.plain.expand(question.entry, context, 'untaken'))),
      );
      say('sum-over-uses', () => reasonOfUses(asked, uses, namedIn(uses, matter)), uses);
      const next = untangled;
      const { slopes, steps: inner } = slopesOf(uses, next, matter.policy, context, matter.ground);
      const more = inner.length > 0 ? { inner } : {};
      const isFirst = same(uses, asked);
      const right = asked.of.kind === 'symbol' ? definitionAt(asked.of, matter.ground) : undefined;
      const because = (): Reason => (isFirst ? reasonOfOnly(asked, right) : reasonOfSlopes(slopes));
      say('local-derivatives', because, next, more);
    } else
      say(
        'put-in-order',
        () => 'a sum over a delta has one term; the factors are put in order',
        untangled,
      );
    say('recurrence-solved', () => reasonOfSolving(last, finish(taken)), finish(taken));
    say(
      'names-written-out',
      () => 'names that may not stand in the answer are written out',
      finish(rewritten.formula),
    );
    say(
      'assumption-used',
      () => [
        'since ',
        ...used.flatMap(({ condition }, place) =>
          place === 0 ? [condition] : [' and ', condition],
        ),
        ' is assumed',
      ],
      reduced,
      { assumes: used.map((assumption) => assumption.condition) },
    );
    return written;
  };
  return { answer: reduced, steps, assumed: used, outside: rewritten.outside };
}

/** Longer lines keep the letters they have. */
const LONGEST_LETTERED = 500;

/** Bound letters as they will be written, so that reasons can speak of them. */
const lettered = (line: Formula): Formula =>
  treeSize(line) > LONGEST_LETTERED ? line : politeBoundNames(line);

/** Names of derivatives in a line, with the derivatives that they name. */
function namedIn(line: Formula, { derivativeNamed }: Matter): readonly NamedPart[] {
  return partsOf(line, (part) => part.kind === 'symbol').flatMap((name) => {
    const derivative = derivativeNamed(name);
    return derivative ? [{ name, derivative }] : [];
  });
}

function reasonOfSolving(before: Formula, after: Formula): Reason {
  const left = new Set(derivativesIn(after).map(structureKey));
  const solved = derivativesIn(before).filter((part) => !left.has(structureKey(part)));
  return solved.length === 0
    ? 'the recurrence is solved: each layer or step on the way gives a factor'
    : [
        'the recurrence for ',
        ...listed(solved),
        ' is solved: each layer or step on the way gives a factor',
      ];
}
