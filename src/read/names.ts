/**
 * The names pass: all statements of a scope are looked through for names, functions, index
 * letters, names with indices above, sizes and labels, before any formula is parsed. Most of these
 * decisions cannot be taken from left to right: a check uses `w_{jk}` where the definition says
 * only `w`.
 */
import { number, symbol } from '../expression/formula.js';
import { isRange, splitClauses } from './clauses.js';
import { isRun, lettersOf, splitAtCommas, upperParts } from './indices.js';
import type { RawStatement } from './lines.js';
import { type Atom, rangeLetters, scan } from './scan.js';
import type { Notation, Script } from './scripts.js';
import type { Token } from './token.js';
import {
  emptyVocabulary,
  type FunctionEntry,
  isKnownFunction,
  type NameEntry,
  type Vocabulary,
} from './vocabulary.js';

/** One formula-bearing stretch of tokens and the side it stands on. */
interface Piece {
  readonly tokens: readonly Token[];
  readonly side: 'left' | 'right' | 'other';
  readonly statement: number;
}

interface Collected {
  readonly pieces: Piece[];
  /** Left sides of definitions and other places that declare. */
  readonly heads: { readonly tokens: readonly Token[]; readonly by: 'definition' | 'given' | 'shape'; readonly statement: number; readonly sizes: number }[];
  readonly ranges: (readonly Token[])[];
  readonly functions: string[];
  readonly sizeTokens: (readonly Token[])[];
  readonly builders: string[];
}

const isSign = (token: Token, ...texts: string[]): boolean =>
  token.kind === 'operator' && texts.includes(token.text);

/** The first sign of that kind outside of brackets. */
export function topSign(tokens: readonly Token[], ...texts: string[]): number {
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'command' && token.text.startsWith('begin:')) depth += 1;
    if (token.kind === 'command' && token.text.startsWith('end:')) depth -= 1;
    if (token.kind !== 'operator' && !(token.kind === 'word' && token.text === 'in')) continue;
    if (['(', '[', '{', '\\{'].includes(token.text)) depth += 1;
    else if ([')', ']', '}', '\\}'].includes(token.text)) depth -= 1;
    else if (depth === 0 && texts.includes(token.text)) return at;
  }
  return -1;
}

function collect(statements: readonly RawStatement[]): Collected {
  const all: Collected = { pieces: [], heads: [], ranges: [], functions: [], sizeTokens: [], builders: [] };
  statements.forEach((statement, place) => collectOne(all, statement, place));
  return all;
}

function collectOne(all: Collected, statement: RawStatement, place: number): void {
  const add = (tokens: readonly Token[], side: Piece['side']) => {
    if (tokens.length > 0) all.pieces.push({ tokens, side, statement: place });
  };
  const clauses = (tokens: readonly Token[], side: Piece['side']): readonly Token[] => {
    const split = splitClauses(tokens);
    for (const clause of split.clauses) {
      if (clause.kind === 'for' || clause.kind === 'range') all.ranges.push(clause.tokens);
      else if (clause.kind === 'in terms of' || clause.kind === 'as') continue;
      else if (clause.kind === 'if' && side !== 'other') all.ranges.push(clause.tokens);
      else add(clause.tokens, 'other');
    }
    return split.main;
  };
  const { keyword, tokens } = statement;
  switch (keyword) {
    case 'network':
      all.builders.push(statement.text);
      return;
    case 'function':
      for (const token of tokens) if (token.kind === 'word' || token.kind === 'name') all.functions.push(token.text);
      return;
    case 'given': {
      for (const item of splitAtCommas(tokens)) {
        const sign = topSign(item, '=');
        if (sign < 0) continue;
        const target = item.slice(0, sign);
        const isDerivative = target.some((token) => isSign(token, '/') || (token.kind === 'command' && token.text === 'frac'));
        if (isDerivative) add(target, 'other');
        else all.heads.push({ tokens: target, by: 'given', statement: place, sizes: depthOf(item.slice(sign + 1)) });
        if (!isDerivative) add(target, 'left');
      }
      return;
    }
    case 'check':
    case 'choose': {
      if (keyword === 'choose') add(clauses(tokens, 'other'), 'other');
      for (const line of statement.children) {
        const main = clauses(line.tokens, 'other');
        const named = topSign(main, ':=');
        if (named > 0) all.heads.push({ tokens: main.slice(0, named), by: 'definition', statement: place, sizes: -1 });
        add(main, 'other');
      }
      return;
    }
    case undefined: {
      collectDefinition(all, clauses(tokens, 'right'), place, add);
      return;
    }
    case 'update': {
      const { main } = splitClauses(tokens);
      if (!(main.length === 1 && main[0]?.text === 'all')) add(main, 'other');
      return;
    }
    case 'count':
      add(
        tokens.filter((token) => !['parameters', 'paths', 'from', 'to'].includes(token.text)),
        'other',
      );
      return;
    case 'limit': {
      const at = tokens.findLastIndex((token) => token.kind === 'word' && token.text === 'as');
      add(tokens.slice(0, at < 0 ? undefined : at), 'other');
      return;
    }
    default:
      add(clauses(tokens, 'other'), 'other');
  }
}

