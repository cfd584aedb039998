import { findFunctions } from './applied-names.js';
import {
  type Evidence,
  indexParts,
  isMostlyLatex,
  notationOf,
  type SidedAtom,
  weakLetters,
} from './evidence.js';
import { builderNames, entryOf, type Head, preliminaryVocabulary, readHeads } from './heads.js';
import { isRun, lettersOf, splitAtCommas } from './indices.js';
import { findLabels } from './labels.js';
import { bracketRanges, collect } from './pieces.js';
import type { RawStatement } from './raw.js';
import { comparedLetters, rangeLetters, scan } from './scan.js';
import type { Notation, Script } from './scripts.js';
import { isIndexForm, isSign, lowerOf, textOf } from './signs-at-top.js';
import { findUppers, lastUppers, type Uppers } from './uppers.js';
import {
  type FunctionEntry,
  isKnownFunction,
  type NameEntry,
  type Vocabulary,
} from './vocabulary.js';

/** All names of a scope. */
export function collectNames(statements: readonly RawStatement[]): Vocabulary {
  const collected = collect(statements);
  const mostlyLatex = isMostlyLatex(statements);
  const notation = (place: number): Notation =>
    notationOf(statements[place] as RawStatement, mostlyLatex);
  const heads = readHeads(collected, notation);
  const builder = builderNames(collected.builders);
  const preliminary = preliminaryVocabulary(heads, collected, builder);
  const atoms: SidedAtom[] = [];
  const strong = new Set<string>();
  const sizes = new Set<string>();
  const compared = new Set<string>();
  for (const piece of collected.pieces) {
    const bare = piece.side === 'condition' ? comparedLetters(piece.tokens) : undefined;
    for (const letter of bare ?? []) compared.add(letter);
    if (bare) continue;
    const found = scan(piece.tokens, preliminary, notation(piece.statement));
    // Field by field: reading single formulas spent an eighth of its time on a spread here.
    for (const { name, scripts, call, primed, inScript, differential, place } of found.atoms)
      atoms.push({
        name,
        scripts,
        call,
        primed,
        inScript,
        differential,
        place,
        side: piece.side,
        statement: piece.statement,
      });
    for (const letter of found.bound) strong.add(letter);
    for (const letter of found.tops) sizes.add(letter);
    for (const letter of found.compared) compared.add(letter);
    for (const range of bracketRanges(piece.tokens)) collected.ranges.push(range);
  }
  for (const range of collected.ranges) {
    const letters = rangeLetters(range);
    for (const letter of letters.indices) if (!sizes.has(letter)) strong.add(letter);
    for (const top of letters.tops) {
      const name = top.find((token) => token.kind === 'word' || token.kind === 'name');
      if (name) sizes.add(name.text);
    }
  }
  for (const tokens of collected.sizeTokens)
    for (const token of tokens)
      if ((token.kind === 'word' && token.text !== 'x') || token.kind === 'name')
        sizes.add(token.text);
  for (const letter of comparedIndices(compared, atoms, heads)) strong.add(letter);
  for (const letter of strong) sizes.delete(letter);
  return decide({ heads, atoms, strong, sizes, collected, builder, preliminary, statements });
}

/** Letters that are compared, stand below some name, and stand nowhere for themselves. */
const comparedIndices = (
  compared: ReadonlySet<string>,
  atoms: readonly SidedAtom[],
  heads: readonly Head[],
): readonly string[] => {
  const isBelow = (letter: string, { scripts }: Pick<Head, 'scripts'>): boolean =>
    lowerOf(scripts).some((script) =>
      lettersOf(script.tokens).some((token) => token.text === letter),
    );
  // The c of `s_c` in a loss is one number for the whole sheet, no index that runs.
  const isFixed = (letter: string): boolean =>
    atoms.some(
      (atom) =>
        atom.side === 'right' &&
        isBelow(letter, atom) &&
        heads.some((head) => head.by === 'definition' && head.statement === atom.statement) &&
        !heads.some((head) => head.statement === atom.statement && isBelow(letter, head)),
    );
  return [...compared].filter(
    (letter) =>
      !heads.some((head) => head.name === letter) &&
      !atoms.some((atom) => atom.name === letter && !atom.inScript) &&
      atoms.some((atom) => isBelow(letter, atom)) &&
      !isFixed(letter),
  );
};

