/** The words of a call, before they are parsed. */

/** Commands whose arguments are formulas, with the options that take a value. */
const formulaCommands: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['equal', new Set(['--with'])],
  ['diff', new Set(['--order'])],
]);

const plainOptions: ReadonlySet<string> = new Set(['--json', '--help', '-h']);

/**
 * A formula may begin with a minus (`equal "-y/p" ...`), which must not be taken for an option: for
 * the commands that take formulas, options come first and everything else stands behind `--`.
 */
export function formulasLast(words: readonly string[]): readonly string[] {
  const [command, ...rest] = words;
  const valued = command === undefined ? undefined : formulaCommands.get(command);
  if (command === undefined || !valued || rest.includes('--')) return words;
  const options: string[] = [];
  const formulas: string[] = [];
  for (let place = 0; place < rest.length; place += 1) {
    const word = rest[place] as string;
    const name = word.split('=', 1)[0] as string;
    if (plainOptions.has(word) || (valued.has(name) && word.includes('='))) options.push(word);
    else if (valued.has(word)) {
      const value = rest[place + 1];
      options.push(word, ...(value === undefined ? [] : [value]));
      place += 1;
    } else if (word.startsWith('--')) options.push(word);
    else formulas.push(word);
  }
  return formulas.length > 0 ? [command, ...options, '--', ...formulas] : [command, ...options];
}
