/** Sum and product signs with their limits and their scope. */
import {
  type Bounds,
  bound,
  type Condition,
  compare,
  type Formula,
  one,
  symbol,
} from '../expression/formula.js';
import { readCondition } from './conditions.js';
import { described } from './cursor.js';
import type { Parser } from './grammar.js';
import { lettersOf, splitAtCommas } from './indices.js';
import { negated } from './negation.js';
import { isPathScript, pathSum, readPathIndices } from './path-sum.js';
import { type Script, takeScripts } from './scripts.js';
import { isOperator, type Token } from './token.js';

interface Binding {
  readonly index: string;
  readonly bounds: Bounds | undefined;
  readonly where: readonly Condition[];
}

/** A sum or product: sign, limits, and the whole product that follows. */
export function readSign(parser: Parser): Formula {
  const { cursor } = parser;
  const { vocabulary, notation } = parser.context;
  const token = cursor.take();
  const kind = token.text === 'sum' ? 'sum' : 'product';
  const scripts = takeScripts(cursor, vocabulary, notation, true);
  const below = scripts.find((script) => !script.above);
  const above = scripts.find((script) => script.above);
  const word = kind === 'sum' ? 'sum' : 'product';
  if (!below)
    throw cursor.error(
      `expected the index of this ${word}, such as ${token.text}_k or ${token.text}_{k=1}^K`,
      token,
    );
  const path = kind === 'sum' && isPathScript(below) ? readPathIndices(parser, below) : undefined;
  const bindings = path ? [] : readBindings(parser, below, above);
  const letters = path ? [path.letter] : bindings.map((binding) => binding.index);
  const bound = [...parser.context.bound, ...letters];
  const next = cursor.peek();
  const reach = kind === 'product' || parser.reach === 'to next sign' ? 'to next sign' : 'whole';
  const inner = parser.continued(bound, reach);
  if (!inner.startsFactor() && !inner.cursor.is('-'))
    throw cursor.error(
      `expected the terms of this ${word} after its index, met ${described(next)}`,
      next.kind === 'end' ? token : next,
    );
  // `sum_k -y_k log p_k`: a minus may follow the sign.
  const body = inner.cursor.accept('-') ? negated(inner.term()) : inner.term();
  parser.cursor.reset(inner.cursor.mark());
  if (path) return pathSum(path, body, parser, token);
  return bindings.reduceRight<Formula>((all, binding) => wrap(kind, binding, all), body);
}

const wrap = (kind: 'sum' | 'product', binding: Binding, body: Formula): Formula =>
  bound(kind, binding.index, binding.bounds, body, binding.where);

function readBindings(
  parser: Parser,
  below: Script,
  above: Script | undefined,
): readonly Binding[] {
  const { cursor, context } = parser;
  const parts = splitAtCommas(below.tokens);
  const upper = above && (() => parser.whole(above.tokens, above.place, { insideIndex: true }));
  // `sum_{i=1, i != j}^n`, `sum_{i,j}`, `sum_ij`, `sum_{j != i}`, `sum_{i in S}`, `sum_{i<j}`
  const bindings: Binding[] = [];
  for (const written of parts) {
    // `j : j != i` is `j != i`.
    const part =
      isOperator(written[1], ':') && written[2]?.text === written[0]?.text
        ? written.slice(2)
        : written;
    const relation = part.findIndex(
      (token) =>
        (token.kind === 'operator' &&
          ['=', '!=', '<', '<=', '>', '>=', 'in'].includes(token.text)) ||
        (token.kind === 'word' && token.text === 'in'),
    );
    if (relation < 0) {
      if (!part.every(isName)) throw cursor.error('expected the index of this sum', below.place);
      for (const letter of namesOf(part, context.vocabulary.plain))
        bindings.push({ index: letter, bounds: undefined, where: [] });
      continue;
    }
    const sign = part[relation] as Token;
    const index = part[0];
    if (index === undefined || relation === 0 || !isName(index))
      throw cursor.error('expected an index before this sign', sign);
    const known = bindings.map((binding) => binding.index);
    if (relation === 1 && sign.text === '=' && !known.includes(index.text)) {
      const right = part.slice(2);
      const dots = right.findIndex((token) => token.text === '..');
      const bound = [...context.bound, ...known];
      const lowerTokens = dots >= 0 ? right.slice(0, dots) : right;
      const lower = parser.whole(lowerTokens, sign, { insideIndex: true, bound });
      const top =
        dots >= 0
          ? parser.whole(right.slice(dots + 1), sign, { insideIndex: true, bound })
          : upper?.();
      if (top === undefined) {
        bindings.push({
          index: index.text,
          bounds: undefined,
          where: [compare(symbolOf(index), '>=', lower)],
        });
      } else bindings.push({ index: index.text, bounds: { lower, upper: top }, where: [] });
      continue;
    }
    bindings.push(...conditional(parser, part, index, known, bindings));
  }
  if (bindings.length === 0) throw cursor.error('expected the index of this sum', below.place);
  const first = bindings[0] as Binding;
  const only =
    bindings.length === 1 || bindings.slice(1).every((binding) => binding.bounds === undefined);
  if (upper && first.bounds === undefined && only && bindings.length === 1)
    return [{ ...first, bounds: { lower: one, upper: upper() } }];
  return bindings;
}