function collectDefinition(
  all: Collected,
  main: readonly Token[],
  place: number,
  add: (tokens: readonly Token[], side: Piece['side']) => void,
): void {
  const within = topSign(main, 'in');
  const equals = topSign(main, '=', ':=', '->', '<');
  if (within > 0 && (equals < 0 || within < equals)) {
    const set = main.slice(within + 1);
    const inside = set.slice(1).filter((token) => !isSign(token, '^', '(', ')', '{', '}'));
    const sizes = set.length <= 1 ? 0 : splitAtSize(inside).length;
    all.sizeTokens.push(inside);
    for (const target of splitAtCommas(main.slice(0, within))) {
      all.heads.push({ tokens: target, by: 'shape', statement: place, sizes });
      add(target, 'left');
    }
    return;
  }
  // `L = 3, n_1 = 4`
  const parts = splitAtCommas(main);
  const isList = parts.length > 1 && parts.every((part) => topSign(part, '=') > 0);
  for (const part of isList ? parts : [main]) {
    const sign = topSign(part, '=', ':=');
    if (sign <= 0) {
      add(part, 'other');
      continue;
    }
    all.heads.push({ tokens: part.slice(0, sign), by: 'definition', statement: place, sizes: -1 });
    add(part.slice(0, sign), 'left');
    add(part.slice(sign + 1), 'right');
  }
}

