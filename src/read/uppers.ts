/** Indices above: which names have them, and which letters they are. */
import { number, symbol } from '../expression/formula.js';
import { splitClauses } from './clauses.js';
import { type Evidence, indexParts, isTranspose, type SidedAtom } from './evidence.js';
import type { Head } from './heads.js';
import { splitAtCommas, upperParts } from './indices.js';
import type { RawStatement } from './raw.js';
import { type Atom, rangeLetters } from './scan.js';
import type { Script } from './scripts.js';
import { isIndexForm, textOf } from './signs-at-top.js';
import type { Token } from './token.js';
import { isKnownFunction } from './vocabulary.js';

export interface Uppers {
  readonly counts: ReadonlyMap<string, number>;
  readonly letters: ReadonlySet<string>;
  readonly bracketed: ReadonlySet<string>;
  readonly powerNames: ReadonlySet<string>;
}

/** Names with indices above, and the letters that are such indices. */
export function findUppers({ heads, atoms, builder, sizes, strong }: Evidence): Uppers {
  const counts = new Map<string, number>(
    builder.filter((entry) => entry.upper > 0).map((entry) => [entry.name, entry.upper]),
  );
  const letters = new Set<string>(builder.some((entry) => entry.upper > 0) ? ['l', 'L'] : []);
  const bracketed = new Set<string>();
  const raise = (name: string, count: number) =>
    counts.set(name, Math.max(counts.get(name) ?? 0, count));
  const powerNames = new Set<string>();
  const layered = layeredNames(heads, atoms);
  for (const head of heads) {
    const above = head.scripts.filter(
      (script) => script.above && !isTranspose(script) && textOf(script.tokens) !== 'top',
    );
    if (above.length === 0) continue;
    const only = above.length === 1 ? (above[0] as Script) : undefined;
    if (only && !layered.has(head.name) && isPowerName(head, only, heads, atoms)) {
      powerNames.add(head.name);
      continue;
    }
    let count = 0;
    for (const script of above) {
      const parts = indexParts(script).filter(
        (part) => !(part.length === 1 && part[0]?.kind === 'command'),
      );
      count += parts.length;
      const isBare =
        script.bracket === 'none' ||
        (script.bracket === 'braces' && upperParts(script.tokens).indices.length === 0);
      for (const part of parts)
        for (const token of part)
          if (token.kind === 'word' || token.kind === 'name')
            (isBare ? letters : bracketed).add(token.text);
    }
    raise(head.name, count);
  }
  for (const name of layered) raise(name, 1);
  const isForm = (tokens: readonly Token[], known: ReadonlySet<string>): boolean => {
    const names = tokens.filter((token) => token.kind === 'word' || token.kind === 'name');
    return isIndexForm(tokens) && names.length > 0 && names.every((token) => known.has(token.text));
  };
  // Sizes of layers are upper indices too when the letter of the layer is.
  const withSizes = new Set([
    ...letters,
    ...(letters.size > 0
      ? [...sizes].filter(
          (size) =>
            size === 'L' ||
            atoms.some(
              (atom) =>
                counts.has(atom.name) &&
                atom.scripts.some((script) => script.above && textOf(script.tokens) === size),
            ),
        )
      : []),
  ]);
  for (const atom of atoms) {
    if (atom.name === 'e' || isKnownFunction(atom.name) || atom.inScript) continue;
    let count = 0;
    for (const script of atom.scripts) {
      if (!script.above) continue;
      const parts = upperParts(script.tokens);
      const inBraces = script.bracket === 'braces' && parts.indices.length > 0;
      if (script.bracket === 'square') count += splitAtCommas(script.tokens).length;
      else if (inBraces && parts.indices.every(isIndexForm)) {
        // `x^{(n-1)}` may still be a power, if nothing says that these letters are indices.
        count += parts.indices.length;
        for (const part of parts.indices)
          for (const token of part)
            if (token.kind === 'word' && part.length === 1) bracketed.add(token.text);
      } else if (script.bracket === 'round') {
        const both = new Set([...withSizes, ...bracketed]);
        const one = script.tokens.length === 1 ? script.tokens[0] : undefined;
        const simple =
          one !== undefined &&
          ((one.kind === 'number' && /^\d+$/.test(one.text)) ||
            (one.kind === 'word' && strong.has(one.text)));
        if (simple || splitAtCommas(script.tokens).every((part) => isForm(part, both)))
          count += splitAtCommas(script.tokens).length;
      } else if (isForm(script.tokens, withSizes) && !isTranspose(script)) count += 1;
      else if (
        atom.differential &&
        isIndexForm(script.tokens) &&
        !isTranspose(script) &&
        script.tokens[0]?.kind === 'word'
      )
        count += 1;
    }
    if (count > 0 && atom.call === undefined) raise(atom.name, Math.max(count, 0));
    else if (count > 0 && !isFunctionLike(atom)) raise(atom.name, count);
  }
  return { counts, letters: withSizes, bracketed, powerNames };
}

