/**
 * A small reader for the tests of this folder, so that they do not depend on the real one:
 * `x[i,j]`, `sum(i,1,n) body`, `prod(i,1,n) body`, `delta(i,j)`, `1{a > b}`, `f'(z)`, `d(C)/d(a[j])`,
 * `softmax(j,1,n; z[j])[i]`; juxtaposition multiplies.
 */
import * as F from '../../src/expression/formula.js';

const FUNCTIONS =
  /^(exp|log|tanh|sigmoid|softplus|cosh|sinh|sech|sqrt|relu|abs|sign|sin|cos|tan|max|min|silu|erf|softsign|f|g|leaky_relu|elu|log1p|expm1|atan|heaviside)$/;
const FAMILY = /^(softmax|logsumexp|log_softmax)$/;

export function read(text: string): F.Formula {
  const tokens =
    text.match(/[A-Za-z][A-Za-z0-9_]*|\d+(?:\.\d+)?|<=|>=|!=|[-+*/^()[\]{},;'<>=]/g) ?? [];
  let at = 0;
  const peek = () => tokens[at];
  const next = () => tokens[at++] as string;
  const expect = (token: string) => {
    const got = next();
    if (got !== token) throw new Error(`expected ${token}, got ${got} in ${text}`);
  };
  const list = (close: string): F.Formula[] => {
    const items: F.Formula[] = [];
    while (peek() !== close) {
      items.push(sumOf());
      if (peek() === ',') next();
    }
    expect(close);
    return items;
  };
  function condition(): F.Condition {
    const parts: F.Condition[] = [];
    for (;;) {
      const left = sumOf();
      const relation = next() as F.Relation;
      parts.push(F.compare(left, relation, sumOf()));
      if (peek() !== ',') return F.all(...parts);
      next();
    }
  }
  function sumOf(): F.Formula {
    const terms: F.Formula[] = [];
    let sign = 1;
    if (peek() === '-') {
      next();
      sign = -1;
    }
    for (;;) {
      const term = productOf();
      terms.push(sign < 0 ? F.rawMultiply([F.minusOne, term]) : term);
      if (peek() === '+') sign = 1;
      else if (peek() === '-') sign = -1;
      else return F.rawAdd(terms);
      next();
    }
  }
  function productOf(): F.Formula {
    const factors = [powerOf()];
    for (;;) {
      const token = peek();
      if (token === '*') {
        next();
        factors.push(powerOf());
      } else if (token === '/') {
        next();
        factors.push(F.rawPower(powerOf(), F.minusOne));
      } else if (token !== undefined && /^[A-Za-z0-9(]/.test(token)) factors.push(powerOf());
      else return F.rawMultiply(factors);
    }
  }
  function powerOf(): F.Formula {
    const base = atomOf();
    if (peek() !== '^') return base;
    next();
    if (peek() === '-') {
      next();
      const exponent = atomOf();
      return F.rawPower(base, F.negate(exponent));
    }
    return F.rawPower(base, atomOf());
  }
  function bounded(kind: 'sum' | 'product'): F.Formula {
    expect('(');
    const index = next();
    expect(',');
    const lower = sumOf();
    expect(',');
    const upper = sumOf();
    const where: F.Condition[] = [];
    if (peek() === ';') {
      next();
      where.push(condition());
    }
    expect(')');
    return F.bound(kind, index, { lower, upper }, productOf(), where);
  }
  function atomOf(): F.Formula {
    const token = next();
    if (token === '(') {
      const inner = sumOf();
      expect(')');
      return inner;
    }
    if (token === '-') return F.negate(atomOf());
    if (/^\d/.test(token)) {
      if (token === '1' && peek() === '{') {
        next();
        const when = condition();
        expect('}');
        return F.indicator(when);
      }
      return F.number(token);
    }
    if (token === 'pi') return F.pi;
    if (token === 'sum' || token === 'prod') return bounded(token === 'sum' ? 'sum' : 'product');
    if (token === 'delta' && peek() === '(') {
      next();
      const [left, right] = list(')');
      return F.delta(left as F.Formula, right as F.Formula);
    }
    if (token === 'd' && peek() === '(') {
      next();
      const of = sumOf();
      expect(')');
      expect('/');
      expect('d');
      expect('(');
      const by = sumOf();
      expect(')');
      return F.derivative(of, by);
    }
    if (FAMILY.test(token)) {
      expect('(');
      const index = next();
      expect(',');
      const lower = sumOf();
      expect(',');
      const upper = sumOf();
      expect(';');
      const body = sumOf();
      expect(')');
      const indices: F.Formula[] = [];
      if (peek() === '[') {
        next();
        indices.push(...list(']'));
      }
      return F.family(token as F.FamilyFunctionName, [{ index, lower, upper }], body, indices);
    }
    if (FUNCTIONS.test(token) && (peek() === '(' || peek() === "'")) {
      const slots: F.DerivativeSlot[] = [];
      while (peek() === "'") {
        next();
        slots.push({ argument: 0, at: [] });
      }
      expect('(');
      return F.call(token, list(')'), { slots });
    }
    if (peek() === '[') {
      next();
      return F.symbol(token, list(']'));
    }
    return F.symbol(token);
  }
  const result = sumOf();
  if (at < tokens.length) throw new Error(`left over ${tokens.slice(at).join(' ')} in ${text}`);
  return result;
}
