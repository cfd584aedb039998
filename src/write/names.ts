/** Names and their LaTeX and Unicode: Greek letters, accents, labels. */
import { withoutMark } from '../expression/family-mark.js';

const GREEK: readonly (readonly [string, string])[] = [
  ['alpha', 'α'],
  ['beta', 'β'],
  ['gamma', 'γ'],
  ['delta', 'δ'],
  ['epsilon', 'ε'],
  ['varepsilon', 'ε'],
  ['zeta', 'ζ'],
  ['eta', 'η'],
  ['theta', 'θ'],
  ['iota', 'ι'],
  ['kappa', 'κ'],
  ['lambda', 'λ'],
  ['mu', 'μ'],
  ['nu', 'ν'],
  ['xi', 'ξ'],
  ['pi', 'π'],
  ['rho', 'ρ'],
  ['sigma', 'σ'],
  ['tau', 'τ'],
  ['upsilon', 'υ'],
  ['phi', 'φ'],
  ['varphi', 'ϕ'],
  ['chi', 'χ'],
  ['psi', 'ψ'],
  ['omega', 'ω'],
  ['Gamma', 'Γ'],
  ['Delta', 'Δ'],
  ['Theta', 'Θ'],
  ['Lambda', 'Λ'],
  ['Xi', 'Ξ'],
  ['Pi', 'Π'],
  ['Sigma', 'Σ'],
  ['Phi', 'Φ'],
  ['Psi', 'Ψ'],
  ['Omega', 'Ω'],
  ['ell', 'ℓ'],
];

const greek: ReadonlyMap<string, string> = new Map(GREEK);

/** Accents that are part of a name, with their LaTeX command and combining character. */
const ACCENTS: readonly (readonly [string, string, string])[] = [
  ['hat', '\\hat', '\u0302'],
  ['bar', '\\bar', '\u0304'],
  ['tilde', '\\tilde', '\u0303'],
];

interface NameParts {
  readonly stem: string;
  readonly accent: readonly [string, string, string] | undefined;
  readonly label: string | undefined;
}

/** Splits `zhat_o` into its stem, its accent and its label. */
function partsOf(marked: string): NameParts {
  const name = withoutMark(marked);
  const cut = name.startsWith('\\') ? -1 : name.indexOf('_');
  const head = cut > 0 ? name.slice(0, cut) : name;
  const label = cut > 0 ? name.slice(cut + 1) : undefined;
  const accent = ACCENTS.find(
    ([word]) =>
      head.endsWith(word) &&
      (head.length === word.length + 1 || greek.has(head.slice(0, -word.length))),
  );
  return { stem: accent ? head.slice(0, -accent[0].length) : head, accent, label };
}

const latexStem = (stem: string): string => {
  if (stem.startsWith('\\') || stem.length === 1) return stem;
  return greek.has(stem) ? `\\${stem}` : `\\mathrm{${stem.replaceAll('_', '\\_')}}`;
};

/** The LaTeX of a name that nobody declared otherwise: `\hat{y}`, `\delta`, `\mathrm{Loss}`. */
export function defaultLatexName(name: string): string {
  const { stem, accent, label } = partsOf(name);
  const base = accent ? `${accent[1]}{${latexStem(stem)}}` : latexStem(stem);
  return escaped(label === undefined ? base : `${base}_{${label.replaceAll('_', '\\_')}}`);
}

/** Signs with a meaning of their own in LaTeX (`%` begins a comment), as signs of a name. */
const escaped = (latex: string): string => latex.replace(/(?<!\\)[%#&$]/g, '\\$&');

/** The name in a terminal: Greek letters and accents as characters. */
export function unicodeName(name: string): string {
  const { stem, accent, label } = partsOf(name);
  const letter = greek.get(stem) ?? (stem === '\\mathcal{L}' ? 'ℒ' : stem);
  const base = accent ? `${letter}${accent[2]}` : letter;
  if (label === undefined) return base;
  return /^\d+$/.test(label) ? `${base}${label.replace(/\d/g, lowered)}` : `${base}_${label}`;
}

/** A digit as a subscript. */
const lowered = (digit: string): string => '₀₁₂₃₄₅₆₇₈₉'.charAt(Number(digit));
