/** The author's own commands: \newcommand, \def, \DeclareMathOperator. */
import type { Macro, Macros } from './spelling.js';

/** Most macros of one document that are kept. */
const MOST = 500;

export function macrosOf(text: string): Macros {
  const macros = new Map<string, Macro>();
  const command =
    /\\(?:re|provide)?newcommand\*?\s*\{?\s*\\([A-Za-z]+)\s*\}?\s*(?:\[(\d)\])?\s*\{/g;
  for (const match of text.matchAll(command)) {
    const body = groupAt(text, match.index + match[0].length - 1);
    if (body !== undefined && macros.size < MOST)
      macros.set(match[1] as string, { arguments: Number(match[2] ?? 0), body });
  }
  for (const match of text.matchAll(/\\def\s*\\([A-Za-z]+)((?:#\d)*)\s*\{/g)) {
    const body = groupAt(text, match.index + match[0].length - 1);
    if (body !== undefined && macros.size < MOST)
      macros.set(match[1] as string, { arguments: (match[2] ?? '').length / 2, body });
  }
  for (const match of text.matchAll(
    /\\DeclareMathOperator\*?\s*\{?\s*\\([A-Za-z]+)\s*\}?\s*\{([^{}]*)\}/g,
  ))
    macros.set(match[1] as string, { arguments: 0, body: `\\operatorname{${match[2]}}` });
  return macros;
}

/** The text of the group whose brace opens at that place. */
function groupAt(text: string, open: number): string | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '\\') at += 1;
    else if (sign === '{') depth += 1;
    else if (sign === '}') {
      depth -= 1;
      if (depth === 0) return text.slice(open + 1, at);
    }
  }
  return undefined;
}
