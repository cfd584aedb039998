/** Signs beyond ASCII as the tokens they stand for: a letter, an operator, a script. */
import {
  unicodeCommands,
  unicodeLetters,
  unicodeSigns,
  unicodeSubscripts,
  unicodeSuperscripts,
} from './commands.js';
import type { Token } from './token.js';

type Spelled = Pick<Token, 'kind' | 'text' | 'latex'>;

const operator = (text: string): Spelled => ({ kind: 'operator', text, latex: false });
const command = (text: string): Spelled => ({ kind: 'command', text, latex: false });

const script = (mark: string, text: string): readonly Spelled[] => [
  operator(mark),
  { kind: /\d/.test(text) ? 'number' : 'word', text, latex: false },
];

/** `undefined` for a sign that has no meaning in a formula. */
export function unicodeTokens(sign: string): readonly Spelled[] | undefined {
  const plain = unicodeSigns.get(sign);
  if (plain) return [operator(plain)];
  const named = unicodeCommands.get(sign);
  if (named) return [command(named)];
  const letter = unicodeLetters.get(sign);
  if (letter) return [{ kind: 'name', text: letter, latex: true }];
  const above = unicodeSuperscripts.get(sign);
  if (above !== undefined) return script('^', above);
  const below = unicodeSubscripts.get(sign);
  if (below !== undefined) return script('_', below);
  return sign === 'ᵀ' ? [operator('^'), command('top')] : undefined;
}