const isName = ({ kind }: Token): boolean =>
  kind === 'word' || kind === 'name' || kind === 'number';

const symbolOf = (token: Token): Formula => symbol(token.text);

/** `j != i`, `i < j`, `i in S`, `1 <= i <= n`: a restriction, of an index met before or a new one. */
function conditional(
  parser: Parser,
  part: readonly Token[],
  index: Token,
  known: readonly string[],
  bindings: Binding[],
): readonly Binding[] {
  const own = index.kind === 'number' ? (part[2] ?? index) : index;
  const bound = [...parser.context.bound, ...known, own.text];
  const condition = readCondition(
    parser.inner(part, index, { insideIndex: true, bound }),
    part,
    index,
  );
  // `1 <= i <= n` and `i in {1, ..., n}` are a range.
  const range = rangeOf(condition, own.text);
  const at = known.indexOf(own.text);
  if (at >= 0) {
    const binding = bindings[at] as Binding;
    bindings[at] = { ...binding, where: [...binding.where, condition] };
    return [];
  }
  if (range) return [{ index: own.text, bounds: range, where: [] }];
  // `i < j` binds both when neither is bound around.
  const second = part[2];
  const other =
    part.length === 3 &&
    second?.kind === 'word' &&
    second.text.length === 1 &&
    part[1]?.text !== 'in'
      ? second.text
      : undefined;
  const outside =
    parser.context.bound.includes(other ?? '') || parser.context.vocabulary.sizes.has(other ?? '');
  if (other !== undefined && !outside && part[1]?.text === '<' && !known.includes(other))
    return [
      { index: own.text, bounds: undefined, where: [] },
      { index: other, bounds: undefined, where: [condition] },
    ];
  return [{ index: own.text, bounds: undefined, where: [condition] }];
}

function rangeOf(condition: Condition, index: string): Bounds | undefined {
  if (condition.kind !== 'and' || condition.parts.length !== 2) return undefined;
  const [low, high] = condition.parts;
  if (low?.kind !== 'compare' || high?.kind !== 'compare') return undefined;
  const isIndex = (formula: Formula) => formula.kind === 'symbol' && formula.name === index;
  const lower =
    low.relation === '<=' && isIndex(low.right)
      ? low.left
      : low.relation === '>=' && isIndex(low.left)
        ? low.right
        : undefined;
  const upper = high.relation === '<=' && isIndex(high.left) ? high.right : undefined;
  return lower && upper ? { lower, upper } : undefined;
}

/** The index names of `ij` or `k`. */
function namesOf(part: readonly Token[], plain: boolean): readonly string[] {
  if (part.length === 1 && part[0] && (plain || /\d/.test(part[0].text))) return [part[0].text];
  return lettersOf(part).map((token) => token.text);
}
