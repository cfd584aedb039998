/** A claim that is an update, `w <- w - eta dL/dw`: judged as a step of gradient descent. */
import {
  type Condition,
  derivative,
  type Formula,
  number,
  rawAdd,
  rawMultiply,
  symbol,
} from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { contains, freeNames } from '../expression/walk.js';
import { compareSides } from '../judge/compare.js';
import { type Judgement, undecided } from '../judge/judgement.js';
import { isIndexPlace, placesOf } from '../judge/places.js';
import { headsOf } from '../network/heads.js';
import type { Network } from '../network/network.js';
import type { Assertion } from '../read/statement.js';
import { writePlain } from '../write/write.js';
import type { JudgedAssertion } from './judged.js';
import { lossOf } from './loss.js';
import type { Setting } from './session.js';
import { updateFormula } from './update.js';

type Update = Assertion & { readonly kind: 'update' };

/** What is made smaller by habit; other names (log-likelihoods, rewards) may be made larger. */
const lossNames = /^(\\?mathcal\{)?[CEL](?![a-zA-Z])|loss|cost|error|risk/i;

/** Sizes of a step by habit; another name may be a velocity or a decay. */
const rateNames =
  /^(eta|alpha|gamma|eps|epsilon|varepsilon|mu|rho|tau|nu|lr|rate|step|s|h)(?![a-zA-Z])/;

/** Sizes of a step that are tried: names and numbers of the line. */
const MOST_RATES = 6;

/**
 * Whether the new value is the old one minus a step along the gradient of the sheet's loss; the size
 * of the step is a name or a number of the line. A step upwards is wrong for a loss; where the sheet
 * does not say what is to be made small, or the line has names that the sheet says nothing of,
 * nothing is judged.
 */
export function judgeUpdate(
  { target, value }: Update,
  where: readonly Condition[],
  setting: Setting,
): JudgedAssertion {
  const { network, display } = setting;
  const print = (formula: Formula) => writePlain(formula, display);
  const loss = lossOf(network);
  const behind = namesBehind(loss, network);
  const names = [...freeNames(target)];
  if (!names.some((name) => behind.has(name)))
    return unknown(
      `${print(target)} is no parameter of ${print(loss)}, so the sheet does not say how it is updated: write its new value as a definition with a name of its own`,
    );
  const rates = ratesIn(value, behind, network);
  const comparisons = (rates.length > 0 ? rates : [symbol('eta')]).map((rate) => ({
    left: updateFormula(target, rate, setting),
    relation: '=' as const,
    right: value,
    where,
  }));
  const judged = comparisons.map((comparison) => ({
    judgement: compareSides(comparison, network),
    comparison,
  }));
  const found = judged.find(({ judgement }) => holds(judgement));
  if (found) return found;
  const [first] = judged as [(typeof judged)[number]];
  if (first.judgement.verdict !== 'differs') return first;
  const stray = [...freeNames(value)].find(
    (name) =>
      !behind.has(name) &&
      !names.includes(name) &&
      !rateNames.test(name) &&
      network.families.get(name)?.role === 'quantity',
  );
  if (rates.length === 0 || stray !== undefined)
    return unknown(
      `the rule of this update is not in the sheet${stray === undefined ? '' : ` (nothing says what ${stray} is)`}: gradient descent is ${print(target)} <- ${print(updateFormula(target, undefined, setting))}; write another rule as a definition`,
    );
  const upwards = comparisons.some((comparison, place) =>
    holds(compareSides({ ...comparison, left: upwardsBy(target, rates[place], loss) }, network)),
  );
  if (upwards && !(loss.kind === 'symbol' && lossNames.test(loss.name)))
    return unknown(
      `this step makes ${print(loss)} larger, and the sheet does not say whether it should be large or small: define the loss that is made small, such as C = -${print(loss)}`,
    );
  return first;
}

const unknown = (message: string): JudgedAssertion => ({
  judgement: undecided(message),
  comparison: undefined,
});

const holds = ({ verdict }: Judgement): boolean => verdict === 'proved' || verdict === 'agrees';

const upwardsBy = (target: Formula, rate: Formula | undefined, loss: Formula): Formula =>
  rawAdd([target, rawMultiply([rate ?? symbol('eta'), derivative(loss, target)])]);

/** Names that the loss is made of. */
function namesBehind(loss: Formula, network: Network): ReadonlySet<string> {
  const names = new Set(freeNames(loss));
  for (const name of names)
    for (const { right } of headsOf(network.definitions).of(name))
      for (const inner of freeNames(right)) names.add(inner);
  return names;
}

/** What may be the size of the step: `eta`, else single numbers that the loss is not made of. */
function ratesIn(
  value: Formula,
  behind: ReadonlySet<string>,
  network: Network,
): readonly Formula[] {
  const names = [...freeNames(value)].filter((name) => {
    const family = network.families.get(name);
    return family?.kind === 'leaf' && family.slots.length === 0 && !behind.has(name);
  });
  const named = names.includes('eta') ? ['eta'] : names;
  const defined = [...freeNames(value)].filter((name) => {
    const own = headsOf(network.definitions).of(name);
    return own.length === 1 && own[0]?.head.length === 0 && !behind.has(name);
  });
  const numbers = new Map(
    placesOf(value)
      .filter((place) => !isIndexPlace(place))
      .flatMap(({ part }) => (part.kind === 'number' ? [number(part.value.abs())] : []))
      .map((part) => [structureKey(part), part]),
  );
  const derivatives = contains(value, (part) => part.kind === 'derivative');
  const plain = derivatives ? [number(1)] : [];
  return [
    ...[...named, ...defined].map((name) => symbol(name)),
    ...numbers.values(),
    ...plain,
  ].slice(0, MOST_RATES);
}
