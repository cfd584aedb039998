/** Programs as Python, in the words of a library of arrays. */
import { infix } from './infix.js';
import type { Expression, Statement } from './program.js';
import type { Dialect } from './python-dialects.js';

const comparisons: Readonly<Record<string, string>> = {
  '=': '==',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

export function pythonOf(part: Expression, dialect: Dialect): string {
  switch (part.kind) {
    case 'number':
      if (!Number.isFinite(part.value))
        return Number.isNaN(part.value) ? 'math.nan' : part.value > 0 ? 'math.inf' : '-math.inf';
      return part.value < 0 ? `(${part.value})` : String(part.value);
    case 'name':
      return part.name;
    case 'read':
      return `${part.array}[${pythonOf(part.at, dialect)}]`;
    case 'binary':
      // Truth is a number here; arrays of booleans cannot be subtracted.
      if (isTruth(part)) return `(1.0 * ${truthOf(part, dialect)})`;
      return infix(part, (inner) => pythonOf(inner, dialect));
    case 'call': {
      // What the dialect lacks stands above as a function of the file.
      const name = dialect.functions[part.name] ?? part.name;
      const args = part.args.map((arg) =>
        dialect.numbers === 'wrapped' && !isArray(arg)
          ? `tensor(${pythonOf(arg, dialect)})`
          : pythonOf(arg, dialect),
      );
      return `${name}(${args.join(', ')})`;
    }
  }
}

const isTruth = (part: Expression): boolean =>
  part.kind === 'binary' &&
  (part.operator in comparisons || part.operator === '&' || part.operator === '|');

/** A condition as Python decides it. */
function truthOf(part: Expression, dialect: Dialect): string {
  if (part.kind !== 'binary' || !isTruth(part)) return `(${pythonOf(part, dialect)} != 0)`;
  const { operator } = part;
  const [left, right] =
    operator === '&' || operator === '|'
      ? [truthOf(part.left, dialect), truthOf(part.right, dialect)]
      : [pythonOf(part.left, dialect), pythonOf(part.right, dialect)];
  return `(${left} ${comparisons[operator] ?? operator} ${right})`;
}

/** Whether a value is surely an array's, not a number of Python: loop variables begin with `i`. */
function isArray(part: Expression): boolean {
  switch (part.kind) {
    case 'number':
      return false;
    case 'name':
      return !/^i\d+$/.test(part.name);
    case 'read':
      return true;
    case 'binary':
      return isArray(part.left) || isArray(part.right);
    case 'call':
      return true;
  }
}

/** Whether a condition is about indices alone, which are known while the function is traced. */
const isOfIndices = (part: Expression): boolean => {
  switch (part.kind) {
    case 'number':
      return true;
    case 'name':
      return /^i\d+$/.test(part.name);
    case 'binary':
      return isOfIndices(part.left) && isOfIndices(part.right);
    default:
      return false;
  }
};

/** The statements as lines; `when` is the name of the condition under which they hold, if any. */
export function pythonLines(
  statements: readonly Statement[],
  dialect: Dialect,
  margin: string,
  when?: string,
): readonly string[] {
  return statements.flatMap((part) => linesOf(part, dialect, margin, when));
}

function linesOf(
  part: Statement,
  dialect: Dialect,
  margin: string,
  when: string | undefined,
): readonly string[] {
  const of = (inner: Expression) => pythonOf(inner, dialect);
  const block = (body: readonly Statement[]): readonly string[] =>
    body.length === 0 ? [`${margin}    pass`] : pythonLines(body, dialect, `${margin}    `, when);
  const chosen = (value: string, other: string): string =>
    when === undefined ? value : `jnp.where(${when}, ${value}, ${other})`;
  switch (part.kind) {
    case 'for':
      return [
        `${margin}for ${part.name} in range(${of(part.lower)}, ${of(part.upper)} + 1):`,
        ...block(part.body),
      ];
    case 'if': {
      const truth = truthOf(part.when, dialect);
      if (dialect.arrays === 'changed in place' || isOfIndices(part.when))
        return [
          `${margin}if ${truth}:`,
          ...block(part.body),
          ...(part.otherwise.length > 0 ? [`${margin}else:`, ...block(part.otherwise)] : []),
        ];
      // Both branches are worked out, and the right numbers taken.
      const [yes, no] = [`${when ?? 'c'}_1`, `${when ?? 'c'}_0`];
      const within = (text: string) => (when === undefined ? text : `${when} & ${text}`);
      return [
        `${margin}${yes} = ${within(truth)}`,
        ...(part.otherwise.length > 0
          ? [`${margin}${no} = ${within(`jnp.logical_not(${truth})`)}`]
          : []),
        ...pythonLines(part.body, dialect, margin, yes),
        ...pythonLines(part.otherwise, dialect, margin, no),
      ];
    }
    case 'let': {
      const value = of(part.value);
      if (dialect.numbers === 'plain') return [`${margin}${part.name} = ${value}`];
      // An entry would be a window on its array, and change with it.
      if (part.value.kind === 'read') return [`${margin}${part.name} = ${value}.clone()`];
      return [`${margin}${part.name} = ${isArray(part.value) ? value : `tensor(${value})`}`];
    }
    case 'assign':
      return [`${margin}${part.name} = ${chosen(of(part.value), part.name)}`];
    case 'increase':
      // In place, an array that goes by two names would change under both.
      return [`${margin}${part.name} = ${chosen(`${part.name} + ${of(part.value)}`, part.name)}`];
    case 'store':
    case 'accumulate': {
      const [array, at, value] = [part.array, of(part.at), of(part.value)];
      if (dialect.arrays === 'changed in place')
        return [`${margin}${array}[${at}] ${part.kind === 'store' ? '=' : '+='} ${value}`];
      return part.kind === 'store'
        ? [`${margin}${array} = ${array}.at[${at}].set(${chosen(value, `${array}[${at}]`)})`]
        : [`${margin}${array} = ${array}.at[${at}].add(${chosen(value, '0.0')})`];
    }
  }
}
