/** What the author of a note asks of one block: the words behind its fence, and the front matter. */

/** What of a block is shown; `steps` is everything. */
export const shows = ['steps', 'answer', 'check', 'picture'] as const;
export type Show = (typeof shows)[number];

export interface BlockOptions {
  readonly show: Show;
  /** Folded until the reader opens it, where the output can fold. */
  readonly fold: boolean;
  /** A name that links can point at. */
  readonly id?: string;
}

/** Words that could not be used, with the place of the first character from 0. */
export interface OptionProblem {
  readonly offset: number;
  readonly message: string;
}

export interface ReadOptions {
  readonly options: BlockOptions;
  readonly problems: readonly OptionProblem[];
}

export const usualOptions: BlockOptions = { show: 'steps', fold: false };

/** Longer names of blocks are refused; so is what HTML would not take as an id. */
const NAME = /^[A-Za-z][\w.-]{0,63}$/;

/**
 * Reads `show=answer fold #name`, in braces or not; `fresh` belongs to the worksheet and is passed
 * over. What is not known becomes a problem, and the rest is used.
 * @param words the words behind the name of the language
 */
export function readOptions(words: string, defaults: BlockOptions = usualOptions): ReadOptions {
  let options = defaults;
  const problems: OptionProblem[] = [];
  for (const match of words.matchAll(/[^\s{},]+/g)) {
    const [word] = match;
    const change = optionOf(word);
    if (typeof change === 'string') problems.push({ offset: match.index, message: change });
    else options = { ...options, ...change };
  }
  return { options, problems };
}

/** What one word changes, or what is wrong with it. */
function optionOf(word: string): Partial<BlockOptions> | string {
  if (word === 'fresh' || word === '.handgrad' || word === 'handgrad') return {};
  if (word.startsWith('#'))
    return NAME.test(word.slice(1)) ? { id: word.slice(1) } : `"${word}" is no name of a block`;
  const [name, value = 'true'] = word.split(/=(.*)/s);
  const bare = value.replace(/^(["'])(.*)\1$/, '$2');
  if (name === 'fold') {
    if (/^(?:true|false)$/.test(bare)) return { fold: bare === 'true' };
    return `"fold" is true or false, not "${bare}"`;
  }
  if (name === 'show') {
    const show = shows.find((one) => one === bare);
    return show ? { show } : `"show" is one of ${shows.join(', ')}, not "${bare}"`;
  }
  return `"${word}" is no option of a block: known are show=${shows.join('|')}, fold, fresh and #name`;
}

/** Lines of front matter that are read at most. */
const LONGEST_FRONT_MATTER = 400;

export interface FrontMatter extends ReadOptions {
  /** Lines that it takes, the two rules included; 0 without front matter. */
  readonly lines: number;
  readonly title?: string;
  /** The line of each problem. */
  readonly places: readonly number[];
}

/**
 * Front matter between two lines `---`: `title: ...` and `handgrad: show=answer fold`, the options also
 * one a line and indented (`show: answer`). Other keys belong to the host.
 */
export function readFrontMatter(text: string, defaults: BlockOptions = usualOptions): FrontMatter {
  const none: FrontMatter = { lines: 0, options: defaults, problems: [], places: [] };
  const lines = text.split(/\r\n|\r|\n/, LONGEST_FRONT_MATTER);
  if (lines[0]?.replace(/^\ufeff/, '').trimEnd() !== '---') return none;
  const end = lines.findIndex((line, place) => place > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  if (end < 0) return none;
  let title: string | undefined;
  let ours = false;
  let read: ReadOptions = { options: defaults, problems: [] };
  const places: number[] = [];
  for (let at = 1; at < end; at += 1) {
    const line = lines[at] as string;
    const key = /^([A-Za-z][\w-]*):\s*(.*)$/.exec(line);
    if (key) ours = key[1] === 'handgrad';
    if (key?.[1] === 'title') title = (key[2] ?? '').replace(/^(["'])(.*)\1\s*$/, '$2').trim();
    if (!ours) continue;
    const start = key ? line.length - (key[2] ?? '').length : 0;
    const words = line.slice(start).replace(/^(\s*[a-z]+):\s+/, (_all, name) => `${name}=`);
    const more = readOptions(words.replace(/#.*$/, ''), read.options);
    const moved = more.problems.map((one) => ({ ...one, offset: one.offset + start }));
    read = { options: more.options, problems: [...read.problems, ...moved] };
    places.push(...moved.map(() => at + 1));
  }
  return { lines: end + 1, ...read, places, ...(title ? { title } : {}) };
}