/** `4 x 3`, `n \times m`, `n, m`. */
export function splitAtSize(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    const between = isSign(token, '*', ',') || (token.kind === 'word' && token.text === 'x' && (parts.at(-1) as Token[]).length > 0);
    if (between) parts.push([]);
    else (parts.at(-1) as Token[]).push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** How deep lists are nested in a value: the rank of what it is given for. */
const depthOf = (tokens: readonly Token[]): number => {
  let depth = 0;
  for (const token of tokens) {
    if (!isSign(token, '[')) break;
    depth += 1;
  }
  return depth;
};

/** The notation of a statement: strictly LaTeX in displays, else by its backslashes. */
export function notationOf(statement: RawStatement, mostlyLatex: boolean): Notation {
  if (statement.latex) return 'latex';
  return mostlyLatex || statement.source.includes('\\') ? 'mixed' : 'plain';
}

/** Whether most formulas of the scope are LaTeX. */
export const isMostlyLatex = (statements: readonly RawStatement[]): boolean => {
  const own = statements.filter((statement) => statement.keyword !== 'network' && statement.keyword !== 'given');
  const latex = own.filter((statement) => /\\[A-Za-z]/.test(statement.source));
  return own.length > 0 && latex.length * 2 > own.length;
};

/** All names of a scope. */
export function collectNames(statements: readonly RawStatement[]): Vocabulary {
  const collected = collect(statements);
  const mostlyLatex = isMostlyLatex(statements);
  const notation = (place: number): Notation => notationOf(statements[place] as RawStatement, mostlyLatex);
  const heads = readHeads(collected, notation);
  const builder = builderNames(collected.builders);
  const preliminary = preliminaryVocabulary(heads, collected, builder);
  const atoms: SidedAtom[] = [];
  const strong = new Set<string>();
  const sizes = new Set<string>();
  for (const piece of collected.pieces) {
    const found = scan(piece.tokens, preliminary, notation(piece.statement));
    for (const atom of found.atoms) atoms.push({ ...atom, side: piece.side, statement: piece.statement });
    for (const letter of found.bound) strong.add(letter);
    for (const letter of found.tops) sizes.add(letter);
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
      if ((token.kind === 'word' && token.text !== 'x') || token.kind === 'name') sizes.add(token.text);
  for (const letter of strong) sizes.delete(letter);
  return decide({ heads, atoms, strong, sizes, collected, builder, preliminary, statements });
}

interface SidedAtom extends Atom {
  readonly side: Piece['side'];
  readonly statement: number;
}

interface Head {
  readonly name: string;
  readonly scripts: readonly Script[];
  readonly parameters: readonly string[] | undefined;
  readonly by: 'definition' | 'given' | 'shape';
  readonly statement: number;
  readonly sizes: number;
  readonly latex: string;
}

/** The names on left sides; a run there is one name. */
function readHeads(collected: Collected, notation: (place: number) => Notation): readonly Head[] {
  return collected.heads.flatMap((head): readonly Head[] => {
    const tokens = stripBold(head.tokens);
    const first = tokens[0];
    if (first === undefined || (first.kind !== 'word' && first.kind !== 'name')) return [];
    if (first.kind === 'word' && isDerivativeHead(tokens)) return [];
    // The first name is known while its scripts are taken, so that it is not split.
    const known = oneName(first.text);
    const found = scan(tokens, known, notation(head.statement)).atoms[0];
    if (!found) return [];
    const parameters = found.call ? parametersOf(found.call) : undefined;
    return [
      {
        name: found.name,
        scripts: found.scripts,
        parameters,
        by: head.by,
        statement: head.statement,
        sizes: head.sizes,
        latex: first.text,
      },
    ];
  });
}

const stripBold = (tokens: readonly Token[]): readonly Token[] => tokens.filter((token) => token.kind !== 'text');

const isDerivativeHead = (tokens: readonly Token[]): boolean => tokens.some((token) => isSign(token, '/'));

const entryOf = (name: string, changes: Partial<NameEntry> = {}): NameEntry => ({
  name,
  latex: name,
  upper: 0,
  lower: undefined,
  defined: false,
  declared: true,
  notes: [],
  ...changes,
});

const oneName = (name: string): Vocabulary => ({ ...emptyVocabulary, names: new Map([[name, entryOf(name)]]) });

/** Single names between commas; `undefined` if anything else stands there. */
function parametersOf(tokens: readonly Token[]): readonly string[] | undefined {
  const parts = splitAtCommas(tokens);
  const names = parts.map((part) => (part.length === 1 && (part[0]?.kind === 'word' || part[0]?.kind === 'name') ? part[0].text : undefined));
  return names.every((name): name is string => name !== undefined) ? names : undefined;
}

function preliminaryVocabulary(heads: readonly Head[], collected: Collected, builder: readonly NameEntry[]): Vocabulary {
  const names = new Map<string, NameEntry>();
  for (const entry of builder) names.set(entry.name, entry);
  for (const head of heads) names.set(head.name, entryOf(head.name));
  const functions = new Map<string, FunctionEntry>();
  for (const name of collected.functions)
    functions.set(name, { name, latex: name, parameters: undefined, isQuantity: false });
  return { ...emptyVocabulary, names, functions };
}

/** The names a builder makes; see the worksheet's reference for the defaults. */
function builderNames(texts: readonly string[]): readonly NameEntry[] {
  return texts.flatMap((text) => {
    const given = /names\s+([A-Za-z ]+?)(?:,|$)/.exec(text)?.[1]?.trim().split(/\s+/) ?? [];
    const [weights = 'W', biases = 'b', inputs = 'z', outputs = 'a'] = given;
    const batch = /\bbatch\b/.test(text) ? 1 : 0;
    return [
      entryOf(weights, { upper: 1, lower: 2 }),
      entryOf(biases, { upper: 1, lower: 1 }),
      entryOf(inputs, { upper: 1, lower: 1 + batch, defined: true }),
      entryOf(outputs, { upper: 1, lower: 1 + batch, defined: true }),
      entryOf('x', { lower: 1 + batch }),
      entryOf('y', { lower: 1 + batch }),
      entryOf('yhat', { lower: 1 + batch, defined: true }),
      entryOf('C', { lower: 0, defined: true }),
    ];
  });
}

/** Ranges in brackets inside formulas of other statements: `(l = 1, ..., L)`. */
function bracketRanges(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const found: (readonly Token[])[] = [];
  tokens.forEach((token, at) => {
    if (!isSign(token, '(')) return;
    const end = tokens.findIndex((other, place) => place > at && isSign(other, ')'));
    const inside = tokens.slice(at + 1, end < 0 ? undefined : end);
    if (isRange(inside)) found.push(inside);
  });
  return found;
}

interface Evidence {
  readonly heads: readonly Head[];
  readonly atoms: readonly SidedAtom[];
  readonly strong: Set<string>;
  readonly sizes: Set<string>;
  readonly collected: Collected;
  readonly builder: readonly NameEntry[];
  readonly preliminary: Vocabulary;
  readonly statements: readonly RawStatement[];
}

const textOf = (tokens: readonly Token[]): string => tokens.map((token) => token.text).join('');

const lowerOf = (scripts: readonly Script[]): readonly Script[] => scripts.filter((script) => !script.above);

/** Signs that may stand in an index form. */
const isIndexForm = (tokens: readonly Token[]): boolean =>
  tokens.every(
    (token) => token.kind === 'word' || token.kind === 'number' || token.kind === 'name' || isSign(token, '+', '-'),
  );

function decide(evidence: Evidence): Vocabulary {
  const { heads, atoms, strong, sizes } = evidence;
  // Letters in shifted indices are indices: `t-1` (lower case; capitals are sizes).
  for (const atom of atoms)
    for (const script of atom.name === 'e' ? lowerOf(atom.scripts) : atom.scripts)
      for (const part of indexParts(script))
        if (part.length > 1 && isIndexForm(part) && part.some((token) => isSign(token, '+', '-')))
          for (const token of part)
            if (token.kind === 'word' && /^[a-z]$/.test(token.text) && (!script.above || isLeftUpper(script, token.text, heads))) strong.add(token.text);
  const bareNames = new Set<string>();
  for (const head of heads) if (!sizes.has(head.name)) bareNames.add(head.name);
  for (const atom of atoms)
    if (!atom.inScript && !isKnownFunction(atom.name) && !sizes.has(atom.name)) bareNames.add(atom.name);
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
    powerNames: uppers.powerNames,
    lastUpper: lastUppers(evidence, uppers),
    plain: false,
  };
}

/** The index formulas of a script: between commas, in brackets. */
function indexParts(script: Script): readonly (readonly Token[])[] {
  if (!script.above) return splitAtCommas(script.tokens);
  if (script.bracket === 'round' || script.bracket === 'square') return splitAtCommas(script.tokens);
  const parts = upperParts(script.tokens);
  return parts.indices.length > 0 ? parts.indices : splitAtCommas(script.tokens);
}

/** Whether a letter is an upper index on some left side. */
const isLeftUpper = (script: Script, letter: string, heads: readonly Head[]): boolean =>
  script.above &&
  heads.some((head) =>
    head.scripts.some((other) => other.above && other.tokens.some((token) => token.text === letter)),
  );

/** Letters that stand below a left side and below something on its right: they run. */
function weakLetters({ heads, atoms }: Evidence): Set<string> {
  const weak = new Set<string>();
  const below = (scripts: readonly Script[]): readonly string[] =>
    lowerOf(scripts).flatMap((script) =>
      splitAtCommas(script.tokens).flatMap((part) => (isRun(part) ? lettersOf(part).map((token) => token.text) : part.map((token) => token.text))),
    );
  for (const head of heads) {
    if (head.by !== 'definition') continue;
    const own = below(head.scripts);
    const right = new Set(
      atoms
        .filter((atom) => atom.statement === head.statement && atom.side === 'right')
        .flatMap((atom) => below(atom.scripts)),
    );
    for (const letter of own) if (/^[a-z]$/.test(letter) && right.has(letter)) weak.add(letter);
  }
  return weak;
}

/** Which subscripts are labels, by the name that carries them. */
function findLabels(
  { heads, atoms, strong, sizes }: Evidence,
  weak: Set<string>,
  bareNames: ReadonlySet<string>,
): Map<string, Set<string>> {
  const labels = new Map<string, Set<string>>();
  const label = (base: string, text: string) => {
    const own = labels.get(base) ?? new Set<string>();
    own.add(text);
    labels.set(base, own);
  };
  const all = [...heads.map((head) => ({ name: head.name, scripts: head.scripts })), ...atoms];
  const singles = new Map<string, Set<string>>();
  const others = new Set<string>();
  for (const { name, scripts } of all)
    for (const script of lowerOf(scripts))
      for (const part of splitAtCommas(script.tokens)) {
        if (part.length === 1 && part[0]?.kind !== 'text' && (part[0]?.text.length === 1 || part[0]?.kind === 'name') && part[0].kind !== 'number') {
          const own = singles.get(name) ?? new Set<string>();
          own.add(part[0].text);
          singles.set(name, own);
        } else if (part[0]?.kind === 'number' || !isRun(part)) others.add(name);
      }
  const leftSingles = new Map<string, Set<string>>();
  for (const head of heads) {
    if (head.by !== 'definition') continue;
    const script = lowerOf(head.scripts)[0];
    const only = script?.tokens.length === 1 ? script.tokens[0] : undefined;
    if (only && only.kind !== 'number' && only.text.length === 1) {
      const own = leftSingles.get(head.name) ?? new Set<string>();
      own.add(only.text);
      leftSingles.set(head.name, own);
    }
  }
  // `L = L_1 + L_2`: a name that is defined bare as well has no indices.
  const definedBare = new Set(
    heads.filter((head) => head.by === 'definition' && head.scripts.length === 0).map((head) => head.name),
  );
  for (const head of heads) {
    const script = lowerOf(head.scripts)[0];
    const isDigits = script?.tokens.length === 1 && script.tokens[0]?.kind === 'number';
    if (head.by === 'definition' && definedBare.has(head.name) && isDigits && !head.parameters)
      label(head.name, textOf(script.tokens));
  }
  // Declared as they stand: `W_o in R^(d x h)` without a range.
  for (const head of heads) {
    if (head.by !== 'shape') continue;
    for (const script of lowerOf(head.scripts)) {
      const text = textOf(script.tokens);
      if (/^\d+$/.test(text) || !isRun(script.tokens)) continue;
      if (![...text].every((letter) => strong.has(letter))) label(head.name, text);
    }
  }
  const isCapital = (letter: string) => /^[A-Z]$/.test(letter);
  for (const [name, letters] of singles) {
    const list = [...letters];
    const allNames = list.length >= 2 && list.every((letter) => bareNames.has(letter) && !weak.has(letter));
    const allCapitals = !others.has(name) && list.every(isCapital) && list.some((letter) => !sizes.has(letter));
    const left = [...(leftSingles.get(name) ?? [])];
    const layerNames = left.length >= 2 && left.every((letter) => !strong.has(letter)) && !hasUpper(heads, name);
    for (const letter of list) {
      const isIndex = strong.has(letter) || (weak.has(letter) && !bareNames.has(letter));
      const usedElsewhere = [...singles].some(([other, own]) => other !== name && own.has(letter) && (others.has(other) || own.size > 1));
      if (allNames || allCapitals) label(name, letter);
      else if (layerNames && left.includes(letter)) label(name, letter);
      else if (isIndex || (sizes.has(letter) && isCapital(letter))) continue;
      else if (bareNames.has(letter) && !/^[ijkmn]$/.test(letter)) label(name, letter);
      else if (isCapital(letter) && !sizes.has(letter) && !others.has(name) && list.length === 1) label(name, letter);
      else if (isCapital(name) && list.length === 1 && !others.has(name) && !usedElsewhere && !/^[i-n]$/.test(letter)) label(name, letter);
    }
  }
  // Runs: `W_xh`, `z_out`; text is always a label.
  for (const { name, scripts } of all)
    for (const script of lowerOf(scripts))
      for (const part of splitAtCommas(script.tokens)) {
        if (part.length === 1 && part[0]?.kind === 'text') continue;
        if (!isRun(part)) continue;
        const text = textOf(part);
        const letters = lettersOf(part);
        if (letters.length < 2) {
          if (part[0]?.kind === 'name' && part[0].text.length > 1 && !isIndexLetter(part[0].text, strong, weak) && !isGreekIndex(part[0].text))
            label(name, text);
          continue;
        }
        if (letters.every((letter) => letter.kind === 'number')) continue;
        if (labels.get(name)?.has(text)) continue;
        const running = letters.filter(
          (letter) => letter.kind === 'number' || isIndexLetter(letter.text, strong, weak) || sizes.has(letter.text),
        );
        if (running.length === letters.length) continue;
        const known = labels.get(name);
        const head = letters.slice(0, -running.length || undefined);
        // `z_{hi}` with the label h: the letters in front that do not run.
        if (known && running.length > 0 && known.has(head.map((letter) => letter.text).join(''))) continue;
        const conventional = letters.every((letter) => letter.kind === 'number' || /^[i-np-t]$/.test(letter.text));
        if (conventional && letters.length <= 3 && !letters.every((letter) => bareNames.has(letter.text))) continue;
        if (running.length > 0 && letters.length <= 3 && !letters.some((letter) => bareNames.has(letter.text))) continue;
        label(name, text);
      }
  return labels;
}

const isIndexLetter = (letter: string, strong: ReadonlySet<string>, weak: ReadonlySet<string>): boolean =>
  strong.has(letter) || weak.has(letter);

const isGreekIndex = (name: string): boolean => ['ell', 'alpha', 'beta', 'mu', 'nu', 'tau', 'imath'].includes(name);

const hasUpper = (heads: readonly Head[], name: string): boolean =>
  heads.some((head) => head.name === name && head.scripts.some((script) => script.above));

interface Uppers {
  readonly counts: ReadonlyMap<string, number>;
  readonly letters: ReadonlySet<string>;
  readonly bracketed: ReadonlySet<string>;
  readonly powerNames: ReadonlySet<string>;
}

const isTranspose = (script: Script): boolean => {
  const text = textOf(script.tokens);
  return text === 'top' || text === 'T' || text === "'" || text === '*';
};

/** Names with indices above, and the letters that are such indices. */
function findUppers({ heads, atoms, builder, sizes, strong }: Evidence): Uppers {
  const counts = new Map<string, number>(builder.filter((entry) => entry.upper > 0).map((entry) => [entry.name, entry.upper]));
  const letters = new Set<string>(builder.some((entry) => entry.upper > 0) ? ['l', 'L'] : []);
  const bracketed = new Set<string>();
  const raise = (name: string, count: number) => counts.set(name, Math.max(counts.get(name) ?? 0, count));
  const powerNames = new Set<string>();
  for (const head of heads) {
    const above = head.scripts.filter((script) => script.above && !isTranspose(script) && textOf(script.tokens) !== 'top');
    if (above.length === 0) continue;
    const only = above.length === 1 ? (above[0] as Script) : undefined;
    if (only && isPowerName(head, only, heads, atoms)) {
      powerNames.add(head.name);
      continue;
    }
    let count = 0;
    for (const script of above) {
      const parts = indexParts(script).filter((part) => !(part.length === 1 && part[0]?.kind === 'command'));
      count += parts.length;
      const isBare = script.bracket === 'none' || (script.bracket === 'braces' && upperParts(script.tokens).indices.length === 0);
      for (const part of parts)
        for (const token of part)
          if (token.kind === 'word' || token.kind === 'name') (isBare ? letters : bracketed).add(token.text);
    }
    raise(head.name, count);
  }
  const isForm = (tokens: readonly Token[], known: ReadonlySet<string>): boolean => {
    const names = tokens.filter((token) => token.kind === 'word' || token.kind === 'name');
    return isIndexForm(tokens) && names.length > 0 && names.every((token) => known.has(token.text));
  };
  // Sizes of layers are upper indices too when the letter of the layer is.
  const withSizes = new Set([...letters, ...(letters.size > 0 ? [...sizes].filter((size) => size === 'L' || atoms.some((atom) => counts.has(atom.name) && atom.scripts.some((script) => script.above && textOf(script.tokens) === size))) : [])]);
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
          for (const token of part) if (token.kind === 'word' && part.length === 1) bracketed.add(token.text);
      } else if (script.bracket === 'round') {
        const both = new Set([...withSizes, ...bracketed]);
        const one = script.tokens.length === 1 ? script.tokens[0] : undefined;
        const simple = one !== undefined && ((one.kind === 'number' && /^\d+$/.test(one.text)) || (one.kind === 'word' && strong.has(one.text)));
        if (simple || splitAtCommas(script.tokens).every((part) => isForm(part, both))) count += splitAtCommas(script.tokens).length;
      } else if (isForm(script.tokens, withSizes) && !isTranspose(script)) count += 1;
      else if (atom.differential && isIndexForm(script.tokens) && !isTranspose(script) && script.tokens[0]?.kind === 'word') count += 1;
    }
    if (count > 0 && atom.call === undefined) raise(atom.name, Math.max(count, 0));
    else if (count > 0 && !isFunctionLike(atom)) raise(atom.name, count);
  }
  return { counts, letters: withSizes, bracketed, powerNames };
}

