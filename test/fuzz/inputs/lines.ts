/** Lines of a derivation over scalars: right ones by rewriting, wrong ones by small changes. */
import type { Random } from '../random.js';
import { scalarFormula } from '../scalar/network.js';

const names = ['x', 'y', 'b', 'w_1'];

/** Identities over any parts: `A` and `B` stand for formulas, `n` for a small number. */
const rewritings: readonly (readonly [string, string])[] = [
  ['(A) + (B)', '(B) + (A)'],
  ['(A)*(B)', '(B)*(A)'],
  ['(A) - (B)', '-((B) - (A))'],
  ['((A) + (B))^2', '(A)^2 + 2*(A)*(B) + (B)^2'],
  ['((A) + (B))*((A) - (B))', '(A)^2 - (B)^2'],
  ['(A)*((B) + n)', '(A)*(B) + n*(A)'],
  ['(A)/(1 + (B)^2)', '(A)*(1 + (B)^2)^(-1)'],
  ['exp((A) + (B))', 'exp(A)*exp(B)'],
  ['exp(-(A))', '1/exp(A)'],
  ['sigmoid(A)', '1/(1 + exp(-(A)))'],
  ['1 - sigmoid(A)', 'sigmoid(-(A))'],
  ['tanh(A)', '2*sigmoid(2*(A)) - 1'],
  ['tanh(-(A))', '-tanh(A)'],
  ['1 - tanh(A)^2', '1/cosh(A)^2'],
  ['softplus(A)', 'log(1 + exp(A))'],
  ['softplus(A) - softplus(-(A))', 'A'],
  ['log(exp(A))', 'A'],
  ['sqrt((A)^2)', 'abs(A)'],
  ['relu(A)', '((A) + abs(A))/2'],
  ['relu(A) - relu(-(A))', 'A'],
  ['max(A, B)', '((A) + (B) + abs((A) - (B)))/2'],
  ['sin(A)^2 + cos(A)^2', '1'],
  ['sin(2*(A))', '2*sin(A)*cos(A)'],
  ['(A)^3', '(A)*(A)^2'],
  ['((A)/n)/n', '(A)/n^2'],
  ['n*(A) + (A)', '(n + 1)*(A)'],
  ['cosh(A)', '(exp(A) + exp(-(A)))/2'],
  ['sinh(A)', '(exp(A) - exp(-(A)))/2'],
  ['abs((A)*(B))', 'abs(A)*abs(B)'],
  ['1/(1 + (A)^2) + 1/(1 + (B)^2)', '(2 + (A)^2 + (B)^2)/((1 + (A)^2)*(1 + (B)^2))'],
];

const changes: readonly (readonly [RegExp, string])[] = [
  [/\+/, '-'],
  [/-/, '+'],
  [/\*/, '/'],
  [/2/, '3'],
  [/1/, '2'],
  [/x/, 'y'],
  [/tanh/, 'sigmoid'],
  [/exp/, 'sinh'],
  [/cos/, 'sin'],
  [/\^2/, ''],
  [/abs/, ''],
  [/A/, 'B'],
];

/** An equation that holds by its making, or one changed in one place. */
export function scalarLine(random: Random): string {
  const [left, right] = random.pick(rewritings);
  const sides = random.chance(0.5) ? [left, right] : [right, left];
  const around = random.chance(0.4)
    ? random.pick([
        '(S)*w_1',
        'tanh(S)',
        'exp(-(S))',
        'x + (S)',
        '(S)^2',
        '1/(1 + (S)^2)',
        'sin(S) - y',
        'abs(S)',
      ])
    : 'S';
  const [one, other] = [
    scalarFormula(random, random.between(0, 2), names),
    scalarFormula(random, random.between(0, 2), names),
  ];
  const n = String(random.between(2, 5));
  const [from = '', to = ''] = sides.map((side) =>
    around
      .replace('S', side)
      .replaceAll(/\bA\b/g, one)
      .replaceAll(/\bB\b/g, other)
      .replaceAll(/\bn\b/g, n),
  );
  if (random.chance(0.5)) return `check\n  ${from} = ${to}\n`;
  const [what, by] = random.pick(changes);
  return `check\n  ${from} = ${random.chance(0.7) ? to.replace(what, by) : scalarFormula(random, 2, names)}\n`;
}
