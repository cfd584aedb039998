/** `handgrad solve`: files in, results out. */
import { basename, extname, join } from 'node:path';
import { writeJson } from '../document/json.js';
import type { DocumentView, ResultView, StepDetail } from '../document/view.js';
import { readInput } from './read-input.js';
import { MOST_MEGABYTES, solveWatched, USUAL_SECONDS } from './solve-watched.js';
import { writeInNewFolder } from './write-output.js';

export interface SolveOptions {
  readonly to: 'text' | 'markdown' | 'html' | 'latex' | 'json';
  readonly output?: string;
  readonly steps: StepDetail;
  readonly checkOnly?: boolean;
  readonly reading?: boolean;
  readonly fragment?: boolean;
  readonly template?: string;
  readonly timeout?: number;
}

const endings = {
  text: '.txt',
  markdown: '.md',
  html: '.html',
  latex: '.tex',
  json: '.json',
} as const;

/** Solves the files in order; answers the exit code. Results go to standard output or `-o`. */
export async function solveFiles(files: readonly string[], options: SolveOptions): Promise<number> {
  const codes: number[] = [];
  const places = new Map<string, string>();
  for (const file of files) {
    try {
      const place = placeOf(file, files.length, options);
      const before = place === undefined ? undefined : places.get(place);
      if (before !== undefined)
        throw new Error(
          `${file} would write over what ${before} wrote, ${place}: rename one of them`,
        );
      if (place !== undefined) places.set(place, file);
      codes.push(await solveFile(file, place, options));
    } catch (error) {
      process.stderr.write(`handgrad: ${error instanceof Error ? error.message : String(error)}\n`);
      codes.push(2);
    }
  }
  return worst(codes);
}

/** Solves one file; answers its exit code. */
async function solveFile(
  file: string,
  place: string | undefined,
  options: SolveOptions,
): Promise<number> {
  const text = readInput(file);
  if (options.reading) await tellReading(text, file);
  const answering = solveWatched(text, file, {
    seconds: options.timeout ?? USUAL_SECONDS,
    megabytes: MOST_MEGABYTES,
  });
  const [document] = await Promise.all([answering, readyToWrite(options.to)]);
  const shown = options.checkOnly
    ? { ...document, results: document.results.filter((result) => codeOf([result]) !== 0) }
    : document;
  const asLines = options.checkOnly && options.to === 'text';
  const out = asLines ? await problemLines(document) : await written(shown, options);
  if (place === undefined) process.stdout.write(out);
  else writeInNewFolder(place, out);
  return codeOf(document.results);
}

/** Where the results of a file go: `-o` is a file for one of them, a folder for several. */
function placeOf(file: string, count: number, options: SolveOptions): string | undefined {
  if (options.output === undefined || count === 1) return options.output;
  const stem = file === '-' ? 'standard-input' : basename(file, extname(file));
  return join(options.output, stem + endings[options.to]);
}

/** `--check-only` in the terminal: one line for each place, as editors take them. */
async function problemLines(document: DocumentView): Promise<string> {
  const { writeProblemLines } = await import('../document/problem-lines.js');
  return writeProblemLines(document.file, document.results);
}

/** How the sheet was understood is no result: it goes to standard error. */
async function tellReading(text: string, file: string): Promise<void> {
  const { readingOf } = await import('./reading.js');
  process.stderr.write(readingOf(text, file));
}

/** Loads what the format needs, which takes no longer than the thread that answers meanwhile. */
async function readyToWrite(format: SolveOptions['to']): Promise<void> {
  if (format === 'json') return;
  if (format === 'text') await import('../document/text.js');
  else await (await import('../document/write.js')).loadWriter(format);
}

async function written(document: DocumentView, options: SolveOptions): Promise<string> {
  switch (options.to) {
    case 'json':
      return `${writeJson(document.file, document.results, { steps: options.steps })}\n`;
    case 'text': {
      const { writeText } = await import('../document/text.js');
      const wanted = process.env.NO_COLOR === undefined || process.env.NO_COLOR === '';
      const terminal = process.stdout.isTTY === true && !options.output && wanted;
      const width = process.stdout.columns ? { width: process.stdout.columns } : {};
      return writeText(document.results, {
        color: terminal ? 'on' : 'off',
        steps: options.steps,
        ...width,
      });
    }
    default: {
      const { writeDocument } = await import('../document/write.js');
      return writeDocument(document, options.to, {
        steps: options.steps,
        ...(options.template ? { template: options.template } : {}),
        ...(options.fragment ? { fragment: true } : {}),
      });
    }
  }
}

/** The exit code that results ask for: unreadable before wrong before undecided. */
export function codeOf(results: readonly ResultView[]): number {
  return worst(results.map(codeOfResult));
}

const worst = (codes: readonly number[]): number => {
  for (const code of [70, 2, 1, 3]) if (codes.includes(code)) return code;
  return 0;
};

function codeOfResult(result: ResultView): number {
  switch (result.kind) {
    case 'error':
      return result.verdict === 'unknown' ? 3 : 2;
    case 'claim':
    case 'expect':
      if (result.verdict === 'unread') return 2;
      return result.holds === false ? 1 : result.holds === null ? 3 : 0;
    case 'check':
      return worst(result.lines.map((line) => codeOfVerdict(line.verdict)));
    case 'choose':
      // Wrong options are what a multiple choice is made of; only what stays open is told.
      return worst(
        result.options.map((option) =>
          option.verdict === 'unread' ? 2 : option.verdict === 'unknown' ? 3 : 0,
        ),
      );
    case 'find':
    case 'simplify':
    case 'fill':
      return codeOfVerdict(result.verdict);
    case 'limit':
    case 'update':
      return result.verdict ? codeOfVerdict(result.verdict) : 0;
    default:
      return 0;
  }
}

function codeOfVerdict(verdict: string): number {
  return verdict === 'unread' ? 2 : verdict === 'differs' ? 1 : verdict === 'unknown' ? 3 : 0;
}