const isFunctionLike = (atom: Atom): boolean => atom.call !== undefined && /^[fghFGHC]$|^(phi|psi|sigma|varphi|act)$/.test(atom.name);

/** `sigma^2 = ...` defines the square as a name when nothing else says that sigma has an index above. */
function isPowerName(head: Head, script: Script, heads: readonly Head[], atoms: readonly SidedAtom[]): boolean {
  if (head.by === 'shape' || textOf(script.tokens) !== '2' || script.bracket === 'round') return false;
  const other = (scripts: readonly Script[]) =>
    scripts.some((candidate) => candidate.above && textOf(candidate.tokens) !== '2' && !isTranspose(candidate));
  if (heads.some((candidate) => candidate.name === head.name && other(candidate.scripts))) return false;
  if (atoms.some((atom) => atom.name === head.name && atom.side === 'right' && other(atom.scripts) && !atom.scripts.some((candidate) => /[.]|[/]/.test(textOf(candidate.tokens))))) return false;
  return !heads.some((candidate) => candidate.name === head.name && candidate.scripts.every((each) => !each.above));
}

/** Names that are applied to arguments: the scope's own functions. */
function findFunctions(evidence: Evidence, uppers: Uppers): Map<string, FunctionEntry> {
  const { heads, atoms, collected } = evidence;
  const functions = new Map<string, FunctionEntry>();
  const entry = (name: string, parameters: readonly string[] | undefined, isQuantity = false) =>
    functions.set(name, { name, latex: name, parameters, isQuantity });
  for (const name of collected.functions) entry(name, undefined);
  const declared = new Map<string, Head[]>();
  for (const head of heads) declared.set(head.name, [...(declared.get(head.name) ?? []), head]);
  for (const head of heads) {
    if (!head.parameters || head.by !== 'definition') continue;
    const parameters = head.parameters;
    const calls = atoms.filter((atom) => atom.name === head.name && atom.call !== undefined && atom.side !== 'left');
    const otherwise = calls.some((atom) => parametersOf(atom.call as readonly Token[])?.join() !== parameters.join());
    const primed = atoms.some((atom) => atom.name === head.name && atom.primed);
    const bare = atoms.some((atom) => atom.name === head.name && atom.call === undefined && !atom.primed && atom.side !== 'left');
    entry(head.name, parameters, bare && !otherwise && !primed);
  }
  for (const atom of atoms) {
    if (functions.has(atom.name) || atom.inScript) continue;
    if (isKnownFunction(atom.name) && atom.name.length > 1 && !declared.has(atom.name)) continue;
    if (atom.primed && atom.call !== undefined) {
      entry(atom.name, undefined);
      continue;
    }
    if (atom.call === undefined || atom.name === 'e' || atom.name === 'pi') continue;
    if (isCall(atom, evidence, declared, uppers)) entry(atom.name, undefined);
  }
  return functions;
}

