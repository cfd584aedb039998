/** Scalar networks: made by a grammar as text, and valued in floating point without the engine. */
import type { Random } from '../random.js';
import { type Evaluate, NotScalar, scalarExpression } from './expression.js';

const smooth = ['exp', 'tanh', 'sigmoid', 'sin', 'cos', 'softplus', 'atan'];
const others = ['sqrt', 'log', 'abs', 'relu', 'sinh'];
const leaves = ['x', 'y', 'b', 'w_1', 'w_2'];
const numbers = ['2', '3', '1/2', '4', '3/4', '1', '5', '0.1'];

/** A scalar formula over the names given. */
export function scalarFormula(random: Random, depth: number, names: readonly string[]): string {
  const part = () => scalarFormula(random, depth - 1, names);
  if (depth <= 0) return random.chance(0.2) ? random.pick(numbers) : random.pick(names);
  switch (random.below(12)) {
    case 0:
    case 1:
      return `${part()} + ${part()}`;
    case 2:
      return `${part()} - (${part()})`;
    case 3:
    case 4:
      return `(${part()})*(${part()})`;
    case 5:
      return `(${part()})/(1 + (${part()})^2)`;
    case 6:
      return `(${part()})^${random.pick(['2', '3', '(-1)', '(-2)', '4'])}`;
    case 7:
      return `-(${part()})`;
    case 8:
      return `${random.pick(others)}(${part()})`;
    case 9:
      return `max(${part()}, ${part()})`;
    default:
      return `${random.pick(smooth)}(${part()})`;
  }
}

/** Definitions, each over leaves and those before it, and asks for derivatives of the last. */
export function scalarNetwork(random: Random): string {
  const lines: string[] = [];
  const known = [...leaves];
  for (const name of ['f', 'g', 'h', 'p'].slice(0, random.between(1, 4))) {
    const near = [...known.slice(-2), ...known.slice(-2), ...known];
    lines.push(`${name} = ${scalarFormula(random, random.between(1, 3), near)}`);
    known.push(name);
  }
  const asked = known.at(-1) as string;
  for (let asks = random.between(1, 2); asks > 0; asks -= 1) {
    const by = random.chance(0.8) ? random.pick(leaves) : random.pick(known);
    if (by === asked) continue;
    const order = random.chance(0.1) ? `d2${asked}/d${by}^2` : `d${asked}/d${by}`;
    const terms = random.chance(0.15) ? ` in terms of ${leaves.join(', ')}` : '';
    lines.push(`find ${order}${terms}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The definitions of a scalar worksheet, in order. @throws NotScalar */
export function scalarDefinitions(text: string): ReadonlyMap<string, Evaluate> {
  const definitions = new Map<string, Evaluate>();
  for (const line of text.split('\n')) {
    const found = /^([a-z](?:_\d)?) = (.*)$/.exec(line);
    if (!found) {
      if (/^(find|check|claim|\s|$)/.test(line)) continue;
      throw new NotScalar(line);
    }
    const [, name = '', right = ''] = found;
    if (definitions.has(name) || leaves.includes(name)) throw new NotScalar(line);
    definitions.set(name, scalarExpression(right));
  }
  return definitions;
}

/** The values of all names at a point; `fixed` replaces what a definition would give. */
export function valuesAt(
  definitions: ReadonlyMap<string, Evaluate>,
  point: ReadonlyMap<string, number>,
  fixed: ReadonlyMap<string, number> = new Map(),
): (name: string) => number {
  const values = new Map(point);
  const value = (name: string): number => {
    const known = fixed.get(name) ?? values.get(name);
    if (known === undefined) throw new NotScalar(`no value of ${name}`);
    return known;
  };
  for (const [name, right] of definitions) values.set(name, right(value));
  return value;
}

/** A point with all leaves between -2 and 2. */
export const somePoint = (random: Random): ReadonlyMap<string, number> =>
  new Map(leaves.map((name) => [name, random.below(400_000) / 100_000 - 2]));
