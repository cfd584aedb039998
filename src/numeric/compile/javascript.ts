/** Programs as JavaScript. Every name in the text is one that the program's maker made. */
import type { Expression, Program, Statement } from './program.js';

const operators: Readonly<Record<string, string>> = { '=': '===', '!=': '!==', '&': '&', '|': '|' };
const comparisons = new Set(['=', '!=', '<', '<=', '>', '>=']);
const own = new Set(['exp', 'log', 'tanh', 'sqrt', 'sin', 'cos', 'pow', 'max', 'min', 'abs']);

export function javascriptOf(part: Expression): string {
  switch (part.kind) {
    case 'number':
      return part.value < 0 ? `(${part.value})` : String(part.value);
    case 'name':
      return part.name;
    case 'read':
      return `${part.array}[${javascriptOf(part.at)}]`;
    case 'binary': {
      const text = `(${javascriptOf(part.left)} ${operators[part.operator] ?? part.operator} ${javascriptOf(part.right)})`;
      return comparisons.has(part.operator) ? `+${text}` : text;
    }
    case 'call': {
      const args = part.args.map(javascriptOf).join(', ');
      return own.has(part.name) ? `Math.${part.name}(${args})` : `functions.${part.name}(${args})`;
    }
  }
}

export function javascriptLines(
  statements: readonly Statement[],
  margin = '  ',
): readonly string[] {
  return statements.flatMap((part) => linesOf(part, margin));
}

function linesOf(part: Statement, margin: string): readonly string[] {
  switch (part.kind) {
    case 'for':
      return [
        `${margin}for (let ${part.name} = ${javascriptOf(part.lower)}; ${part.name} <= ${javascriptOf(part.upper)}; ${part.name} += 1) {`,
        ...javascriptLines(part.body, `${margin}  `),
        `${margin}}`,
      ];
    case 'if':
      return [
        `${margin}if (${javascriptOf(part.when)}) {`,
        ...javascriptLines(part.body, `${margin}  `),
        ...(part.otherwise.length > 0
          ? [`${margin}} else {`, ...javascriptLines(part.otherwise, `${margin}  `)]
          : []),
        `${margin}}`,
      ];
    case 'let':
      return [`${margin}let ${part.name} = ${javascriptOf(part.value)};`];
    case 'assign':
      return [`${margin}${part.name} = ${javascriptOf(part.value)};`];
    case 'increase':
      return [`${margin}${part.name} += ${javascriptOf(part.value)};`];
    case 'store':
      return [`${margin}${part.array}[${javascriptOf(part.at)}] = ${javascriptOf(part.value)};`];
    case 'accumulate':
      return [`${margin}${part.array}[${javascriptOf(part.at)}] += ${javascriptOf(part.value)};`];
  }
}

/** The body of a function of `arrays` (by name) and `functions` that returns the function to call. */
export const javascriptBody = (program: Program): string =>
  [
    ...program.arrays.map(({ array }) => `const ${array} = arrays.${array};`),
    'return () => {',
    ...program.cleared.map((array) => `  ${array}.fill(0);`),
    ...javascriptLines(program.statements),
    `  return ${javascriptOf(program.result)};`,
    '};',
  ].join('\n');
