/** The judge under load: many wrong lines, none of which may pass, and many right ones, none accused. */

import { sentencePieces, sentenceText } from '../../src/answer/reasons.js';
import type { Formula } from '../../src/expression/formula.js';
import { structureKey } from '../../src/expression/same.js';
import { slipOf } from '../../src/judge/chain.js';
import { compareDerivation } from '../../src/judge/compare.js';
import type { Judgement } from '../../src/judge/judgement.js';
import { writePlain } from '../../src/write/write.js';
import { type RightLine, rightLines } from './derivations.js';
import { secondOpinion } from './independent.js';
import { rewritings } from './rewritings.js';
import { Seeded } from './seeded.js';
import { type StudentSlip, studentSlips } from './student-slips.js';

export interface SoakOptions {
  readonly seed: number;
  /** Wrong lines and rewritings wanted. */
  readonly wrong: number;
  readonly rewritten: number;
  /** Of so many wrong lines with one slip, the slip is asked for in one. */
  readonly slipOfEvery: number;
}

/** What came of it; the lists hold sentences. */
export interface SoakResult {
  readonly lines: number;
  readonly wrong: number;
  readonly accepted: readonly string[];
  readonly wrongUnknown: number;
  /** Changed lines that a second opinion found to be right after all. */
  readonly equalAfterAll: number;
  readonly undecided: readonly string[];
  readonly rewritten: number;
  readonly accused: readonly string[];
  readonly rewrittenUnknown: number;
  readonly slipsAsked: number;
  readonly slipsRight: number;
  readonly slipsWrong: readonly string[];
  readonly seconds: number;
}

interface Changed {
  readonly line: RightLine;
  readonly side: Formula;
  readonly how: string;
  /** The only slip, where there is one. */
  readonly slip: StudentSlip | undefined;
}

const judged = (line: RightLine, side: Formula): Judgement =>
  compareDerivation({ ...line, right: side, relation: '=' }, line.setting.network);

const shown = ({ line, side, how }: Changed): string => {
  const print = (formula: Formula) => writePlain(formula, line.setting.display);
  return `${line.place}: ${how}: ${print(line.left)} = ${print(side)}`;
};

/** Wrong lines in turn: every line and every slip once, then two slips at a time. */
function* wrongLines(lines: readonly RightLine[], random: Seeded): Generator<Changed> {
  const seen = new Set<string>();
  const isNew = (line: RightLine, side: Formula): boolean => {
    const key = `${line.place} ${structureKey(line.left)} ${structureKey(side)}`;
    if (seen.has(key) || structureKey(side) === structureKey(line.right)) return false;
    seen.add(key);
    return true;
  };
  const once: Changed[] = [];
  for (const line of lines)
    for (const slip of studentSlips)
      for (const side of slip.wrong(line.right, line.setting.network))
        if (isNew(line, side)) once.push({ line, side, how: slip.name, slip });
  const mixed = random.shuffled(once);
  yield* mixed;
  for (const { line, side, how } of mixed)
    for (const slip of random.shuffled(studentSlips).slice(0, 4)) {
      const [again] = random.shuffled([...slip.wrong(side, line.setting.network)]);
      if (again && isNew(line, again))
        yield { line, side: again, how: `${how}, ${slip.name}`, slip: undefined };
    }
}

function* rewrittenLines(lines: readonly RightLine[], random: Seeded): Generator<Changed> {
  const seen = new Set<string>();
  const isNew = (line: RightLine, side: Formula, notation: string): boolean => {
    const key = `${line.place} ${structureKey(line.left)} ${structureKey(side)} ${notation}`;
    const fresh = !seen.has(key);
    seen.add(key);
    return fresh;
  };
  const once: Changed[] = [];
  for (const line of lines)
    for (const { name, same } of rewritings)
      for (const side of same(line.right, line))
        if (isNew(line, side, name)) once.push({ line, side, how: name, slip: undefined });
  const mixed = random.shuffled(once);
  yield* mixed;
  for (const { line, side, how } of mixed)
    for (const { name, same } of random.shuffled(rewritings).slice(0, 4)) {
      const [again] = random.shuffled([...same(side, line)]);
      if (again && isNew(line, again, ''))
        yield { line, side: again, how: `${how}, ${name}`, slip: undefined };
    }
}

/** Runs the judge on generated lines; the seed decides which. */
export function soak(options: SoakOptions): SoakResult {
  const start = performance.now();
  const random = new Seeded(options.seed);
  const lines = random.shuffled(rightLines());
  const accepted: string[] = [];
  const undecided: string[] = [];
  const accused: string[] = [];
  const slipsWrong: string[] = [];
  let [wrong, wrongUnknown, equalAfterAll, slipsAsked, slipsRight] = [0, 0, 0, 0, 0];
  for (const changed of wrongLines(lines, random)) {
    if (wrong >= options.wrong) break;
    const { line, side, slip } = changed;
    const judgement = judged(line, side);
    if (judgement.verdict === 'proved' || judgement.verdict === 'agrees') {
      const opinion = secondOpinion(side, line);
      if (opinion === 'equal') equalAfterAll += 1;
      else if (opinion === 'differs') accepted.push(shown(changed));
      else undecided.push(shown(changed));
      continue;
    }
    wrong += 1;
    if (judgement.verdict === 'unknown') wrongUnknown += 1;
    else if (slip && wrong % options.slipOfEvery === 0) {
      const { network, display } = line.setting;
      const found = slipOf({ ...line, right: side, relation: '=' }, judgement, network);
      slipsAsked += 1;
      if (found && slip.named.includes(found.kind)) slipsRight += 1;
      else
        slipsWrong.push(
          `${shown(changed)} -- ${found?.kind}: ${found && sentenceText(sentencePieces(found.message, display))}`,
        );
    }
  }
  let [rewritten, rewrittenUnknown] = [0, 0];
  for (const changed of rewrittenLines(lines, random)) {
    if (rewritten >= options.rewritten) break;
    const { verdict, message } = judged(changed.line, changed.side);
    rewritten += 1;
    if (verdict === 'differs') accused.push(shown(changed));
    if (verdict === 'unknown') {
      rewrittenUnknown += 1;
      undecided.push(`${shown(changed)} -- ${message}`);
    }
  }
  return {
    lines: lines.length,
    wrong,
    accepted,
    wrongUnknown,
    equalAfterAll,
    undecided,
    rewritten,
    accused,
    rewrittenUnknown,
    slipsAsked,
    slipsRight,
    slipsWrong,
    seconds: (performance.now() - start) / 1000,
  };
}

/** The result in a few lines. */
export const summary = (result: SoakResult, seed: number): string =>
  [
    `seed ${seed}: ${result.lines} right lines`,
    `${result.wrong} wrong lines: ${result.accepted.length} accepted, ${result.wrongUnknown} unknown (${result.equalAfterAll} more were right after all)`,
    `${result.rewritten} rewritings: ${result.accused.length} accused, ${result.rewrittenUnknown} unknown`,
    `slips: ${result.slipsRight} of ${result.slipsAsked} named rightly`,
    `${((result.wrong + result.rewritten) / result.seconds).toFixed(0)} lines per second`,
  ].join('\n');
