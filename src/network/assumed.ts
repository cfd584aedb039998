/** Conventions and assumptions of a sheet. */
import type { Condition } from '../expression/formula.js';
import type { Sheet } from '../read/statement.js';
import type { Extent } from './extent.js';
import { lowerCondition } from './lower.js';
import type { Assumption, Convention, Family, Network } from './network.js';

/** Conventions up to a line; a later one replaces an earlier one. */
export function conventionsOf(
  sheet: Sheet,
  upTo: Extent,
): Pick<Network, 'conventions' | 'layout' | 'softmaxOver'> {
  const conventions = new Map<string, Convention>();
  let layout: Network['layout'] = 'numerator';
  let softmaxOver: Network['softmaxOver'] = 'rows';
  for (const statement of sheet.statements) {
    if (statement.kind !== 'convention' || statement.line > upTo.line) continue;
    const { name, at, value } = statement;
    if (name === 'layout') layout = value === 'denominator' ? 'denominator' : 'numerator';
    else if (name === 'softmax') softmaxOver = value === 'columns' ? 'columns' : 'rows';
    else if (typeof value === 'number')
      conventions.set(`${statement.function}@${at}`, { function: statement.function, at, value });
  }
  return { conventions: [...conventions.values()], layout, softmaxOver };
}

/** Assumptions up to a line, lowered; and families that they make positive or symmetric. */
export function assumptionsOf(
  sheet: Sheet,
  upTo: Extent,
  network: Network,
): Pick<Network, 'assumptions' | 'families'> {
  const assumptions: Assumption[] = [];
  for (const statement of sheet.statements) {
    if (statement.kind !== 'assume' || statement.line > upTo.line) continue;
    statement.conditions.forEach((condition, place) => {
      const lowered = lowerCondition(condition, network, { ranges: statement.clauses.ranges });
      assumptions.push({
        condition: lowered.condition,
        ranges: lowered.ranges,
        text: statement.texts[place] ?? statement.source,
        line: statement.line,
      });
    });
  }
  const families = new Map(network.families);
  for (const { condition } of assumptions) {
    const name = positiveName(condition);
    const family = name === undefined ? undefined : families.get(name);
    if (family) families.set(family.name, { ...family, positive: true } satisfies Family);
    const turned = families.get(symmetricName(condition) ?? '');
    if (turned?.kind === 'leaf')
      families.set(turned.name, { ...turned, symmetric: true } satisfies Family);
  }
  return { assumptions, families };
}

/** The family of `x > 0` or `x_i > 0` for all entries. */
function positiveName(condition: Condition): string | undefined {
  if (condition.kind !== 'compare' || condition.relation !== '>') return undefined;
  const { left, right } = condition;
  if (left.kind !== 'symbol' || right.kind !== 'number' || right.value.compare(0) < 0)
    return undefined;
  return left.indices.every((index) => index.kind === 'symbol') ? left.name : undefined;
}

/** The family of `S_ij = S_ji`, as `S = S^T` says. */
function symmetricName(condition: Condition): string | undefined {
  if (condition.kind !== 'compare' || condition.relation !== '=') return undefined;
  const { left, right } = condition;
  if (left.kind !== 'symbol' || right.kind !== 'symbol' || left.name !== right.name)
    return undefined;
  const names = (part: typeof left): readonly string[] =>
    part.indices.flatMap((index) => (index.kind === 'symbol' ? [index.name] : []));
  const [row, column] = names(left);
  const isTurned =
    left.indices.length === 2 &&
    right.indices.length === 2 &&
    row !== column &&
    names(right).join() === [column, row].join();
  return isTurned ? left.name : undefined;
}
