/** Programs without code generation, for pages that forbid it: closures over one frame of numbers. */
import { functionNamed } from '../../expression/functions.js';
import type { Expression, Program, Statement } from './program.js';

type Arrays = ReadonlyMap<string, Float64Array>;
type Frame = number[];

export function interpreted(program: Program, arrays: Arrays): () => number {
  const places = new Map<string, number>();
  const place = (name: string): number => {
    const known = places.get(name);
    if (known !== undefined) return known;
    places.set(name, places.size);
    return places.size - 1;
  };
  const of = (name: string): Float64Array => arrays.get(name) as Float64Array;
  const value = (part: Expression): ((frame: Frame) => number) => {
    switch (part.kind) {
      case 'number': {
        const { value: fixed } = part;
        return () => fixed;
      }
      case 'name': {
        const at = place(part.name);
        return (frame) => frame[at] as number;
      }
      case 'read': {
        const [array, at] = [of(part.array), value(part.at)];
        return (frame) => array[at(frame)] as number;
      }
      case 'binary':
        return operation(part.operator, value(part.left), value(part.right));
      case 'call': {
        const row = functionNamed(part.name);
        if (!row) throw new Error(`no function ${part.name}`);
        const args = part.args.map(value);
        const [first, second] = args;
        if (first && !second) return (frame) => row.value(first(frame));
        return (frame) => row.value(...args.map((arg) => arg(frame)));
      }
    }
  };
  const run = (statements: readonly Statement[]): ((frame: Frame) => void) => {
    const all = statements.map(one);
    return (frame) => {
      for (const part of all) part(frame);
    };
  };
  const one = (part: Statement): ((frame: Frame) => void) => {
    switch (part.kind) {
      case 'for': {
        const [at, lower, upper] = [place(part.name), value(part.lower), value(part.upper)];
        const body = run(part.body);
        return (frame) => {
          const end = upper(frame);
          for (let index = lower(frame); index <= end; index += 1) {
            frame[at] = index;
            body(frame);
          }
        };
      }
      case 'if': {
        const [when, body, otherwise] = [value(part.when), run(part.body), run(part.otherwise)];
        return (frame) => (when(frame) !== 0 ? body : otherwise)(frame);
      }
      case 'let':
      case 'assign': {
        const [at, result] = [place(part.name), value(part.value)];
        return (frame) => {
          frame[at] = result(frame);
        };
      }
      case 'increase': {
        const [at, result] = [place(part.name), value(part.value)];
        return (frame) => {
          frame[at] = (frame[at] as number) + result(frame);
        };
      }
      case 'store':
      case 'accumulate': {
        const [array, at, result] = [of(part.array), value(part.at), value(part.value)];
        if (part.kind === 'store')
          return (frame) => {
            array[at(frame)] = result(frame);
          };
        return (frame) => {
          const where = at(frame);
          array[where] = (array[where] as number) + result(frame);
        };
      }
    }
  };
  const work = run(program.statements);
  const result = value(program.result);
  const frame: Frame = Array.from({ length: places.size }, () => 0);
  return () => {
    for (const name of program.cleared) of(name).fill(0);
    work(frame);
    return result(frame);
  };
}

type Value = (frame: Frame) => number;

function operation(
  operator: Extract<Expression, { kind: 'binary' }>['operator'],
  left: Value,
  right: Value,
): Value {
  switch (operator) {
    case '+':
      return (frame) => left(frame) + right(frame);
    case '-':
      return (frame) => left(frame) - right(frame);
    case '*':
      return (frame) => left(frame) * right(frame);
    case '/':
      return (frame) => left(frame) / right(frame);
    case '<':
      return (frame) => Number(left(frame) < right(frame));
    case '<=':
      return (frame) => Number(left(frame) <= right(frame));
    case '>':
      return (frame) => Number(left(frame) > right(frame));
    case '>=':
      return (frame) => Number(left(frame) >= right(frame));
    case '=':
      return (frame) => Number(left(frame) === right(frame));
    case '!=':
      return (frame) => Number(left(frame) !== right(frame));
    case '&':
      return (frame) => Number(left(frame) !== 0 && right(frame) !== 0);
    case '|':
      return (frame) => Number(left(frame) !== 0 || right(frame) !== 0);
  }
}
