/** Programs as Python with NumPy arrays. */
import type { Expression, Statement } from './program.js';

const operators: Readonly<Record<string, string>> = { '=': '==' };
const functions: Readonly<Record<string, string>> = {
  exp: 'math.exp',
  log: 'math.log',
  tanh: 'math.tanh',
  sqrt: 'math.sqrt',
  sin: 'math.sin',
  cos: 'math.cos',
  pow: 'math.pow',
  max: 'max',
  min: 'min',
  abs: 'abs',
  sigmoid: 'sigmoid',
  relu: 'relu',
  softplus: 'softplus',
};

/** The functions that Python does not have, for the top of a file. */
export const pythonFunctions: readonly string[] = [
  'def sigmoid(u):',
  '    return 1 / (1 + math.exp(-u)) if u >= 0 else math.exp(u) / (1 + math.exp(u))',
  '',
  'def relu(u):',
  '    return max(u, 0.0)',
  '',
  'def softplus(u):',
  '    return max(u, 0.0) + math.log1p(math.exp(-abs(u)))',
];

/** A function that has no spelling in the language. */
export class NotSpelled extends Error {
  override readonly name = 'NotSpelled';
}

export function pythonOf(part: Expression): string {
  switch (part.kind) {
    case 'number':
      if (!Number.isFinite(part.value))
        return Number.isNaN(part.value) ? 'math.nan' : part.value > 0 ? 'math.inf' : '-math.inf';
      return part.value < 0 ? `(${part.value})` : String(part.value);
    case 'name':
      return part.name;
    case 'read':
      return `${part.array}[${pythonOf(part.at)}]`;
    case 'binary':
      return `(${pythonOf(part.left)} ${operators[part.operator] ?? part.operator} ${pythonOf(part.right)})`;
    case 'call': {
      const name = functions[part.name];
      if (name === undefined) throw new NotSpelled(`${part.name} is not written in Python here`);
      return `${name}(${part.args.map(pythonOf).join(', ')})`;
    }
  }
}

export const pythonLines = (statements: readonly Statement[], margin: string): readonly string[] =>
  statements.length === 0 ? [`${margin}pass`] : statements.flatMap((part) => linesOf(part, margin));

function linesOf(part: Statement, margin: string): readonly string[] {
  const inside = `${margin}    `;
  switch (part.kind) {
    case 'for':
      return [
        `${margin}for ${part.name} in range(${pythonOf(part.lower)}, ${pythonOf(part.upper)} + 1):`,
        ...pythonLines(part.body, inside),
      ];
    case 'if':
      return [
        `${margin}if ${pythonOf(part.when)}:`,
        ...pythonLines(part.body, inside),
        ...(part.otherwise.length > 0
          ? [`${margin}else:`, ...pythonLines(part.otherwise, inside)]
          : []),
      ];
    case 'let':
    case 'assign':
      return [`${margin}${part.name} = ${pythonOf(part.value)}`];
    case 'increase':
      return [`${margin}${part.name} += ${pythonOf(part.value)}`];
    case 'store':
      return [`${margin}${part.array}[${pythonOf(part.at)}] = ${pythonOf(part.value)}`];
    case 'accumulate':
      return [`${margin}${part.array}[${pythonOf(part.at)}] += ${pythonOf(part.value)}`];
  }
}
