/**
 * Questions of matrix calculus with answers as the tables give them: The Matrix Cookbook (Petersen
 * and Pedersen 2012, sections 2.1 to 2.8), Magnus and Neudecker (2019, chapters 9 and 10), the
 * matrixcalculus.org paper (Laue, Mitterreiter and Giesen 2018), and common layers of networks.
 */
import {
  add,
  call,
  compare,
  divide,
  exp,
  type Formula,
  family,
  indicator,
  log,
  multiply,
  negate,
  number,
  operation,
  power,
  rawAdd,
  rawMultiply,
  subtract,
  sum,
  symbol,
} from '../../src/expression/formula.js';

export interface Question {
  readonly name: string;
  /** Sizes of the families: `A:mn x:n`. */
  readonly families: string;
  /** The function, as an indexed formula; bound letters get their range from the families. */
  readonly of: Formula;
  /** The family by which it is differentiated; entries are named a, b. Absent: the formula itself. */
  readonly by?: string;
  /** Axes that come before those of `by`, as `i:m`. */
  readonly axes?: string;
  readonly hand: Formula;
}

/** `A_ij x_j` as a product of entries. */
const entries = (text: string): Formula =>
  multiply(
    ...text.split(' ').map((part) => {
      const [name, letters] = part.split('_') as [string, string | undefined];
      return symbol(
        name,
        [...(letters ?? '')].map((letter) => symbol(letter)),
      );
    }),
  );
/** A sum over letters; the bounds are put in by `prepared`. */
const over = (letters: string, body: Formula): Formula =>
  [...letters].reduceRight((inner, letter) => sum(letter, undefined, inner), body);
/** Entries summed over all letters that stand twice, except those given. */
const E = (text: string, free = ''): Formula => {
  const letters = [...text.replace(/[A-Za-z]+_|\s/g, '')];
  const bound = [...new Set(letters)].filter((letter) => !free.includes(letter));
  return over(bound.join(''), entries(text));
};
const half = (formula: Formula): Formula => multiply(number('1/2'), formula);
const sq = (formula: Formula): Formula => power(formula, number(2));
const root = (formula: Formula): Formula => call('sqrt', [formula]);
const binder = (letter: string) => ({
  index: letter,
  lower: number(1),
  upper: symbol(`#${letter}`),
});
const inverse = (body: Formula, at: string): Formula =>
  family(
    'inverse',
    [binder('p'), binder('q')],
    body,
    [...at].map((letter) => symbol(letter)),
  );
const det = (body: Formula): Formula => family('determinant', [binder('p'), binder('q')], body, []);
const softmax = (letter: string, body: Formula, at: string): Formula =>
  family('softmax', [binder(letter)], body, [symbol(at)]);
const fn = (name: string, argument: Formula): Formula => call(name, [argument]);
const d1 = (name: string, argument: Formula): Formula =>
  call(name, [argument], { slots: [{ argument: 0, at: [] }] });

type Hand = Formula | string | number;
const h = (part: Hand): Formula =>
  typeof part === 'number' ? number(part) : typeof part === 'string' ? symbol(part) : part;
const m = (...parts: Hand[]): Formula => rawMultiply(parts.map(h));
const p = (...parts: Hand[]): Formula => rawAdd(parts.map(h));
const minus = (a: Hand, b: Hand): Formula => rawAdd([h(a), negate(h(b))]);
const T = (part: Hand): Formula => operation('transpose', h(part));
const inv = (part: Hand): Formula => operation('inverse', h(part));
const o = (...parts: Hand[]): Formula =>
  parts.map(h).reduce((left, right) => operation('elementwise', left, right));
const od = (a: Hand, b: Hand): Formula => operation('elementwise_divide', h(a), h(b));
const norm = (part: Hand): Formula => operation('norm', h(part));
const fro = (part: Hand): Formula => operation('frobenius', h(part));
const dg = (part: Hand): Formula => operation('diagonal', h(part));
const detOf = (part: Hand): Formula => operation('determinant', h(part));
const over1 = (a: Hand, b: Hand): Formula => rawMultiply([h(a), power(h(b), number(-1))]);
const I = operation('identity');
const ones = operation('ones');

