/**
 * All laws that a whole answer goes by, under distinct names: those of calculus and algebra, of the
 * walk through definitions, of good writing, and the few that only answers need.
 */
import type { Formula } from '../expression/formula.js';
import { same } from '../expression/same.js';
import { gradientLaws } from '../gradient/laws.js';
import { allLaws } from '../laws/all.js';
import { slopesWrittenOut } from '../laws/slopes-written-out.js';
import type { Lowered, Network } from '../network/network.js';
import type { Rewriting } from '../rewrite/law.js';
import { type LawBook, lawBook } from '../rewrite/replay.js';
import type { Derivation } from '../rewrite/step.js';
import type { SimplifyContext } from '../simplify/context.js';
import { presentationLaws } from '../simplify/present.js';
import { proveEqual } from '../simplify/prove.js';
import { definitionOf } from '../simplify/unfold.js';
import { formsOf } from './forms.js';
import { formulaOfCall, unfolded } from './unfolding.js';
import { policyOf, presentationOf, type Wanted } from './wanted.js';

/** A law that only answers need. */
export interface AnswerLaw {
  readonly name: string;
  readonly says: string;
  /** A worksheet whose answer has a line of this kind. */
  readonly example: string;
}

export const answerRules: readonly AnswerLaw[] = [
  {
    name: 'definition',
    says: 'a name is what it is defined as',
    example: 'y = w x\nfind y',
  },
  {
    name: 'definitions-written-out',
    says: 'names that may not stand are what they are defined as',
    example: 'z = w x\ny = z^2\nfind y in terms of w, x',
  },
  {
    name: 'slopes-written-out',
    says: "f'(z) by the formula of f",
    example: "simplify tanh'(z)",
  },
  {
    name: 'arranged',
    says: 'factors and terms in order: both lines have one normal form',
    example: 'p = softmax(z)\nC = -sum_k y_k log(p_k)\nfind dC/dz_i',
  },
  {
    name: 'matrix-form',
    says: 'sums over shared indices are matrix products',
    example: 'x in R^3\nW in R^(2 x 3)\nz = W x\nL = 1/2 norm(z)^2\nfind dL/dx',
  },
  {
    name: 'expand',
    says: 'products of sums are multiplied out',
    example: 'find (a + b) c as expanded',
  },
  {
    name: 'write-out',
    says: 'a sum over a known range is written out',
    example: 'find sum_{k=1}^{3} a_k as scalar',
  },
];

const plainly = (name: string, change: (formula: Formula) => Formula | undefined): Rewriting => ({
  name,
  apply(formula) {
    const after = change(formula);
    return after && !same(after, formula) ? { after, bindings: new Map(), assumes: [] } : undefined;
  },
});

/** Two lines that differ in order only: held by a proof, since there are many orders. */
export const arrangedLaw = (context: SimplifyContext): Rewriting => ({
  name: 'arranged',
  apply(formula, _context, meant) {
    const after = meant?.get('line');
    if (!after) return undefined;
    const { proved, used } = proveEqual(formula, after, { ...context, unfold: 1 });
    return proved && used.length === 0
      ? { after, bindings: new Map([['line', after]]), assumes: [] }
      : undefined;
  },
});

/**
 * The laws of one answer. `taken` are derivations whose lines through definitions need not be made
 * again, since they were only just made; without them every line is worked out anew.
 */
export function lawsOfAnswer(
  lowered: Lowered,
  network: Network,
  wanted: Wanted,
  taken: readonly Derivation[] = [],
): LawBook {
  const context = presentationOf(lowered, network, wanted);
  const inForm = (name: string) =>
    plainly(name, (formula) => {
      const forms = formsOf({ ...lowered, body: formula }, network, wanted.as, wanted.where);
      return forms.law === name ? forms.chosen : undefined;
    });
  return lawBook<Rewriting>([
    ...allLaws,
    ...gradientLaws(network, policyOf(lowered, wanted), taken),
    ...presentationLaws(context),
    plainly('definition', (formula) =>
      formula.kind === 'symbol'
        ? definitionOf(formula, network.definitions)
        : formulaOfCall(formula, network),
    ),
    plainly('definitions-written-out', (formula) => unfolded(formula, network, wanted.allowed)),
    plainly('slopes-written-out', (formula) => slopesWrittenOut(formula, network)),
    arrangedLaw(context),
    inForm('matrix-form'),
    inForm('expand'),
    inForm('write-out'),
  ]);
}
