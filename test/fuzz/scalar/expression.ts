/**
 * A reader and evaluator of scalar plain math in floating point. It shares no code with the engine:
 * it reads what the engine writes, and gives numbers to hold against it.
 */

/** A value in a scope of names. `NaN` where it is not defined. */
export type Evaluate = (value: (name: string) => number) => number;

/** Thrown for what this small reader does not know. */
export class NotScalar extends Error {}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

const functions: Readonly<Record<string, (...values: number[]) => number>> = {
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  sinh: Math.sinh,
  cosh: Math.cosh,
  atan: Math.atan,
  abs: Math.abs,
  sign: Math.sign,
  sigmoid,
  relu: (z) => Math.max(0, z),
  softplus: (z) => Math.log1p(Math.exp(z)),
  max: Math.max,
  min: Math.min,
};

const token =
  /\s*(\d+(?:\.\d+)?(?:e[+-]?\d+)?|[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)?|<=|>=|!=|[-+*/^(){}<>=,])/y;

/** Reads plain math, such as `2/(1 + f^2) f - exp(-f) sqrt(w_2^2 + 1)`. @throws NotScalar */
export function scalarExpression(text: string): Evaluate {
  const tokens: string[] = [];
  token.lastIndex = 0;
  const trimmed = text.trim();
  while (token.lastIndex < trimmed.length) {
    const found = token.exec(trimmed);
    if (!found) throw new NotScalar(`no scalar: ${text}`);
    tokens.push(found[1] as string);
  }
  let at = 0;
  const take = (expected: string): void => {
    if (tokens[at] !== expected) throw new NotScalar(`expected ${expected}: ${text}`);
    at += 1;
  };
  const sum = (): Evaluate => {
    let left = term();
    while (tokens[at] === '+' || tokens[at] === '-') {
      const [before, sign] = [left, tokens[at] === '+' ? 1 : -1];
      at += 1;
      const after = term();
      left = (value) => before(value) + sign * after(value);
    }
    return left;
  };
  const starts = (): boolean => /^[A-Za-z0-9({]/.test(tokens[at] ?? '');
  const term = (): Evaluate => {
    if (tokens[at] === '-') {
      at += 1;
      const rest = term();
      return (value) => -rest(value);
    }
    let left = factor();
    for (;;) {
      const before = left;
      if (tokens[at] === '*') {
        at += 1;
        const after = factor();
        left = (value) => before(value) * after(value);
      } else if (tokens[at] === '/') {
        at += 1;
        const after = factor();
        left = (value) => before(value) / after(value);
      } else if (starts()) {
        const after = factor();
        left = (value) => before(value) * after(value);
      } else return left;
    }
  };
  const factor = (): Evaluate => {
    if (tokens[at] === '-') {
      at += 1;
      const rest = factor();
      return (value) => -rest(value);
    }
    const base = atom();
    if (tokens[at] !== '^') return base;
    at += 1;
    const exponent = factor();
    return (value) => base(value) ** exponent(value);
  };
  const atom = (): Evaluate => {
    const word = tokens[at] ?? '';
    at += 1;
    if (word === '(') {
      const inside = sum();
      take(')');
      return inside;
    }
    if (word === '1' && tokens[at] === '{') return indicator();
    if (/^\d/.test(word)) {
      const number = Number(word);
      return () => number;
    }
    const known = Object.hasOwn(functions, word) ? functions[word] : undefined;
    if (known && tokens[at] === '(') {
      at += 1;
      const parts = [sum()];
      while (tokens[at] === ',') {
        at += 1;
        parts.push(sum());
      }
      take(')');
      return (value) => known(...parts.map((part) => part(value)));
    }
    if (word === 'e' && tokens[at] === '^') return () => Math.E;
    if (!/^[A-Za-z]/.test(word) || tokens[at] === '(') {
      // A name before a bracket is a product, unless it is a function that is not known here.
      if (!/^[a-z](_\d)?$/.test(word)) throw new NotScalar(`unknown ${word}: ${text}`);
    }
    return (value) => value(word);
  };
  const indicator = (): Evaluate => {
    take('{');
    const left = sum();
    const relation = tokens[at];
    at += 1;
    const right = sum();
    take('}');
    return (value) => {
      const [one, other] = [left(value), right(value)];
      if (relation === '>') return one > other ? 1 : 0;
      if (relation === '<') return one < other ? 1 : 0;
      if (relation === '>=') return one >= other ? 1 : 0;
      if (relation === '<=') return one <= other ? 1 : 0;
      throw new NotScalar(`relation ${relation}: ${text}`);
    };
  };
  const whole = sum();
  if (at < tokens.length) throw new NotScalar(`left over ${tokens[at]}: ${text}`);
  return whole;
}