const r = subtract(over('k', entries('A_ik x_k')), entries('b_i'));
const residual = minus(m('A', 'x'), 'b');
const R = (free: string) =>
  subtract(over('k', entries(`X_${free[0]}k W_k${free[1]}`)), entries(`Y_${free}`));
const sigma = (f: Formula) => fn('sigmoid', f);

export const questions: readonly Question[] = [
  // Linear and quadratic forms (Cookbook 69 to 98).
  { name: 'a^T x', families: 'c:n x:n', of: E('c_i x_i'), by: 'x', hand: h('c') },
  { name: 'x^T x', families: 'x:n', of: over('i', sq(entries('x_i'))), by: 'x', hand: m(2, 'x') },
  {
    name: 'x^T A x',
    families: 'A:nn x:n',
    of: E('x_i A_ij x_j'),
    by: 'x',
    hand: m(p('A', T('A')), 'x'),
  },
  {
    name: 'x^T S x, S symmetric',
    families: 'S:nn x:n',
    of: E('x_i S_ij x_j'),
    by: 'x',
    hand: m(2, 'S', 'x'),
  },
  {
    name: 'y^T A x by x',
    families: 'A:mn x:n y:m',
    of: E('y_i A_ij x_j'),
    by: 'x',
    hand: m(T('A'), 'y'),
  },
  {
    name: 'y^T A x by A',
    families: 'A:mn x:n y:m',
    of: E('y_i A_ij x_j'),
    by: 'A',
    hand: m('y', T('x')),
  },
  {
    name: 'y^T A^T x by A',
    families: 'A:mn x:m y:n',
    of: E('y_i A_ji x_j'),
    by: 'A',
    hand: m('x', T('y')),
  },
  {
    name: 'c^T X^T X d',
    families: 'X:mn c:n d:n',
    of: E('c_i X_ki X_kj d_j'),
    by: 'X',
    hand: m('X', p(m('c', T('d')), m('d', T('c')))),
  },
  {
    name: 'c^T X^T D X d',
    families: 'X:mn D:mm c:n d:n',
    of: E('c_i X_ki D_kl X_lj d_j'),
    by: 'X',
    hand: p(m('D', 'X', 'd', T('c')), m(T('D'), 'X', 'c', T('d'))),
  },
  {
    name: 'norm(A x - b)^2',
    families: 'A:mn x:n b:m',
    of: over('i', sq(r)),
    by: 'x',
    hand: m(2, T('A'), residual),
  },
  {
    name: 'norm(A x - b)^2 by A',
    families: 'A:mn x:n b:m',
    of: over('i', sq(r)),
    by: 'A',
    hand: m(2, residual, T('x')),
  },
  {
    name: 'half norm(A x - b)^2 by b',
    families: 'A:mn x:n b:m',
    of: half(over('i', sq(r))),
    by: 'b',
    hand: minus('b', m('A', 'x')),
  },
  {
    name: 'norm(x)',
    families: 'x:n',
    of: root(over('i', sq(entries('x_i')))),
    by: 'x',
    hand: over1('x', norm('x')),
  },
  {
    name: 'norm(A x - b)',
    families: 'A:mn x:n b:m',
    of: root(over('i', sq(r))),
    by: 'x',
    hand: over1(m(T('A'), residual), norm(residual)),
  },
  {
    name: 'norm(x - c)',
    families: 'x:n c:n',
    of: root(over('i', sq(subtract(entries('x_i'), entries('c_i'))))),
    by: 'x',
    hand: over1(minus('x', 'c'), norm(minus('x', 'c'))),
  },
  {
    name: 'weighted squares',
    families: 'A:mn x:n b:m w:m',
    of: over('i', multiply(entries('w_i'), sq(r))),
    by: 'x',
    hand: m(2, T('A'), o('w', residual)),
  },
  {
    name: '(x - c)^T S (x - c)',
    families: 'x:n c:n S:nn',
    of: over(
      'ij',
      multiply(
        subtract(entries('x_i'), entries('c_i')),
        entries('S_ij'),
        subtract(entries('x_j'), entries('c_j')),
      ),
    ),
    by: 'x',
    hand: m(2, 'S', minus('x', 'c')),
  },
  {
    name: 'ridge',
    families: 'A:mn x:n b:m lam:',
    of: add(half(over('i', sq(r))), multiply(symbol('lam'), half(over('k', sq(entries('x_k')))))),
    by: 'x',
    hand: p(m(T('A'), residual), m('lam', 'x')),
  },
  {
    name: '(c^T x)^2',
    families: 'c:n x:n',
    of: sq(E('c_i x_i')),
    by: 'x',
    hand: m(2, T('c'), 'x', 'c'),
  },
  {
    name: 'Rayleigh numerator over x^T x',
    families: 'c:n x:n',
    of: divide(E('c_i x_i'), over('i', sq(entries('x_i')))),
    by: 'x',
    hand: minus(
      over1('c', power(norm('x'), number(2))),
      rawMultiply([number(2), T('c'), h('x'), h('x'), power(norm('x'), number(-4))]),
    ),
  },
  // Jacobians and Hessians.
  {
    name: 'A x by x',
    families: 'A:mn x:n',
    of: E('A_ij x_j', 'i'),
    axes: 'i:m',
    by: 'x',
    hand: h('A'),
  },
  {
    name: 'Hessian of x^T A x',
    families: 'A:nn x:n',
    of: over('j', add(entries('A_ij x_j'), entries('A_ji x_j'))),
    axes: 'i:n',
    by: 'x',
    hand: p('A', T('A')),
  },
  {
    name: 'Hessian of least squares',
    families: 'A:mn x:n b:m',
    of: over(
      'k',
      multiply(entries('A_ki'), subtract(over('j', entries('A_kj x_j')), entries('b_k'))),
    ),
    axes: 'i:n',
    by: 'x',
    hand: m(T('A'), 'A'),
  },
  {
    name: 'Jacobian of f(x)',
    families: 'x:n',
    of: fn('tanh', entries('x_i')),
    axes: 'i:n',
    by: 'x',
    hand: dg(minus(1, o(fn('tanh', h('x')), fn('tanh', h('x'))))),
  },
  {
    name: 'Jacobian of sigmoid(A x)',
    families: 'A:mn x:n',
    of: fn('g', over('j', entries('A_ij x_j'))),
    axes: 'i:m',
    by: 'x',
    hand: m(dg(d1('g', m('A', 'x'))), 'A'),
  },
  {
    name: 'Jacobian of softmax',
    families: 'z:n',
    of: softmax('p', entries('z_p'), 'i'),
    axes: 'i:n',
    by: 'z',
    hand: minus(dg(fn('softmax', h('z'))), m(fn('softmax', h('z')), T(fn('softmax', h('z'))))),
  },
  {
    name: 'Jacobian of x (x^T c)',
    families: 'x:n c:n',
    of: multiply(entries('x_i'), over('j', entries('x_j c_j'))),
    axes: 'i:n',
    by: 'x',
    hand: p(m(T('c'), 'x', I), m('x', T('c'))),
  },
  // Traces (Cookbook 99 to 121).
  { name: 'tr(X)', families: 'X:nn', of: E('X_ii'), by: 'X', hand: I },
  { name: 'tr(A X)', families: 'A:nm X:mn', of: E('A_ij X_ji'), by: 'X', hand: T('A') },
  {
    name: 'tr(A X B)',
    families: 'A:nm X:mq B:qn',
    of: E('A_ij X_jk B_ki'),
    by: 'X',
    hand: m(T('A'), T('B')),
  },
  {
    name: 'tr(A X^T B)',
    families: 'A:nq X:mq B:mn',
    of: E('A_ij X_kj B_ki'),
    by: 'X',
    hand: m('B', 'A'),
  },
  { name: 'tr(X^T A)', families: 'X:mn A:mn', of: E('X_ij A_ij'), by: 'X', hand: h('A') },
  { name: 'tr(X^T X)', families: 'X:mn', of: E('X_ij X_ij'), by: 'X', hand: m(2, 'X') },
  { name: 'tr(X^2)', families: 'X:nn', of: E('X_ij X_ji'), by: 'X', hand: m(2, T('X')) },
  {
    name: 'tr(X^2 B)',
    families: 'X:nn B:nn',
    of: E('X_ij X_jk B_ki'),
    by: 'X',
    hand: T(p(m('X', 'B'), m('B', 'X'))),
  },
  {
    name: 'tr(X^T B X)',
    families: 'X:mn B:mm',
    of: E('X_ji B_jk X_ki'),
    by: 'X',
    hand: m(p('B', T('B')), 'X'),
  },
  {
    name: 'tr(X B X^T)',
    families: 'X:mn B:nn',
    of: E('X_ij B_jk X_ik'),
    by: 'X',
    hand: m('X', p('B', T('B'))),
  },
  {
    name: 'tr(A X B X)',
    families: 'A:nm X:mq B:qm D:qn',
    of: E('A_ij X_jk B_kl X_lu D_ui'),
    by: 'X',
    hand: p(m(T('A'), T('D'), T('X'), T('B')), m(T('B'), T('X'), T('A'), T('D'))),
  },
  {
    name: 'tr(A X B X^T C)',
    families: 'A:pm X:mn B:nn C:mp',
    of: E('A_ij X_jk B_kl X_ul C_ui'),
    by: 'X',
    hand: p(m(T('A'), T('C'), 'X', T('B')), m('C', 'A', 'X', 'B')),
  },
  {
    name: 'norm of A X B + C',
    families: 'A:pm X:mn B:nq C:pq',
    of: over('iu', sq(add(over('jk', entries('A_ij X_jk B_ku')), entries('C_iu')))),
    by: 'X',
    hand: m(2, T('A'), p(m('A', 'X', 'B'), 'C'), T('B')),
  },
  {
    name: 'fro(X)',
    families: 'X:mn',
    of: root(over('ij', sq(entries('X_ij')))),
    by: 'X',
    hand: over1('X', fro('X')),
  },
  {
    name: 'fro(X - A)^2',
    families: 'X:mn A:mn',
    of: over('ij', sq(subtract(entries('X_ij'), entries('A_ij')))),
    by: 'X',
    hand: m(2, minus('X', 'A')),
  },
  {
    name: 'fro(A - U V^T)^2 by U',
    families: 'A:mn U:mp V:np',
    of: over('ij', sq(subtract(entries('A_ij'), over('k', entries('U_ik V_jk'))))),
    by: 'U',
    hand: m(-2, minus('A', m('U', T('V'))), 'V'),
  },
  {
    name: 'tr(X^3)',
    families: 'X:nn',
    of: E('X_ij X_jk X_ki'),
    by: 'X',
    hand: m(3, T('X'), T('X')),
  },
  {
    name: 'sum of all entries of A X',
    families: 'A:mn X:np',
    of: over('ijk', entries('A_ij X_jk')),
    by: 'X',
    hand: m(T('A'), ones, T(ones)),
  },
  // Inverse and determinant (Cookbook 46 to 64, 124).
  {
    name: 'log det X',
    families: 'X:nn',
    of: log(det(entries('X_pq'))),
    by: 'X',
    hand: T(inv('X')),
  },
  {
    name: 'det X',
    families: 'X:nn',
    of: det(entries('X_pq')),
    by: 'X',
    hand: m(detOf('X'), T(inv('X'))),
  },
  {
    name: 'tr(inv(X) A)',
    families: 'X:nn A:nn',
    of: over('ij', multiply(inverse(entries('X_pq'), 'ij'), entries('A_ji'))),
    by: 'X',
    hand: negate(T(m(inv('X'), 'A', inv('X')))),
  },
  {
    name: 'c^T inv(X) d',
    families: 'X:nn c:n d:n',
    of: over('ij', multiply(entries('c_i'), inverse(entries('X_pq'), 'ij'), entries('d_j'))),
    by: 'X',
    hand: negate(m(T(inv('X')), 'c', T('d'), T(inv('X')))),
  },
  {
    name: 'log det(X^T X)',
    families: 'X:nm',
    of: log(det(over('u', entries('X_up X_uq')))),
    by: 'X',
    hand: m(2, 'X', inv(m(T('X'), 'X'))),
  },
  // Elementwise.
  {
    name: 'sum of exp',
    families: 'x:n',
    of: over('i', exp(entries('x_i'))),
    by: 'x',
    hand: fn('exp', h('x')),
  },
  {
    name: 'sum of f(A x)',
    families: 'A:mn x:n',
    of: over('i', fn('g', over('j', entries('A_ij x_j')))),
    by: 'x',
    hand: m(T('A'), d1('g', m('A', 'x'))),
  },
  {
    name: 'sum of log',
    families: 'x:n',
    of: over('i', log(entries('x_i'))),
    by: 'x',
    hand: od(1, 'x'),
  },
  {
    name: 'c^T (x .* y)',
    families: 'x:n y:n c:n',
    of: E('c_i x_i y_i'),
    by: 'x',
    hand: o('c', 'y'),
  },
  {
    name: 'tr(A^T (X .* B))',
    families: 'A:mn X:mn B:mn',
    of: E('A_ij X_ij B_ij'),
    by: 'X',
    hand: o('A', 'B'),
  },
  {
    name: 'x^T diag(c) x',
    families: 'x:n c:n',
    of: over('i', multiply(entries('c_i'), sq(entries('x_i')))),
    by: 'x',
    hand: m(2, o('c', 'x')),
  },
  {
    name: 'diag in the middle',
    families: 'A:mn c:n B:np d:p u:m',
    of: over('ijk', entries('u_i A_ij c_j B_jk d_k')),
    by: 'c',
    hand: o(m(T('A'), 'u'), m('B', 'd')),
  },
  { name: 'sum of x', families: 'x:n', of: over('i', entries('x_i')), by: 'x', hand: ones },
  // Regression, layers, attention.
  {
    name: 'logistic loss',
    families: 'X:mn w:n y:m',
    of: over(
      'i',
      subtract(
        fn('softplus', over('j', entries('X_ij w_j'))),
        multiply(entries('y_i'), over('j', entries('X_ij w_j'))),
      ),
    ),
    by: 'w',
    hand: m(T('X'), minus(sigma(m('X', 'w')), 'y')),
  },
  {
    name: 'logistic loss with signs',
    families: 'X:mn w:n y:m',
    of: over('i', fn('softplus', negate(multiply(entries('y_i'), over('j', entries('X_ij w_j')))))),
    by: 'w',
    hand: negate(m(T('X'), o('y', sigma(negate(o('y', m('X', 'w'))))))),
  },
  {
    name: 'mean squared error of a batch',
    families: 'X:mn W:np Y:mp',
    of: divide(over('iu', sq(R('iu'))), symbol('m')),
    by: 'W',
    hand: rawMultiply([number(2), power(symbol('m'), number(-1)), T('X'), minus(m('X', 'W'), 'Y')]),
  },
  {
    name: 'batch by the input',
    families: 'X:mn W:np Y:mp',
    of: half(over('iu', sq(R('iu')))),
    by: 'X',
    hand: m(minus(m('X', 'W'), 'Y'), T('W')),
  },
  {
    name: 'batch layer by weights',
    families: 'G:mp X:mn W:np',
    of: over('iu', multiply(entries('G_iu'), fn('g', over('k', entries('X_ik W_ku'))))),
    by: 'W',
    hand: m(T('X'), o('G', d1('g', m('X', 'W')))),
  },
  {
    name: 'batch layer by bias',
    families: 'G:mp X:mn W:np b:p',
    of: over('iu', multiply(entries('G_iu'), add(over('k', entries('X_ik W_ku')), entries('b_u')))),
    by: 'b',
    hand: m(T('G'), ones),
  },
  {
    name: 'layer by weights',
    families: 'd:m W:mn x:n',
    of: over('i', multiply(entries('d_i'), fn('tanh', over('j', entries('W_ij x_j'))))),
    by: 'W',
    hand: m(o('d', minus(1, o(fn('tanh', m('W', 'x')), fn('tanh', m('W', 'x'))))), T('x')),
  },
  {
    name: 'backward through a layer',
    families: 'd:m W:mn z:n',
    of: over('ij', multiply(entries('d_i W_ij'), fn('f', entries('z_j')))),
    by: 'z',
    hand: o(m(T('W'), 'd'), d1('f', h('z'))),
  },
  {
    name: 'ReLU layer',
    families: 'd:m z:m',
    of: over('i', multiply(entries('d_i'), fn('relu', entries('z_i')))),
    by: 'z',
    hand: o('d', indicator(compare(h('z'), '>', number(0)))),
  },
  {
    name: 'vector times softmax',
    families: 'c:n z:n',
    of: over('i', multiply(entries('c_i'), softmax('p', entries('z_p'), 'i'))),
    by: 'z',
    hand: o(fn('softmax', h('z')), minus('c', m(T('c'), fn('softmax', h('z'))))),
  },
  {
    name: 'logsumexp',
    families: 'z:n',
    of: log(over('i', exp(entries('z_i')))),
    by: 'z',
    hand: fn('softmax', h('z')),
  },
  {
    name: 'logsumexp(A x)',
    families: 'A:mn x:n',
    of: log(over('i', exp(over('j', entries('A_ij x_j'))))),
    by: 'x',
    hand: m(T('A'), fn('softmax', m('A', 'x'))),
  },
  {
    name: 'softmax regression',
    families: 'W:mn x:n y:m',
    of: subtract(
      log(over('i', exp(over('j', entries('W_ij x_j'))))),
      over('ij', entries('y_i W_ij x_j')),
    ),
    by: 'W',
    hand: m(minus(fn('softmax', m('W', 'x')), 'y'), T('x')),
  },
  {
    name: 'row softmax',
    families: 'G:mn Z:mn',
    of: over('ij', multiply(entries('G_ij'), softmax('p', entries('Z_ip'), 'j'))),
    by: 'Z',
    hand: o(fn('softmax', h('Z')), minus('G', m(o('G', fn('softmax', h('Z'))), ones))),
  },
  {
    name: 'attention by values',
    families: 'G:mq S:mn V:nq',
    of: over('iju', multiply(entries('G_iu'), softmax('p', entries('S_ip'), 'j'), entries('V_ju'))),
    by: 'V',
    hand: m(T(fn('softmax', h('S'))), 'G'),
  },
  {
    name: 'scores by queries',
    families: 'D:mn Q:mq K:nq',
    of: E('D_ij Q_iu K_ju'),
    by: 'Q',
    hand: m('D', 'K'),
  },
  {
    name: 'scores by keys',
    families: 'D:mn Q:mq K:nq',
    of: E('D_ij Q_iu K_ju'),
    by: 'K',
    hand: m(T('D'), 'Q'),
  },
  {
    name: 'graph layer',
    families: 'G:mp A:mm H:mn W:np',
    of: E('G_iu A_ij H_jk W_ku'),
    by: 'H',
    hand: m(T('A'), 'G', T('W')),
  },
  {
    name: 'gate',
    families: 'd:n c:n z:n',
    of: over('i', multiply(entries('d_i c_i'), sigma(entries('z_i')))),
    by: 'z',
    hand: o('d', 'c', sigma(h('z')), minus(1, sigma(h('z')))),
  },
  {
    name: 'cosine numerator with norms named',
    families: 'x:n y:n s: t:',
    of: divide(E('x_i y_i'), multiply(symbol('s'), symbol('t'))),
    by: 'x',
    hand: rawMultiply([power(h('s'), number(-1)), power(h('t'), number(-1)), h('y')]),
  },
  {
    name: 'centring',
    families: 'x:n g:n',
    of: over(
      'i',
      multiply(
        entries('g_i'),
        subtract(entries('x_i'), divide(over('j', entries('x_j')), symbol('n'))),
      ),
    ),
    by: 'x',
    hand: minus('g', rawMultiply([power(symbol('n'), number(-1)), T(ones), h('g')])),
  },
  {
    name: 'kernel: fro of X^T X',
    families: 'X:mn',
    of: over('ij', sq(over('k', entries('X_ki X_kj')))),
    by: 'X',
    hand: m(4, 'X', T('X'), 'X'),
  },
  {
    name: 'two layers',
    families: 'd:m W:mn V:np x:p',
    of: over('ij', multiply(entries('d_i W_ij'), fn('f', over('k', entries('V_jk x_k'))))),
    by: 'V',
    hand: m(o(m(T('W'), 'd'), d1('f', m('V', 'x'))), T('x')),
  },
  {
    name: 'word vectors',
    families: 'U:np v:p y:n',
    of: subtract(
      log(over('i', exp(over('k', entries('U_ik v_k'))))),
      over('ik', entries('y_i U_ik v_k')),
    ),
    by: 'v',
    hand: m(T('U'), minus(fn('softmax', m('U', 'v')), 'y')),
  },
  // Whole batches.
  {
    name: 'batch layer, the formula itself',
    families: 'X:mn W:np b:p',
    of: add(over('k', entries('X_ak W_kc')), entries('b_c')),
    axes: 'a:m c:p',
    hand: p(m('X', 'W'), T('b')),
  },
  {
    name: 'squared distances to one point',
    families: 'X:mn c:n',
    of: over('k', sq(subtract(entries('X_ik'), entries('c_k')))),
    axes: 'i:m',
    hand: m(o(minus('X', T('c')), minus('X', T('c'))), ones),
  },
  {
    name: 'columns centred',
    families: 'X:mn G:mn',
    of: over(
      'ij',
      multiply(
        entries('G_ij'),
        subtract(entries('X_ij'), divide(over('k', entries('X_kj')), symbol('m'))),
      ),
    ),
    by: 'X',
    hand: minus('G', rawMultiply([power(symbol('m'), number(-1)), T(ones), h('G')])),
  },
  {
    name: 'scores through softmax to queries',
    families: 'G:mn Q:mq K:nq',
    of: over('ij', multiply(entries('G_ij'), softmax('p', over('u', entries('Q_iu K_pu')), 'j'))),
    by: 'Q',
    hand: m(
      o(fn('softmax', m('Q', T('K'))), minus('G', m(o('G', fn('softmax', m('Q', T('K')))), ones))),
      'K',
    ),
  },
  {
    name: 'weighted Gram matrix',
    families: 'A:mn c:m',
    of: over('k', entries('c_k A_ka A_kb')),
    axes: 'a:n b:n',
    hand: m(T('A'), dg('c'), 'A'),
  },
  {
    name: 'log likelihood of a Gaussian by its mean',
    families: 'x:n c:n S:nn',
    of: negate(
      half(
        over(
          'ij',
          multiply(
            subtract(entries('x_i'), entries('c_i')),
            entries('S_ij'),
            subtract(entries('x_j'), entries('c_j')),
          ),
        ),
      ),
    ),
    by: 'c',
    hand: m('S', minus('x', 'c')),
  },
  {
    name: 'bilinear by the left matrix',
    families: 'x:m A:mp B:pn y:n',
    of: E('x_i A_ik B_kj y_j'),
    by: 'A',
    hand: m('x', T('y'), T('B')),
  },
];