/** `T` is a number of the sheet if it ends a range or stands below a name. */
const lastSteps = ({ atoms, sizes }: Evidence): ReadonlySet<string> => {
  const below = atoms.some((atom) =>
    lowerOf(atom.scripts).some((script) => script.tokens.some((token) => token.text === 'T')),
  );
  return new Set(sizes.has('T') || below ? ['T'] : []);
};

function decide(evidence: Evidence): Vocabulary {
  const { heads, atoms, strong, sizes } = evidence;
  // Letters in shifted indices are indices: `t-1` (lower case; capitals are sizes).
  for (const atom of atoms)
    for (const script of atom.name === 'e' ? lowerOf(atom.scripts) : atom.scripts)
      for (const part of indexParts(script))
        if (part.length > 1 && isIndexForm(part) && part.some((token) => isSign(token, '+', '-')))
          for (const token of part)
            if (
              token.kind === 'word' &&
              /^[a-z]$/.test(token.text) &&
              (!script.above || isLeftUpper(script, token.text, heads))
            )
              strong.add(token.text);
  const bareNames = new Set<string>();
  for (const head of heads) if (!sizes.has(head.name)) bareNames.add(head.name);
  for (const atom of atoms)
    if (!atom.inScript && !isKnownFunction(atom.name) && !sizes.has(atom.name))
      bareNames.add(atom.name);
  const weak = weakLetters(evidence);
  const labels = findLabels(evidence, weak, bareNames);
  const uppers = findUppers(evidence);
  const functions = findFunctions(evidence, uppers);
  const names = buildNames(evidence, weak, labels, uppers, functions);
  const indices = new Set([...strong, ...weak]);
  for (const name of sizes) if (!strong.has(name)) indices.delete(name);
  return {
    names,
    functions,
    indices,
    sizes,
    labels,
    upperLetters: uppers.letters,
    bracketedLetters: uppers.bracketed,
    lastSteps: lastSteps(evidence),
    besideFamilies: besideFamilies(evidence),
    powerNames: uppers.powerNames,
    differentiatedFunctions: differentiatedFunctions(evidence),
    lastUpper: lastUppers(evidence, uppers),
    plain: false,
  };
}

/** `2\\pi` beside `\\pi_k = ...`: the constant, where the family only ever has its index. */
const besideFamilies = ({ heads, atoms }: Evidence): ReadonlySet<string> => {
  const own = heads.filter((head) => head.name === 'pi');
  const isIndexed = own.every((head) => lowerOf(head.scripts).length > 0);
  const isTaken = atoms.some(
    (atom) => atom.name === 'pi' && atom.differential && atom.scripts.length === 0,
  );
  return new Set(own.length > 0 && isIndexed && !isTaken ? ['pi'] : []);
};

/** Names of functions that something is differentiated by, as quantities: `dL/dsigma`. */
const differentiatedFunctions = ({ atoms }: Evidence): ReadonlySet<string> =>
  new Set(
    atoms.flatMap((atom) =>
      isKnownFunction(atom.name) && atom.call === undefined && atom.differential ? [atom.name] : [],
    ),
  );

/** Whether a letter is an upper index on some left side. */
const isLeftUpper = (script: Script, letter: string, heads: readonly Head[]): boolean =>
  script.above &&
  heads.some((head) =>
    head.scripts.some(
      (other) => other.above && other.tokens.some((token) => token.text === letter),
    ),
  );