const CONVENTIONAL = /^([fghFGHCJ]|phi|psi|Phi|Psi|varphi|ell|act|loss|Loss|cost)$/;

function isCall(
  atom: SidedAtom,
  { atoms, heads }: Evidence,
  declared: ReadonlyMap<string, readonly Head[]>,
  uppers: Uppers,
): boolean {
  const inside = atom.call as readonly Token[];
  if (inside.length === 0) return false;
  const isSum = topSign(inside, '+', '-') > 0;
  const isNames = !isSum && topSign(inside, '*', '/', '=') < 0 && inside[0]?.kind !== 'number';
  const own = declared.get(atom.name);
  const bareScripts = atom.scripts.length === 0;
  if (own) {
    // `C = C(a^L)` and `f_i = f(z_i)`: a function of the same letter.
    const inOwn = own.some((head) => head.statement === atom.statement && head.by === 'definition') && atom.side === 'right';
    return inOwn && bareScripts && isNames;
  }
  const bare = atoms.some(
    (other) => other.name === atom.name && other.call === undefined && !other.inScript && !other.primed,
  );
  const bound = heads.some((head) => head.parameters?.includes(atom.name));
  if (bound) return false;
  if (!bareScripts) {
    const below = atom.scripts.some((script) => !script.above);
    if (below) return isNames && CONVENTIONAL.test(atom.name) && !bare;
    if (uppers.counts.has(atom.name) && bare) return false;
    return CONVENTIONAL.test(atom.name) || atom.name === 'sigma';
  }
  if (isNames) return true;
  if (isSum) return CONVENTIONAL.test(atom.name) && !bare;
  return CONVENTIONAL.test(atom.name) || !bare;
}

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
      changes.lower === undefined
        ? before.lower
        : Math.max(before.lower ?? 0, changes.lower);
    names.set(name, { ...before, ...changes, lower, defined: before.defined || (changes.defined ?? false), declared: before.declared || (changes.declared ?? false) });
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
          const head = letters.slice(0, count).map((letter) => letter.text).join('');
          if (own.has(head)) {
            full = `${full}_${head}`;
            letters = letters.slice(count);
            break;
          }
        }
        const digits = letters.every((letter) => letter.kind === 'number');
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
      if (functions.get(head.name)?.isQuantity) merge(full, { defined: true, declared: true, latex: latexOf(head.latex), lower: 0 });
      continue;
    }
    const fromShape = head.sizes > 0 ? head.sizes : undefined;
    const total = head.sizes >= 0 ? (fromShape ?? lower ?? 0) + (fromShape !== undefined && head.by === 'shape' ? indexedLower(head, evidence, lower) : 0) : lower;
    merge(full, {
      declared: true,
      defined: head.by === 'definition',
      latex: latexOf(head.latex),
      ...(total === undefined ? {} : { lower: total }),
    });
  }
  for (const atom of atoms) {
    if (atom.name === 'e' && atom.scripts.every((script) => script.above)) continue;
    if (functions.has(atom.name) && (atom.call !== undefined || atom.primed)) continue;
    if (isKnownFunction(atom.name) && atom.name.length > 1 && (atom.call !== undefined || !names.has(atom.name))) continue;
    if (atom.inScript && atom.scripts.length === 0) continue;
    if (['pi', 'infinity', 'inf', 'ones'].includes(atom.name) && !names.has(atom.name)) continue;
    if (!names.has(atom.name) && strong.has(atom.name) && atom.scripts.length === 0) continue;
    const { full, lower } = used(atom.name, atom.scripts, false);
    merge(full, lower === undefined ? {} : { lower });
  }
  for (const [name, count] of uppers.counts) {
    for (const full of [name, ...[...(labels.get(name) ?? [])].map((label) => `${name}_${label}`)]) {
      const entry = names.get(full);
      if (entry) names.set(full, { ...entry, upper: count });
    }
  }
  return names;
}

/** `u_k in R^d for k = 1..K`: the subscript is an index beside those of the shape. */
function indexedLower(head: Head, { strong }: Evidence, lower: number | undefined): number {
  const letters = lowerOf(head.scripts).flatMap((script) => lettersOf(script.tokens));
  return letters.length > 0 && letters.every((letter) => strong.has(letter.text)) ? (lower ?? 0) : 0;
}

const latexOf = (text: string): string => text;

/** The last value of the upper index of each family, from the ranges of its definitions. */
function lastUppers(
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
      else if (only?.kind === 'word' || only?.kind === 'name') last.set(head.name, symbol(only.text));
    }
  }
  return last;
}

