/** The first line of a chain when it stands alone: `dL/dz`, and below it `= -1/p p (1 - p)`. */
import { splitChain } from './equations.js';
import { splitLeadingCondition, withoutLeadingWords } from './leading-condition.js';
import type { RawLine } from './raw.js';
import type { Token } from './token.js';
import { withoutTrailing } from './trailing.js';

/**
 * The lines with each lone head put in front of the line that goes on from it. A head is a formula
 * without a relation whose next line starts with one, as in `aligned` and below `check dL/dz`; a
 * colon or a line end behind it says nothing. The joined line stands where its relation stands.
 */
export function withHeads(lines: readonly RawLine[]): readonly RawLine[] {
  const joined: RawLine[] = [];
  let head: readonly Token[] | undefined;
  lines.forEach((line, at) => {
    if (!head) {
      const next = lines[at + 1];
      head = next && startsWithRelation(next) ? loneHead(line) : undefined;
      if (!head) joined.push(line);
      return;
    }
    joined.push({ ...line, tokens: [...head, ...withoutLeadingWords(line.tokens)] });
    head = undefined;
  });
  return joined;
}

/** The formula of a line that holds nothing else. */
function loneHead(line: RawLine): readonly Token[] | undefined {
  if (line.problem || splitLeadingCondition(line.tokens)) return undefined;
  const tokens = withoutTrailing(withoutLeadingWords(line.tokens), isHeadEnd);
  if (tokens.length === 0 || splitChain(tokens).signs.length > 0) return undefined;
  return tokens;
}

function startsWithRelation(line: RawLine): boolean {
  if (line.problem) return false;
  const { pieces, signs } = splitChain(withoutLeadingWords(line.tokens));
  return signs.length > 0 && pieces[0]?.length === 0;
}

/** The colon of a heading, and the line end of an aligned row. */
const isHeadEnd = (token: Token): boolean =>
  token.kind === 'operator' && [':', '\\\\', '&'].includes(token.text);
