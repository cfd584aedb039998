/** Questions made ready: ranges put in, derivative taken, axes named. */
import {
  type Bounds,
  bound,
  type Formula,
  family,
  number,
  type SymbolFormula,
  symbol,
  whole,
} from '../../src/expression/formula.js';
import { children, mapChildren, rewriteUp } from '../../src/expression/walk.js';
import { differentiate } from '../../src/laws/differentiate.js';
import type { Lowered } from '../../src/network/network.js';
import type { Question } from './questions.js';
import type { World } from './small-numbers.js';

export interface Prepared {
  readonly lowered: Lowered;
  readonly hand: Formula;
  readonly world: World;
  readonly axes: readonly { readonly index: string; readonly size: string }[];
}

const bounds = (size: string): Bounds => ({ lower: number(1), upper: symbol(size) });

/** The size of a letter: that of the place where it stands in some family. */
function sizeOf(
  letter: string,
  formula: Formula,
  dims: ReadonlyMap<string, string>,
): string | undefined {
  if (formula.kind === 'symbol') {
    const place = formula.indices.findIndex(
      (index) => index.kind === 'symbol' && index.name === letter && index.indices.length === 0,
    );
    const size = place < 0 ? undefined : dims.get(formula.name)?.charAt(place);
    if (size) return size;
  }
  for (const part of children(formula)) {
    const size = sizeOf(letter, part, dims);
    if (size) return size;
  }
  return undefined;
}

function withRanges(formula: Formula, dims: ReadonlyMap<string, string>): Formula {
  const inside = mapChildren(formula, (part) => withRanges(part, dims));
  if (inside.kind === 'sum') {
    const size = sizeOf(inside.index, inside.body, dims);
    if (!size) throw new Error(`no size for ${inside.index}`);
    return bound('sum', inside.index, bounds(size), inside.body);
  }
  if (inside.kind === 'family') {
    const binders = inside.binders.map((binder) => {
      const size = sizeOf(binder.index, inside.body, dims);
      if (!size) throw new Error(`no size for ${binder.index}`);
      return { index: binder.index, ...bounds(size) };
    });
    return family(inside.name, binders, inside.body, inside.at);
  }
  return inside;
}

/** Names of families with their wholes, as raising makes them. */
const withWholes = (formula: Formula, dims: ReadonlyMap<string, string>): Formula =>
  rewriteUp(formula, (part) =>
    part.kind === 'symbol' && part.indices.length === 0 && dims.get(part.name)
      ? symbol(
          part.name,
          [...(dims.get(part.name) as string)].map(() => whole),
        )
      : part,
  );

export function prepare(question: Question): Prepared {
  const dims = new Map(
    question.families.split(' ').map((item) => item.split(':') as [string, string]),
  );
  const of = withRanges(question.of, dims);
  const letters = question.by ? [...(dims.get(question.by) ?? '')] : [];
  const names = ['a', 'b'].slice(0, letters.length);
  const entry = question.by
    ? symbol(
        question.by,
        names.map((name) => symbol(name)),
      )
    : undefined;
  const body = entry ? differentiate(of, entry as SymbolFormula) : of;
  const first = (question.axes ?? '').split(' ').filter(Boolean);
  const axes = [
    ...first.map((item) => item.split(':') as [string, string]),
    ...names.map((name, place) => [name, letters[place] as string] as const),
  ].map(([index, size]) => ({ index, size }));
  return {
    lowered: {
      axes: axes.map(({ index, size }) => ({ index, ...bounds(size) })),
      row: false,
      body,
      free: [],
      guessed: [],
    },
    hand: withWholes(question.hand, dims),
    axes,
    world: { dims, sizes: new Map(Object.entries({ m: 2, n: 3, p: 4, q: 5 })) },
  };
}
