/** How each name of a scope was understood, for `solve --reading`. */
import type { NameInfo, Sheet } from './statement.js';

/** One name with its kind, its index positions, and what was doubtful about it. */
export interface NameReading {
  readonly name: string;
  readonly role: NameInfo['role'];
  /** Index positions above and below, as far as reading alone can tell. */
  readonly upper: number;
  readonly lower: number;
  readonly defined: boolean;
  readonly notes: readonly string[];
  /** The same in words: `w: a quantity with 1 index above and 2 below, not defined here`. */
  readonly text: string;
}

export interface SheetReading {
  readonly names: readonly NameReading[];
  readonly notes: Sheet['notes'];
}

/** All names of a scope and the notes about doubtful places. */
export function describeReading(sheet: Sheet): SheetReading {
  const names = [...sheet.names.values()].map((info): NameReading => {
    const { name, role, upper, lower, defined, notes } = info;
    return { name, role, upper, lower, defined, notes, text: inWords(info) };
  });
  return { names, notes: sheet.notes };
}

const article = (role: NameInfo['role']): string => (role === 'index' ? 'an' : 'a');

function inWords(info: NameInfo): string {
  const places = [
    info.upper > 0 ? `${info.upper} ${info.upper === 1 ? 'index' : 'indices'} above` : '',
    info.lower > 0 ? `${info.lower} ${info.lower === 1 ? 'index' : 'indices'} below` : '',
  ].filter((part) => part !== '');
  const indices = places.length > 0 ? ` with ${places.join(' and ')}` : '';
  const isOpen = !info.defined && (info.role === 'quantity' || info.role === 'function');
  return `${info.name}: ${article(info.role)} ${info.role}${indices}${isOpen ? ', not defined here' : ''}`;
}
