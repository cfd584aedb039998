/** Programs as JavaScript. Every name in the text is one that the program's maker made. */
import { infix } from './infix.js';
import type { Expression, Program, Statement } from './program.js';

const operators: Readonly<Record<string, string>> = { '=': '===', '!=': '!==' };
/** What is 1 where it holds and 0 elsewhere. */
const truths: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=', '&', '|']);

/** Functions of the table that stand in `Math` under their own names. */
export const mathFunctions: ReadonlySet<string> = new Set(
  `exp log log2 log10 log1p expm1 sqrt cbrt abs sign sin cos tan asin acos atan sinh cosh tanh asinh
  acosh atanh pow hypot max min`.split(/\s+/),
);

/** How a function is called that `Math` does not have. */
type Spelling = (name: string) => string;

/** In compiled code the functions of the table are handed over. */
const handedOver: Spelling = (name) => `functions.${name}`;

export function javascriptOf(part: Expression, other: Spelling = handedOver): string {
  const of = (inner: Expression) => javascriptOf(inner, other);
  switch (part.kind) {
    case 'number':
      return part.value < 0 ? `(${part.value})` : String(part.value);
    case 'name':
      return part.name;
    case 'read':
      return `${part.array}[${of(part.at)}]`;
    case 'binary':
      if (truths.has(part.operator)) return `+(${truth(part, of)})`;
      return infix(part, of);
    case 'call': {
      const args = part.args.map(of).join(', ');
      return mathFunctions.has(part.name)
        ? `Math.${part.name}(${args})`
        : `${other(part.name)}(${args})`;
    }
  }
}

function truth(
  { operator, left, right }: Extract<Expression, { kind: 'binary' }>,
  of: (inner: Expression) => string,
): string {
  const side = (inner: Expression) => (inner.kind === 'binary' ? `(${of(inner)})` : of(inner));
  return `${side(left)} ${operators[operator] ?? operator} ${side(right)}`;
}

export function javascriptLines(
  statements: readonly Statement[],
  margin = '  ',
  other: Spelling = handedOver,
): readonly string[] {
  return statements.flatMap((part) => linesOf(part, margin, other));
}

function linesOf(part: Statement, margin: string, other: Spelling): readonly string[] {
  const of = (inner: Expression) => javascriptOf(inner, other);
  const inside = (body: readonly Statement[]) => javascriptLines(body, `${margin}  `, other);
  switch (part.kind) {
    case 'for':
      return [
        `${margin}for (let ${part.name} = ${of(part.lower)}; ${part.name} <= ${of(part.upper)}; ${part.name} += 1) {`,
        ...inside(part.body),
        `${margin}}`,
      ];
    case 'if':
      return [
        `${margin}if (${of(part.when)}) {`,
        ...inside(part.body),
        ...(part.otherwise.length > 0 ? [`${margin}} else {`, ...inside(part.otherwise)] : []),
        `${margin}}`,
      ];
    case 'let':
      return [`${margin}let ${part.name} = ${of(part.value)};`];
    case 'assign':
      return [`${margin}${part.name} = ${of(part.value)};`];
    case 'increase':
      return [`${margin}${part.name} += ${of(part.value)};`];
    case 'store':
      return [`${margin}${part.array}[${of(part.at)}] = ${of(part.value)};`];
    case 'accumulate':
      return [`${margin}${part.array}[${of(part.at)}] += ${of(part.value)};`];
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
