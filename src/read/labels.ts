import { besideItself } from './beside-itself.js';
import type { Evidence } from './evidence.js';
import type { Head } from './heads.js';
import { isRun, lettersOf, splitAtCommas } from './indices.js';
import { lowerOf, textOf } from './signs-at-top.js';

/** Which subscripts are labels, by the name that carries them. */
export function findLabels(
  { heads, atoms, strong, sizes, statements }: Evidence,
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
        if (
          part.length === 1 &&
          part[0]?.kind !== 'text' &&
          (part[0]?.text.length === 1 || part[0]?.kind === 'name') &&
          part[0].kind !== 'number'
        ) {
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
    heads
      .filter((head) => head.by === 'definition' && head.scripts.length === 0)
      .map((head) => head.name),
  );
  for (const head of heads) {
    const script = lowerOf(head.scripts)[0];
    const isDigits = script?.tokens.length === 1 && script.tokens[0]?.kind === 'number';
    if (head.by === 'definition' && definedBare.has(head.name) && isDigits && !head.parameters)
      label(head.name, textOf(script.tokens));
  }
  // `c = f c_0 + g`: a number that is made of another one of its letter.
  const onRight = new Map<number, (typeof atoms)[number][]>();
  for (const atom of atoms) {
    if (atom.side !== 'right') continue;
    const known = onRight.get(atom.statement);
    if (known) known.push(atom);
    else onRight.set(atom.statement, [atom]);
  }
  for (const head of heads) {
    if (head.by !== 'definition' || head.scripts.length > 0 || head.parameters) continue;
    for (const atom of onRight.get(head.statement) ?? []) {
      const script = lowerOf(atom.scripts)[0];
      if (atom.name !== head.name || script?.tokens[0]?.kind !== 'number') continue;
      if (script.tokens.length === 1) label(head.name, textOf(script.tokens));
    }
  }
  // `w_1 = w + v_1`: a new number, or family, made of the old one of its letter.
  const renewed = new Set(
    heads
      .filter(
        (head) =>
          head.by === 'definition' &&
          isDigit(head.scripts) &&
          !head.parameters &&
          atoms.some(
            (atom) =>
              atom.statement === head.statement &&
              atom.side === 'right' &&
              atom.name === head.name &&
              atom.scripts.length === 0,
          ),
      )
      .map((head) => head.name),
  );
  for (const { name, scripts } of all)
    if (renewed.has(name) && isDigit(scripts) && all.every((each) => isPlainOrDigit(name, each)))
      label(name, textOfLower(scripts));
  // Declared as they stand: `W_o in R^(d x h)` without a range.
  for (const head of heads) {
    if (head.by !== 'shape') continue;
    for (const script of lowerOf(head.scripts)) {
      const text = textOf(script.tokens);
      if (/^\d+$/.test(text) || !isRun(script.tokens)) continue;
      if (![...text].every((letter) => strong.has(letter))) label(head.name, text);
    }
  }
  const named = new Set(heads.map((head) => `${head.name}_${textOfLower(head.scripts)}`));
  const madeOfOwn = new Set(
    heads.flatMap((head) =>
      atoms.some(
        (atom) =>
          atom.statement === head.statement && atom.name === head.name && atom.side === 'right',
      )
        ? [head.name]
        : [],
    ),
  );
  // `p = softmax(o)`, then `p_c`: an entry of what is defined, not a leaf that nothing leads to.
  const isOwnEntry = (name: string, letter: string): boolean =>
    definedBare.has(name) && !named.has(`${name}_${letter}`) && !madeOfOwn.has(name);
  const shaped = new Set(heads.map((head) => head.name));
  for (const { name, letter } of besideItself(statements))
    if (!shaped.has(name) && !strong.has(letter) && !weak.has(letter) && !/^[i-n]$/.test(letter))
      label(name, letter);
  const isCapital = (letter: string) => /^[A-Z]$/.test(letter);
  for (const [name, letters] of singles) {
    const list = [...letters];
    const allNames =
      list.length >= 2 && list.every((letter) => bareNames.has(letter) && !weak.has(letter));
    const allCapitals =
      !others.has(name) && list.every(isCapital) && list.some((letter) => !sizes.has(letter));
    const left = [...(leftSingles.get(name) ?? [])];
    const layerNames =
      left.length >= 2 && left.every((letter) => !strong.has(letter)) && !hasUpper(heads, name);
    for (const letter of list) {
      const isIndex = strong.has(letter) || (weak.has(letter) && !bareNames.has(letter));
      const usedElsewhere = [...singles].some(
        ([other, own]) => other !== name && own.has(letter) && (others.has(other) || own.size > 1),
      );
      if (allNames || allCapitals) label(name, letter);
      // `d_k` beside a size d is a size of its own.
      else if (sizes.has(name) && !isIndex && !others.has(name)) label(name, letter);
      else if (layerNames && left.includes(letter)) label(name, letter);
      else if (isIndex || (sizes.has(letter) && isCapital(letter))) continue;
      else if (isOwnEntry(name, letter)) continue;
      else if (bareNames.has(letter) && !/^[ijkmn]$/.test(letter)) label(name, letter);
      else if (isCapital(letter) && !sizes.has(letter) && !others.has(name) && list.length === 1)
        label(name, letter);
      else if (
        isCapital(name) &&
        list.length === 1 &&
        !others.has(name) &&
        !usedElsewhere &&
        !/^[i-n]$/.test(letter)
      )
        label(name, letter);
    }
  }
  for (const [name, letter] of onlyBelow(all, heads))
    if (!strong.has(letter) && !bareNames.has(letter) && !sizes.has(letter)) label(name, letter);
  const ranks = ranksOfRunningLetters(all, strong, weak);
  // Runs: `W_xh`, `z_out`; text is always a label.
  for (const { name, scripts } of all)
    for (const script of lowerOf(scripts))
      for (const part of splitAtCommas(script.tokens)) {
        if (part.length === 1 && part[0]?.kind === 'text') continue;
        if (!isRun(part)) continue;
        const text = textOf(part);
        const letters = lettersOf(part);
        if (letters.length < 2) {
          if (
            part[0]?.kind === 'name' &&
            part[0].text.length > 1 &&
            !isIndexLetter(part[0].text, strong, weak) &&
            !isGreekIndex(part[0].text)
          )
            label(name, text);
          continue;
        }
        if (letters.every((letter) => letter.kind === 'number')) continue;
        if (labels.get(name)?.has(text)) continue;
        const running = letters.filter(
          (letter) =>
            letter.kind === 'number' ||
            isIndexLetter(letter.text, strong, weak) ||
            sizes.has(letter.text),
        );
        if (running.length === letters.length) continue;
        // Kronecker's delta, where nobody declared one: `\delta_{ij}`.
        if (name === 'delta' && letters.length === 2 && !heads.some((head) => head.name === name))
          continue;
        // `dc/dw_ab` beside `w_ij`: the family is split into its indices.
        if (
          part.length === script.tokens.length &&
          ranks.get(name)?.has(letters.length) &&
          !named.has(`${name}_${text}`)
        )
          continue;
        const known = labels.get(name);
        const head = letters.slice(0, -running.length || undefined);
        // `z_{hi}` with the label h: the letters in front that do not run.
        if (known && running.length > 0 && known.has(head.map((letter) => letter.text).join('')))
          continue;
        const conventional = letters.every(
          (letter) => letter.kind === 'number' || /^[i-np-t]$/.test(letter.text),
        );
        if (
          conventional &&
          letters.length <= 3 &&
          !letters.every((letter) => bareNames.has(letter.text))
        )
          continue;
        if (
          running.length > 0 &&
          letters.length <= 3 &&
          !letters.some((letter) => bareNames.has(letter.text))
        )
          continue;
        label(name, text);
      }
  return labels;
}