function buildNames(
  evidence: Evidence,
  weak: ReadonlySet<string>,
  labels: ReadonlyMap<string, ReadonlySet<string>>,
  uppers: Uppers,
  functions: ReadonlyMap<string, FunctionEntry>,
): Map<string, NameEntry> {
  const { heads, atoms, builder, strong, sizes } = evidence;
  const names = new Map<string, NameEntry>();
  for (const entry of builder) names.set(entry.name, entry);
  const merge = (name: string, changes: Partial<NameEntry>) => {
    const before = names.get(name) ?? entryOf(name, { declared: false, latex: name });
    const lower =
      changes.lower === undefined ? before.lower : Math.max(before.lower ?? 0, changes.lower);
    names.set(name, {
      ...before,
      ...changes,
      lower,
      defined: before.defined || (changes.defined ?? false),
      declared: before.declared || (changes.declared ?? false),
    });
  };
  const used = (name: string, scripts: readonly Script[], isDigitsRank: boolean) => {
    let full = name;
    let lower = 0;
    let known = false;
    for (const script of lowerOf(scripts)) {
      const parts = splitAtCommas(script.tokens);
      for (const part of parts) {
        const own = labels.get(full);
        if (part.length === 1 && part[0]?.kind === 'text') {
          full = `${full}_${part[0].text.replace(/\s+/g, '')}`;
          continue;
        }
        const text = textOf(part);
        if (isRun(part) && own?.has(text)) {
          full = `${full}_${text}`;
          continue;
        }
        if (!isRun(part)) {
          lower += part.some((token) => isSign(token, ':')) ? part.length : 1;
          known = true;
          continue;
        }
        let letters = lettersOf(part);
        for (let count = letters.length - 1; own && count > 0; count -= 1) {
          const head = letters
            .slice(0, count)
            .map((letter) => letter.text)
            .join('');
          if (own.has(head)) {
            full = `${full}_${head}`;
            letters = letters.slice(count);
            break;
          }
        }
        const digits = letters.every((letter) => letter.kind === 'number');
        // `x_{2i}`: two indices of a matrix, or twice an index; other places tell.
        if (/^\d[a-z]$/.test(text)) continue;
        if (digits) {
          lower += 1;
          known = known || parts.length > 1 || isDigitsRank || letters.length === 1;
        } else {
          const whole = sizes.has(text) || strong.has(text);
          lower += whole ? 1 : letters.length;
          known = true;
        }
      }
    }
    return { full, lower: known ? lower : undefined };
  };
  void weak;
  for (const head of heads) {
    const { full, lower } = used(head.name, head.scripts, false);
    if (head.parameters && functions.has(head.name)) {
      if (functions.get(head.name)?.isQuantity)
        merge(full, { defined: true, declared: true, latex: full, lower: 0 });
      continue;
    }
    const fromShape = head.sizes > 0 ? head.sizes : undefined;
    const total =
      head.sizes >= 0
        ? (fromShape ?? lower ?? 0) +
          (fromShape !== undefined && head.by === 'shape' ? indexedLower(head, evidence, lower) : 0)
        : lower;
    merge(full, {
      declared: true,
      defined: head.by === 'definition',
      latex: full,
      ...(total === undefined ? {} : { lower: total }),
    });
  }
  for (const atom of atoms) {
    if (atom.name === 'e' && atom.scripts.every((script) => script.above)) continue;
    if (functions.has(atom.name) && (atom.call !== undefined || atom.primed)) continue;
    if (
      isKnownFunction(atom.name) &&
      atom.name.length > 1 &&
      (atom.call !== undefined || !names.has(atom.name))
    )
      continue;
    if (atom.inScript && atom.scripts.length === 0) continue;
    if (['pi', 'infinity', 'inf', 'ones'].includes(atom.name) && !names.has(atom.name)) continue;
    if (!names.has(atom.name) && strong.has(atom.name) && atom.scripts.length === 0) continue;
    const { full, lower } = used(atom.name, atom.scripts, false);
    merge(full, lower === undefined ? {} : { lower });
  }
  for (const [name, count] of uppers.counts) {
    for (const full of [
      name,
      ...[...(labels.get(name) ?? [])].map((label) => `${name}_${label}`),
    ]) {
      const entry = names.get(full);
      if (entry) names.set(full, { ...entry, upper: count });
    }
  }
  return names;
}

/** `u_k in R^d for k = 1..K`: the subscript is an index beside those of the shape. */
function indexedLower(head: Head, { strong }: Evidence, lower: number | undefined): number {
  const letters = lowerOf(head.scripts).flatMap((script) => lettersOf(script.tokens));
  return letters.length > 0 && letters.every((letter) => strong.has(letter.text))
    ? (lower ?? 0)
    : 0;
}
