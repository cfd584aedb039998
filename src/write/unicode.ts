/** Unicode for the terminal: readable, not meant to be read back. */

import { unicodeName } from './names.js';
import type { Notation } from './notation.js';
import { plain } from './plain.js';

const pairs = (from: string, to: string): ReadonlyMap<string, string> => {
  const targets = [...to];
  return new Map([...from].map((character, place) => [character, targets[place] as string]));
};

const SUBSCRIPTS = pairs('0123456789+-=(),aehijklmnoprstuvx', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎,ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ');
const SUPERSCRIPTS = pairs(
  '0123456789+-=(),abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾,ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ',
);

/** The text in raised or lowered characters; `undefined` if one of them does not exist. */
function shifted(text: string, table: ReadonlyMap<string, string>): string | undefined {
  const characters = [...text].map((character) => table.get(character));
  return characters.includes(undefined) ? undefined : characters.join('');
}

export const unicode: Notation = {
  ...plain,
  name: unicodeName,
  functionName: (name) => (name === 'sigmoid' ? 'σ' : unicodeName(name)),
  constants: { pi: 'π', infinity: '∞' },
  upper: (indices) => {
    const bare = indices.join(',');
    const text = indices.length === 1 && /^[^\dT]$/.test(bare) ? bare : `(${bare})`;
    return shifted(text, SUPERSCRIPTS) ?? plain.upper(indices);
  },
  lower: (indices) => {
    const short = indices.every((text) => text.length === 1);
    return shifted(indices.join(short ? '' : ','), SUBSCRIPTS) ?? plain.lower(indices);
  },
  exponent: (text) => shifted(text, SUPERSCRIPTS) ?? plain.exponent(text),
  transpose: 'ᵀ',
  prime: '′',
  beside: () => ' ',
  times: { juxtaposed: ' ', explicit: ' · ' },
  elementwise: { times: ' ⊙ ', divide: ' ⊘ ', power: '.^' },
  sign: { sum: 'Σ', product: 'Π' },
  limits: (below, above) =>
    above === undefined
      ? (shifted(below, SUBSCRIPTS) ?? plain.limits(below, undefined))
      : plain.limits(below, above),
  pathComma: ', ',
  pathDots: '…',
  ellipsis: { sum: ' + … + ', product: ' … ' },
  relations: { '=': ' = ', '!=': ' ≠ ', '<': ' < ', '<=': ' ≤ ', '>': ' > ', '>=': ' ≥ ' },
  member: ' ∈ ',
  indicator: (condition) => `1{${condition}}`,
  delta: (left, right) => `δ(${left},${right})`,
  derivative: (of, by) => {
    const order = by.reduce((total, { times }) => total + times, 0);
    const raised = (times: number): string =>
      times === 1 ? '' : (shifted(String(times), SUPERSCRIPTS) ?? `^${times}`);
    return `∂${raised(order)}${of}/${by.map(({ text, times }) => `∂${text}${raised(times)}`).join(' ')}`;
  },
  calls: { sqrt: (argument) => (argument.length === 1 ? `√${argument}` : `√(${argument})`) },
  norm: (argument, kind) => `‖${argument}‖${{ '1': '₁', '2': '', F: '_F' }[kind]}`,
  identity: 'I',
  ones: '1',
};