const LOSS = /^([A-Z]|ell|[Ll]oss|[Cc]ost|[Ee]rr(or)?)$/;

/**
 * `E_n = ...` where `n` stands below nothing else: the letter says which example is meant, and nothing
 * runs over it. Only of losses that are defined once and never have another subscript: elsewhere an
 * index on the left alone is one forgotten on the right.
 */
function onlyBelow(
  uses: readonly Pick<Head, 'name' | 'scripts'>[],
  heads: readonly Head[],
): readonly (readonly [name: string, letter: string])[] {
  const carriers = new Map<string, Set<string>>();
  const written = new Map<string, Set<string>>();
  for (const { name, scripts } of uses) {
    const texts = scripts.map(({ tokens }) => textOf(tokens));
    written.set(name, (written.get(name) ?? new Set()).add(texts.join(' ')));
    for (const { tokens } of scripts)
      for (const { text } of lettersOf(tokens))
        carriers.set(text, (carriers.get(text) ?? new Set()).add(name));
  }
  return heads.flatMap((head) => {
    const script = head.scripts.length === 1 ? lowerOf(head.scripts)[0] : undefined;
    const letter = script && textOf(script.tokens);
    const isOnce = heads.filter(({ name }) => name === head.name).length === 1;
    const isAlone = letter !== undefined && carriers.get(letter)?.size === 1;
    const hasNoOther = written.get(head.name)?.size === 1;
    return head.by === 'definition' &&
      LOSS.test(head.name) &&
      /^[a-z]$/.test(letter ?? '') &&
      isOnce &&
      isAlone &&
      hasNoOther
      ? [[head.name, letter as string] as const]
      : [];
  });
}

/** One subscript that is one number: `w_1`. */
const isDigit = (scripts: Head['scripts']): boolean =>
  lowerOf(scripts).length === 1 && /^\d+$/.test(textOfLower(scripts));

const isPlainOrDigit = (name: string, use: Pick<Head, 'name' | 'scripts'>): boolean =>
  use.name !== name || lowerOf(use.scripts).length === 0 || isDigit(use.scripts);

const textOfLower = (scripts: Head['scripts']): string =>
  lowerOf(scripts)
    .map((script) => textOf(script.tokens))
    .join('');

/** How many indices a name has where all its letters run (`w_ij`), by name. */
function ranksOfRunningLetters(
  uses: readonly Pick<Head, 'name' | 'scripts'>[],
  strong: ReadonlySet<string>,
  weak: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<number>> {
  const ranks = new Map<string, Set<number>>();
  for (const { name, scripts } of uses)
    for (const script of lowerOf(scripts)) {
      if (!isRun(script.tokens)) continue;
      const letters = lettersOf(script.tokens);
      const isRunning = letters.every(
        (letter) => letter.kind !== 'number' && isIndexLetter(letter.text, strong, weak),
      );
      if (letters.length < 2 || !isRunning) continue;
      ranks.set(name, (ranks.get(name) ?? new Set()).add(letters.length));
    }
  return ranks;
}

const isIndexLetter = (
  letter: string,
  strong: ReadonlySet<string>,
  weak: ReadonlySet<string>,
): boolean => strong.has(letter) || weak.has(letter);

const isGreekIndex = (name: string): boolean =>
  ['ell', 'alpha', 'beta', 'mu', 'nu', 'tau', 'imath'].includes(name);

const hasUpper = (heads: readonly Head[], name: string): boolean =>
  heads.some((head) => head.name === name && head.scripts.some((script) => script.above));