const isDigits = (script: Script): boolean =>
  script.above && script.bracket === 'none' && /^\d+$/.test(textOf(script.tokens));

/**
 * Names with numbered layers: where one name is defined at `a^1` or `a^3`, every name that is only
 * met with a number above it, in front of what stands below it, has layers too (`w^2_jk`).
 */
function layeredNames(heads: readonly Head[], atoms: readonly SidedAtom[]): ReadonlySet<string> {
  const uses = new Map<string, (readonly Script[])[]>();
  for (const { name, scripts } of [...heads, ...atoms.filter((atom) => !atom.inScript)])
    uses.set(name, [...(uses.get(name) ?? []), scripts]);
  const isLayered = (scripts: readonly Script[]): boolean =>
    scripts[0] !== undefined && isDigits(scripts[0]);
  const candidates = [...uses].filter(
    ([name, all]) => name !== 'e' && !isKnownFunction(name) && all.every(isLayered),
  );
  const isCertain = ([name, all]: (typeof candidates)[number]): boolean =>
    heads.some((head) => head.name === name && head.by === 'definition') &&
    all.some((scripts) => textOf((scripts[0] as Script).tokens) !== '2');
  return new Set(candidates.some(isCertain) ? candidates.map(([name]) => name) : []);
}

const isFunctionLike = (atom: Atom): boolean =>
  atom.call !== undefined && /^[fghFGHC]$|^(phi|psi|sigma|varphi|act)$/.test(atom.name);

/** `sigma^2 = ...` defines the square as a name when nothing else says that sigma has an index above. */
function isPowerName(
  head: Head,
  script: Script,
  heads: readonly Head[],
  atoms: readonly SidedAtom[],
): boolean {
  if (head.by === 'shape' || textOf(script.tokens) !== '2' || script.bracket === 'round')
    return false;
  const other = (scripts: readonly Script[]) =>
    scripts.some(
      (candidate) => candidate.above && textOf(candidate.tokens) !== '2' && !isTranspose(candidate),
    );
  if (heads.some((candidate) => candidate.name === head.name && other(candidate.scripts)))
    return false;
  if (
    atoms.some(
      (atom) =>
        atom.name === head.name &&
        atom.side === 'right' &&
        other(atom.scripts) &&
        !atom.scripts.some((candidate) => /[.]|[/]/.test(textOf(candidate.tokens))),
    )
  )
    return false;
  return !heads.some(
    (candidate) => candidate.name === head.name && candidate.scripts.every((each) => !each.above),
  );
}

/** The last value of the upper index of each family, from the ranges of its definitions. */
export function lastUppers(
  { statements, heads }: Evidence,
  uppers: Uppers,
): ReadonlyMap<string, ReturnType<typeof symbol> | ReturnType<typeof number>> {
  const last = new Map<string, ReturnType<typeof symbol> | ReturnType<typeof number>>();
  for (const head of heads) {
    if (!uppers.counts.has(head.name) || head.by !== 'definition') continue;
    const statement = statements[head.statement] as RawStatement;
    for (const clause of splitClauses(statement.tokens).clauses) {
      if (clause.kind !== 'for' && clause.kind !== 'range') continue;
      const top = rangeLetters(clause.tokens).tops[0];
      const only = top?.length === 1 ? top[0] : undefined;
      if (only?.kind === 'number') last.set(head.name, number(only.text));
      else if (only?.kind === 'word' || only?.kind === 'name')
        last.set(head.name, symbol(only.text));
    }
  }
  return last;
}
