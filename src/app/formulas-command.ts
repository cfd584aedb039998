/** `handgrad equal` and `handgrad diff`: formulas without a worksheet. */
import { derivativeOf } from '../derive.js';
import { withoutDocumentFields } from '../document/json.js';
import { writeText } from '../document/text.js';
import { equalFormulas } from '../verify.js';
import { readInput } from './read-input.js';

interface EqualOptions {
  readonly with?: string;
  readonly json?: boolean;
}

interface DiffOptions {
  readonly order?: number;
  readonly json?: boolean;
}

/** `FILE` or `FILE:LINE`. */
function scopeOf(place: string): { file: string; text: string; line: number | undefined } {
  const numbered = /^(.*):(\d+)$/.exec(place);
  const file = numbered?.[1] ?? place;
  const line = numbered ? Number(numbered[2]) : undefined;
  return { file, text: readInput(file), line };
}

export async function equalCommand(
  left: string,
  right: string,
  options: EqualOptions,
): Promise<number> {
  try {
    const result = await equalFormulas(
      left,
      right,
      options.with ? scopeOf(options.with) : undefined,
    );
    const { equal, verdict } = result;
    if (options.json) process.stdout.write(`${JSON.stringify(withoutDocumentFields(result))}\n`);
    else {
      const word = equal === null ? 'could not be decided' : equal ? 'equal' : 'not equal';
      process.stdout.write(`${word} (${verdict})\n`);
      if (result.witness)
        process.stdout.write(`  for example at ${JSON.stringify(result.witness)}\n`);
      if (result.slip) process.stdout.write(`  ${result.slip.message}\n`);
    }
    return equal === null ? 3 : equal ? 0 : 1;
  } catch (error) {
    process.stderr.write(`handgrad: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

export async function diffCommand(
  formula: string,
  by: string,
  options: DiffOptions,
): Promise<number> {
  try {
    const result = await derivativeOf(formula, by, options.order ?? 1);
    if (result.kind !== 'find') {
      process.stderr.write(`handgrad: ${result.kind === 'error' ? result.message : 'no answer'}\n`);
      return 2;
    }
    const { ask, answer, verdict, points, steps } = result;
    if (options.json) {
      const plain = ({ text, latex }: { text: string; latex: string }) => ({ text, latex });
      const object = {
        ask: plain(ask),
        answer: plain(answer),
        verdict,
        ...(points !== undefined ? { points } : {}),
        steps: steps.map((step) => ({
          law: step.law,
          because: step.because,
          formula: plain(step.formula),
          verdict: step.verdict,
        })),
      };
      process.stdout.write(`${JSON.stringify(object)}\n`);
    } else {
      const terminal = process.stdout.isTTY === true && !process.env.NO_COLOR;
      process.stdout.write(writeText([result], { color: terminal ? 'on' : 'off', steps: 'main' }));
    }
    return verdict === 'unknown' ? 3 : verdict === 'differs' ? 1 : 0;
  } catch (error) {
    process.stderr.write(`handgrad: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}
