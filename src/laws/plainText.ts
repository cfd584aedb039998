/** Stand-in for `readPlain` until the reader is here: plain math with scalars and known functions. */
import {
  add,
  type Condition,
  call,
  compare,
  divide,
  type Formula,
  indicator,
  infinity,
  multiply,
  negate,
  number,
  pi,
  power,
  type Relation,
  subtract,
  symbol,
} from '../expression/formula.js';
import { functionNamed } from '../expression/functions.js';

const TOKEN = /\s*(\d+(?:\.\d+)?(?:e[+-]?\d+)?|[A-Za-z_]\w*|<=|>=|!=|[-+*/^(){},<>=])/y;

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const match = TOKEN.exec(text);
    if (!match) throw new Error(`a row's text cannot be read: ${text}`);
    tokens.push(match[1] as string);
  }
  return tokens;
}

class Reading {
  private place = 0;
  constructor(private readonly tokens: readonly string[]) {}

  peek = (): string | undefined => this.tokens[this.place];
  take = (): string | undefined => this.tokens[this.place++];
  expect(token: string): void {
    const met = this.take();
    if (met !== token) throw new Error(`expected ${token}, met ${met}: ${this.tokens.join(' ')}`);
  }

  condition(): Condition {
    const left = this.sum();
    const relation = this.take() as Relation;
    return compare(left, relation, this.sum());
  }

  sum(): Formula {
    let total = this.term();
    while (this.peek() === '+' || this.peek() === '-')
      total = this.take() === '+' ? add(total, this.term()) : subtract(total, this.term());
    return total;
  }

  private term(): Formula {
    if (this.peek() === '-') {
      this.take();
      return negate(this.term());
    }
    let result = this.powers();
    for (;;) {
      const next = this.peek();
      if (next === '/') {
        this.take();
        result = divide(result, this.powers());
      } else if (next === '*') {
        this.take();
        result = multiply(result, this.powers());
      } else if (next !== undefined && /^[\w(]/.test(next))
        result = multiply(result, this.powers());
      else return result;
    }
  }

  private powers(): Formula {
    const base = this.atom();
    if (this.peek() !== '^') return base;
    this.take();
    if (this.peek() !== '-') return power(base, this.powers());
    this.take();
    return power(base, negate(this.powers()));
  }

  private atom(): Formula {
    const token = this.take() ?? '';
    if (token === '(') {
      const inside = this.sum();
      this.expect(')');
      return inside;
    }
    if (token === '1' && this.peek() === '{') {
      this.take();
      const when = this.condition();
      this.expect('}');
      return indicator(when);
    }
    if (/^\d/.test(token)) return number(token);
    if (token === 'pi') return pi;
    if (token === 'infinity') return infinity;
    const row = functionNamed(token);
    if (!row || this.peek() !== '(') return symbol(token);
    this.take();
    const args = [this.sum()];
    while (this.peek() === ',') {
      this.take();
      args.push(this.sum());
    }
    this.expect(')');
    return call(row.name, args);
  }
}

export const readPlain = (text: string): Formula => new Reading(tokensOf(text)).sum();
export const readPlainCondition = (text: string): Condition =>
  new Reading(tokensOf(text)).condition();
