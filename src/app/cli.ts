#!/usr/bin/env node
/** The command line: reads the words of the call, hands them on, and says by the exit code how it went. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from './version.js';
import { formulasLast } from './words.js';

/** 0: all holds; 1: something does not; 2: something could not be read; 3: undecided; 70: our own fault. */
export const exitCodes = { holds: 0, differs: 1, unread: 2, unknown: 3, internal: 70 } as const;

const formats = ['text', 'markdown', 'html', 'latex', 'json'] as const;
const noteFormats = ['html', 'markdown'] as const;
const languages = ['numpy', 'pytorch', 'jax', 'javascript'] as const;
const details = ['none', 'main', 'all'] as const;

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('expected a whole number from 1.');
  return value;
}

/** The command with all of its subcommands; nothing heavy is loaded until one of them runs. */
export function makeProgram(finish: (code: number) => void): Command {
  const program = new Command('handgrad')
    .description('Backpropagation derivations done by hand: derived, written, checked, verified.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(handgrad --help shows how to call it)');

  program
    .command('solve')
    .description('answer the statements of worksheets')
    .argument('<files...>', 'worksheets (.md, .hg, .tex); - is standard input')
    .addOption(new Option('--to <format>', 'what to write').choices(formats).default('text'))
    .option('-o, --output <out>', 'file to write to (a folder for several files)')
    .addOption(
      new Option('--steps <detail>', 'which steps to show').choices(details).default('main'),
    )
    .option('--check-only', 'show only what does not hold, cannot be read or cannot be decided')
    .option('--reading', 'also print how each line and name was understood')
    .option('--fragment', 'with --to latex: a piece to \\input, no document around it')
    .option('--template <file>', 'a Liquid template of your own')
    .option('--timeout <seconds>', 'most seconds for one statement (120)', positiveInteger)
    .action(async (files: string[], options) => {
      const { solveFiles } = await import('./solve-files.js');
      finish(await solveFiles(files, options));
    });

  program
    .command('equal')
    .description('are two formulas equal?')
    .argument('<a>')
    .argument('<b>')
    .option('--with <file>', 'the scope of a worksheet, FILE or FILE:LINE')
    .option('--json', 'print one JSON object')
    .action(async (left: string, right: string, options) => {
      const { equalCommand } = await import('./formulas-command.js');
      finish(await equalCommand(left, right, options));
    });

  program
    .command('diff')
    .description('one derivative, no worksheet')
    .argument('<f>', 'the formula')
    .argument('<x>', 'the name it is differentiated by')
    .option('--order <n>', 'a higher derivative', positiveInteger)
    .option('--json', 'print one JSON object')
    .action(async (formula: string, by: string, options) => {
      const { diffCommand } = await import('./formulas-command.js');
      finish(await diffCommand(formula, by, options));
    });

  program
    .command('export')
    .description('the gradients of a network as source text')
    .argument('<file>', 'a worksheet whose sizes are fixed; - is standard input')
    .addOption(
      new Option('--to <language>', 'what to write').choices(languages).makeOptionMandatory(),
    )
    .option('--of <name>', 'the number to differentiate (the loss)')
    .option('--by <names>', 'what to differentiate by, with commas (all parameters)')
    .option('-o, --output <out>', 'file to write to')
    .action(async (file: string, options) => {
      const { exportCommand } = await import('./export-command.js');
      finish(await exportCommand(file, options));
    });

  program
    .command('notes')
    .description('render a folder of notes')
    .argument('<folder>', 'Markdown files with blocks of handgrad')
    .option('-o, --output <out>', 'folder to write to')
    .addOption(new Option('--to <format>', 'what to write').choices(noteFormats).default('html'))
    .option('--watch', 'render again whenever a note changes')
    .option('--check', 'write nothing; exit with 1 if anything would change or cannot be read')
    .addOption(new Option('--blocks <format>', 'for plugins: blocks of a note as JSON').hideHelp())
    .action(async (folder: string, options) => {
      const { notesCommand } = await import('./notes-command.js');
      finish(await notesCommand(folder, options));
    });

  return program;
}

/** Runs one call; answers the exit code. */
export async function main(words: readonly string[]): Promise<number> {
  let code: number = exitCodes.holds;
  try {
    await makeProgram((result) => {
      code = result;
    }).parseAsync(formulasLast(words), { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.unread;
    process.stderr.write(`handgrad: ${error instanceof Error ? error.message : String(error)}\n`);
    return exitCodes.internal;
  }
}

process.exitCode = await main(process.argv.slice(2));
