/** `fill`: what belongs in the blank. */
import type { FillView } from '../document/view.js';
import { type Formula, minusOne, rawAdd, rawMultiply, rawPower } from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import { contains, rewriteUp } from '../expression/walk.js';
import { writtenOutSums } from '../forms/unroll.js';
import { compareSides } from '../judge/compare.js';
import { placesOf } from '../judge/places.js';
import { lower } from '../network/lower.js';
import type { Network } from '../network/network.js';
import type { Statement } from '../read/statement.js';
import { expand } from '../simplify/expand.js';
import { present } from '../simplify/present.js';
import { definitionOf } from '../simplify/unfold.js';
import { clauseConditions } from './clauses.js';
import { closedForm } from './closed-form.js';
import { formulaView, relationView } from './formulas.js';
import type { Setting } from './session.js';
import { sizesOf } from './wanted.js';

type FillStatement = Statement & { readonly kind: 'fill' };

const hasBlank = (formula: Formula): boolean => contains(formula, (part) => part.kind === 'blank');

/** The blank on its own side: everything around it is moved to the other side. */
function solvedForBlank(left: Formula, right: Formula): Formula {
  let [other, around] = hasBlank(right) ? [left, right] : [right, left];
  while (around.kind !== 'blank') {
    if (around.kind === 'add') {
      const rest = around.terms.filter((term) => !hasBlank(term));
      around = theOne(around.terms);
      other = rawAdd([other, ...rest.map((term) => rawMultiply([minusOne, term]))]);
    } else if (around.kind === 'multiply') {
      const rest = around.factors.filter((factor) => !hasBlank(factor));
      around = theOne(around.factors);
      other = rawMultiply([other, ...rest.map((factor) => rawPower(factor, minusOne))]);
    } else if (
      around.kind === 'power' &&
      around.exponent.kind === 'number' &&
      around.exponent.value.equals(-1)
    ) {
      around = around.base;
      other = rawPower(other, minusOne);
    } else {
      throw new Unsupported(
        'the blank stands inside a function, a sum or a power: expected it as a term or a factor',
        around,
      );
    }
  }
  return other;
}

function theOne(parts: readonly Formula[]): Formula {
  const found = parts.filter(hasBlank);
  if (found.length === 1) return found[0] as Formula;
  throw new Unsupported('several blanks: expected one blank in a fill statement');
}

/** Entries that only name another one (`a^0_i = x_i`) are that other one. */
const withoutAliases = (formula: Formula, network: Network): Formula =>
  rewriteUp(formula, (part) => {
    const right = part.kind === 'symbol' ? definitionOf(part, network.definitions) : undefined;
    return right?.kind === 'symbol' ? right : part;
  });

export function answerFill(statement: FillStatement, setting: Setting): FillView {
  const { network, display } = setting;
  const where = clauseConditions(statement.clauses);
  const content = solvedForBlank(statement.left, statement.right);
  const lowered = lower(content, network, { where });
  const { line } = statement;
  const form = closedForm(lowered, network, { allowed: undefined, as: 'expanded', where, line });
  const scalar = withoutAliases(writtenOutSums(form.body, network), network);
  const context = { sizes: sizesOf(network) };
  const answer = present(expand(scalar, context) ?? scalar, context).formula;
  const put = (formula: Formula): Formula => {
    const place = placesOf(formula).find(({ part }) => part.kind === 'blank');
    return place ? place.put(answer) : formula;
  };
  const filled = {
    left: put(statement.left),
    relation: '=' as const,
    right: put(statement.right),
    where,
  };
  const judgement = compareSides(filled, network);
  return {
    kind: 'fill',
    line: statement.line,
    formula: relationView(
      formulaView(statement.left, display),
      '=',
      formulaView(statement.right, display),
    ),
    answer: formulaView(answer, display),
    verdict: judgement.verdict,
    ...(judgement.points > 0 ? { points: judgement.points } : {}),
  };
}
