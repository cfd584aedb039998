/** `handgrad solve`: files in, results out. */
import { writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { writeJson } from '../document/json.js';
import type { DocumentView, ResultView, StepDetail } from '../document/view.js';
import { readInput } from './read-input.js';
import { MOST_MEGABYTES, solveWatched, USUAL_SECONDS } from './solve-watched.js';

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
  for (const file of files) {
    let document: DocumentView;
    try {
      const text = readInput(file);
      if (options.reading) await tellReading(text, file);
      const answering = solveWatched(text, file, {
        seconds: options.timeout ?? USUAL_SECONDS,
        megabytes: MOST_MEGABYTES,
      });
      [document] = await Promise.all([answering, readyToWrite(options.to)]);
    } catch (error) {
      process.stderr.write(`handgrad: ${error instanceof Error ? error.message : String(error)}\n`);
      codes.push(2);
      continue;
    }
    const shown = options.checkOnly
      ? { ...document, results: document.results.filter((result) => codeOf([result]) !== 0) }
      : document;
    const asLines = options.checkOnly && options.to === 'text';
    const text = asLines ? await problemLines(document) : await written(shown, options);
    deliver(text, file, files.length, options);
    codes.push(codeOf(document.results));
  }
  return worst(codes);
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

function deliver(text: string, file: string, count: number, options: SolveOptions): void {
  if (!options.output) {
    process.stdout.write(text);
    return;
  }
  const stem = file === '-' ? 'standard-input' : basename(file, extname(file));
  const place = count > 1 ? join(options.output, stem + endings[options.to]) : options.output;
  writeFileSync(place, text);
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
