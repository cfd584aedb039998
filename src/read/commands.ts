/** What LaTeX commands mean to the reader: one table per way of treating them. */
import type { Marks } from './token.js';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Spacing, sizes and other decoration: skipped. */
export const ignoredCommands = words(`
  left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr middle
  , ; : ! > quad qquad enspace thinspace displaystyle textstyle scriptstyle limits nolimits
  nonumber notag hfill allowbreak mathstrut noindent smallskip medskip bigskip par small strut
  rm bf it sf cal qed qedhere displaylimits
`);

/** Decoration with one argument that is skipped too. */
export const ignoredWithArgument = words(
  'intertext shortintertext mspace tag label color hspace vspace phantom vphantom hphantom ref eqref',
);

/** Decoration with one argument that stays: font changes make no other name. */
export const transparentCommands = words(`
  mathbf boldsymbol bm vec mathit mathsf pmb textbf cancel bcancel xcancel boxed underline
  mathnormal mathop mathrel mathbin mathstrut bold mathtt fbox
`);

/** Upright text: a name, or words among formulas. */
export const textCommands = words('text mathrm operatorname textrm textit mbox textsf textnormal');

/** Alphabets that make another name. */
export const alphabetCommands = words('mathcal mathscr mathfrak mathbb mathds mathbbm');

/** Accents that make another name, and what they add to it. */
export const accentCommands: ReadonlyMap<string, string> = new Map([
  ['hat', 'hat'],
  ['widehat', 'hat'],
  ['bar', 'bar'],
  ['overline', 'bar'],
  ['tilde', 'tilde'],
  ['widetilde', 'tilde'],
  ['dot', 'dot'],
  ['ddot', 'ddot'],
  ['check', 'check'],
  ['breve', 'breve'],
]);

/** Commands that are another spelling of a plain sign. */
export const operatorCommands: ReadonlyMap<string, string> = new Map(
  Object.entries({
    cdot: '*',
    times: '*',
    ast: '*',
    odot: '.*',
    circ: '.*',
    oslash: './',
    div: '/',
    le: '<=',
    leq: '<=',
    leqslant: '<=',
    ge: '>=',
    geq: '>=',
    geqslant: '>=',
    lt: '<',
    gt: '>',
    ne: '!=',
    neq: '!=',
    equiv: '=',
    coloneqq: ':=',
    triangleq: ':=',
    to: '->',
    rightarrow: '->',
    longrightarrow: '->',
    leftarrow: '<-',
    gets: '<-',
    Rightarrow: '=>',
    implies: '=>',
    Longrightarrow: '=>',
    therefore: '=>',
    iff: '=>',
    Leftrightarrow: '=>',
    in: 'in',
    cdots: '...',
    dots: '...',
    ldots: '...',
    dotsb: '...',
    dotsc: '...',
    dotsm: '...',
    '{': '\\{',
    '}': '\\}',
    lbrace: '\\{',
    rbrace: '\\}',
    llbracket: '[',
    rrbracket: ']',
    lbrack: '[',
    rbrack: ']',
    lvert: '|',
    rvert: '|',
    vert: '|',
    mid: '|',
    '|': '||',
    lVert: '||',
    rVert: '||',
    Vert: '||',
    langle: '\\langle',
    rangle: '\\rangle',
    prime: "'",
    colon: ':',
    '\\': '\\\\',
    newline: '\\\\',
    cr: '\\\\',
    '&': '&',
    slash: '/',
    land: 'and',
    wedge: 'and',
    lor: 'or',
  }),
);

/** What the spelling of a sign tells beyond the sign. */
export const operatorMarks: ReadonlyMap<string, Marks> = new Map<string, Marks>([
  ['cdot', { dot: true }],
  ['·', { dot: true }],
  ['⋅', { dot: true }],
  ['lvert', { side: 'open' }],
  ['rvert', { side: 'close' }],
  ['lVert', { side: 'open' }],
  ['rVert', { side: 'close' }],
]);

/** Commands that the grammar treats itself. */
export const grammarCommands: ReadonlyMap<string, string> = new Map(
  [
    ...'frac sqrt sum prod partial nabla top forall setminus otimes'
      .split(' ')
      .map((name) => [name, name]),
    ['dfrac', 'frac'],
    ['tfrac', 'frac'],
    ['cfrac', 'frac'],
    ['nicefrac', 'frac'],
    ['sfrac', 'frac'],
    ['intercal', 'top'],
    ['transpose', 'top'],
  ].map(([name, meaning]) => [name as string, meaning as string] as const),
);

/** Names of letters, and signs that are names. */
export const letterCommands = words(`
  alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi
  omicron pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega
  Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell hbar imath jmath
`);

/** Functions with a command of their own; others come by \operatorname or the author's macros. */
export const functionCommands = words(`
  exp log ln sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth max min det tr
  arg sup inf sech csch arccot arcsec arccsc Tr lg
  softmax relu ReLU sigmoid diag sign sgn erf var mean
`);

/** Other characters that mean what an ASCII sign or a command means. */
export const unicodeSigns: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '·': '*',
    '×': '*',
    '∗': '*',
    '⋅': '*',
    '⊙': '.*',
    '∘': '.*',
    '⊘': './',
    '÷': '/',
    '−': '-',
    '–': '-',
    '≤': '<=',
    '≥': '>=',
    '≠': '!=',
    '→': '->',
    '←': '<-',
    '⇒': '=>',
    '∴': '=>',
    '≡': '=',
    '≔': ':=',
    '∈': 'in',
    '…': '...',
    '⋯': '...',
    '′': "'",
    '’': "'",
    '‖': '||',
    '⟨': '\\langle',
    '⟩': '\\rangle',
  }),
);

export const unicodeCommands: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '∂': 'partial',
    '∇': 'nabla',
    '∑': 'sum',
    '∏': 'prod',
    '√': 'sqrt',
    '⊤': 'top',
    '∀': 'forall',
    '⊗': 'otimes',
  }),
);

const greek = 'αβγδεζηθικλμνξοπρστυφχψω';
const greekNames = `alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron
  pi rho sigma tau upsilon phi chi psi omega`.split(/\s+/);
const greekCapitals = 'ΓΔΘΛΞΠΣΥΦΨΩ';
const greekCapitalNames = 'Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega'.split(' ');

export const unicodeLetters: ReadonlyMap<string, string> = new Map([
  ...[...greek].map((letter, place) => [letter, greekNames[place] as string] as const),
  ...[...greekCapitals].map(
    (letter, place) => [letter, greekCapitalNames[place] as string] as const,
  ),
  ['ς', 'varsigma'],
  ['ϵ', 'epsilon'],
  ['ϕ', 'phi'],
  ['ℓ', 'ell'],
  ['∞', 'infinity'],
  ['ℒ', '\\mathcal{L}'],
]);

export const unicodeSuperscripts: ReadonlyMap<string, string> = new Map(
  [...'⁰¹²³⁴⁵⁶⁷⁸⁹'].map((sign, digit) => [sign, String(digit)] as const),
);
export const unicodeSubscripts: ReadonlyMap<string, string> = new Map([
  ...[...'₀₁₂₃₄₅₆₇₈₉'].map((sign, digit) => [sign, String(digit)] as const),
  ...Object.entries({ ᵢ: 'i', ⱼ: 'j', ₖ: 'k', ₗ: 'l', ₘ: 'm', ₙ: 'n', ₜ: 't' }),
]);
