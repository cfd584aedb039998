/** A small writer for the tests of this folder; `mini-reader.ts` reads what it writes. */
import type { Condition, Formula } from '../../src/expression/formula.js';

export function write(f: Formula): string {
  switch (f.kind) {
    case 'number':
      return f.value.toFraction();
    case 'constant':
      return f.name;
    case 'symbol':
      return f.indices.length === 0 ? f.name : `${f.name}[${f.indices.map(write).join(',')}]`;
    case 'add':
      return f.terms
        .map((term, at) => {
          const text = write(term);
          if (at === 0) return text;
          return text.startsWith('-') ? ` - ${text.slice(1)}` : ` + ${text}`;
        })
        .join('');
    case 'multiply':
      return product(f.factors);
    case 'power':
      if (f.exponent.kind === 'number' && f.exponent.value.compare(0) < 0) return product([f]);
      return `${atom(f.base)}^${atom(f.exponent)}`;
    case 'call': {
      const primes = "'".repeat(f.slots.length);
      return `${f.name}${primes}(${f.args.map(write).join(', ')})`;
    }
    case 'sum':
    case 'product': {
      const name = f.kind === 'sum' ? 'sum' : 'prod';
      const where = f.where.length > 0 ? `; ${f.where.map(condition).join(', ')}` : '';
      const bounds = f.bounds ? `${write(f.bounds.lower)},${write(f.bounds.upper)}` : '';
      const body = f.body.kind === 'add' ? `(${write(f.body)})` : write(f.body);
      return `${name}(${f.index},${bounds}${where}) ${body}`;
    }
    case 'delta':
      return `delta(${write(f.left)}, ${write(f.right)})`;
    case 'indicator':
      return `1{${condition(f.when)}}`;
    case 'derivative':
      return `d(${write(f.of)})/d(${write(f.by)})`;
    case 'family': {
      const binder = f.binders[0];
      const range = binder && `${binder.index},${write(binder.lower)},${write(binder.upper)}`;
      const at = f.at.length > 0 ? `[${f.at.map(write).join(',')}]` : '';
      return `${f.name}(${range}; ${write(f.body)})${at}`;
    }
    default:
      return `<${f.kind}>`;
  }
}

function condition(c: Condition): string {
  if (c.kind === 'compare') return `${write(c.left)} ${c.relation} ${write(c.right)}`;
  if (c.kind === 'member') return `${write(c.element)} in ${c.set}`;
  return c.parts.map(condition).join(', ');
}

const atom = (f: Formula): string =>
  f.kind === 'symbol' || f.kind === 'call' || (f.kind === 'number' && !/[-/]/.test(write(f)))
    ? write(f)
    : `(${write(f)})`;

function product(factors: readonly Formula[]): string {
  let sign = '';
  const above: string[] = [];
  const below: string[] = [];
  factors.forEach((f, at) => {
    if (f.kind === 'number') {
      if (f.value.compare(0) < 0) sign = sign ? '' : '-';
      const size = f.value.abs();
      if (size.n !== 1n) above.push(size.n.toString());
      if (size.d !== 1n) below.push(size.d.toString());
    } else if (
      f.kind === 'power' &&
      f.exponent.kind === 'number' &&
      f.exponent.value.compare(0) < 0
    ) {
      const size = f.exponent.value.neg();
      below.push(
        size.equals(1)
          ? atom(f.base)
          : `${atom(f.base)}^${size.d === 1n ? size.toFraction() : `(${size.toFraction()})`}`,
      );
    } else {
      const last = at === factors.length - 1;
      const open = f.kind === 'add' || ((f.kind === 'sum' || f.kind === 'product') && !last);
      above.push(
        open
          ? `(${write(f)})`
          : f.kind === 'power' || f.kind === 'derivative'
            ? `(${write(f)})`.replace(/^\((.*\^\d+)\)$/, '$1')
            : write(f),
      );
    }
  });
  const top = above.length > 0 ? above.join(' ') : '1';
  if (below.length === 0) return sign + top;
  const tail = /(sum|prod)\(/.test(top) ? `(${top})` : top;
  return `${sign}${tail}/${below.length > 1 ? `(${below.join(' ')})` : below[0]}`;
}
