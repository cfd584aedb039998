/** The grammar: sums, products, powers. What stands in them is read by the files beside this one. */
import {
  blank,
  call,
  type Formula,
  number,
  operation,
  rawAdd,
  rawMultiply,
  rawPower,
} from '../expression/formula.js';
import { readAtom } from './atoms.js';
import { Cursor, DEEPEST, described } from './cursor.js';
import { tryDerivative } from './derivatives.js';
import { type Dots, resolveProductDots, resolveSumDots } from './dots.js';
import type { DotsNames } from './dots-bounds.js';
import type { Parser, ParserContext, Reach } from './grammar.js';
import { refuseMissingAbove } from './missing-signs.js';
import { negated } from './negation.js';
import type { Token } from './token.js';

/** A bracket in a bracket opens two levels: the factor and its inside. */
const DEEPEST_LEVEL = 2 * DEEPEST + 20;

const OTIMES =
  'of two vectors this sign is the outer product u v^T, of two matrices the Kronecker product';

/** Words that stand between formulas. */
const JOINING: ReadonlySet<string> = new Set(
  'in and or if for where when otherwise else unless'.split(' '),
);

export class FormulaParser implements Parser {
  readonly cursor: Cursor;
  /** The `|` or `||` around this place that wait for their other half. */
  private readonly bars: string[] = [];
  /** Factors that are open here, inside one another. */
  private level = 0;

  constructor(
    tokens: readonly Token[],
    readonly context: ParserContext,
    place: { line: number; column: number },
    readonly reach: Reach = 'whole',
  ) {
    this.cursor = new Cursor(tokens, place);
    if (context.depth > DEEPEST_LEVEL)
      throw this.cursor.error(
        `formulas are nested more than ${DEEPEST} deep; give names to parts of the formula`,
      );
  }

  /** A parser for the tokens of a part, such as a bracket or an index. */
  inner(
    tokens: readonly Token[],
    place: Token,
    changes: Partial<ParserContext> = {},
  ): FormulaParser {
    const context = { ...this.context, ...changes, depth: this.context.depth + this.level + 1 };
    return new FormulaParser(tokens, context, place);
  }

  /** The whole of some tokens as one formula. */
  whole(tokens: readonly Token[], place: Token, changes: Partial<ParserContext> = {}): Formula {
    const parser = this.inner(tokens, place, changes);
    const formula = parser.expression();
    parser.finish();
    return formula;
  }

  finish(): void {
    if (this.cursor.atEnd) return;
    const token = this.cursor.peek();
    throw this.cursor.error(
      `met ${described(token)}, expected an operator or the end of the formula`,
    );
  }

  /** Terms with plus and minus. */
  expression(): Formula {
    const terms: (Formula | Dots)[] = [];
    let negative = false;
    let first = true;
    for (;;) {
      const sign = this.cursor.peek();
      if (this.cursor.is('+') || this.cursor.is('-')) {
        this.cursor.take();
        negative = sign.text === '-';
      } else if (!first) break;
      first = false;
      if (this.cursor.is('...')) {
        terms.push({ kind: 'dots', token: this.cursor.take(), negative });
        negative = false;
        continue;
      }
      // `- -x`, `+ -x`
      while (this.cursor.is('-') || this.cursor.is('+'))
        if (this.cursor.take().text === '-') negative = !negative;
      const term = this.term();
      terms.push(negative ? negated(term) : term);
      negative = false;
    }
    return terms.some((term) => term.kind === 'dots')
      ? resolveSumDots(terms, this.dotsNames)
      : rawAdd(terms as Formula[]);
  }

  /** Products joined elementwise: `.*` and `./` bind looser than products. */
  term(): Formula {
    let left = this.product();
    for (;;) {
      if (this.cursor.accept('.*')) left = operation('elementwise', left, this.signedProduct());
      else if (this.cursor.accept('./'))
        left = operation('elementwise_divide', left, this.signedProduct());
      else return left;
    }
  }

  private signedProduct(): Formula {
    return this.cursor.accept('-') ? negated(this.product()) : this.product();
  }

  /** Factors side by side, with `*` and `/`. */
  product(): Formula {
    const factors: (Formula | Dots)[] = [];
    let start = this.cursor.peek();
    for (;;) {
      if (factors.length > 0) {
        const dotted = this.cursor.peek().dot === true;
        if (this.cursor.accept('*')) {
          if (dotted && this.readInnerProduct(factors)) continue;
          if (this.cursor.accept('-')) {
            factors.push(number(-1));
          } else this.cursor.accept('+');
        } else if (this.atOtimes()) {
          const last = factors.pop() as Formula | Dots;
          const sign = this.cursor.take();
          if (last.kind === 'dots')
            throw this.cursor.error('expected a factor beside this sign', sign);
          this.context.note(sign, OTIMES);
          factors.push(call('kron', [last, this.factor()]));
          continue;
        } else if (this.cursor.is('/')) {
          const slash = this.cursor.take();
          const last = factors.at(-1);
          if (last && last.kind !== 'dots') refuseMissingAbove(this, start, last);
          this.divide(factors, slash);
          continue;
        } else if (!this.startsFactor()) break;
        else if (this.reach === 'to next sign' && this.atSign()) break;
      }
      if (this.cursor.is('...')) {
        factors.push({ kind: 'dots', token: this.cursor.take(), negative: false });
        continue;
      }
      start = this.cursor.peek();
      factors.push(this.factor());
    }
    return factors.some((factor) => factor.kind === 'dots')
      ? resolveProductDots(factors, this.dotsNames)
      : rawMultiply(factors as Formula[]);
  }

  /** `A \\otimes B`, and `A kron B` between two factors. */
  private atOtimes(): boolean {
    const token = this.cursor.peek();
    if (token.kind === 'command') return token.text === 'otimes';
    const isKnown = this.context.vocabulary.names.get('kron')?.declared === true;
    return token.kind === 'word' && token.text === 'kron' && !isKnown && !this.cursor.is('(', 1);
  }

  /** `u \\cdot v` of two columns; nothing is taken where they are not known to be columns. */
  private readInnerProduct(factors: (Formula | Dots)[]): boolean {
    const left = factors.at(-1);
    if (!left || left.kind === 'dots' || !this.isColumn(left)) return false;
    const isInFront = factors.slice(0, -1).every((factor) => factor.kind === 'number');
    if (!isInFront || !this.startsFactor()) return false;
    const mark = this.cursor.mark();
    const right = this.factor();
    if (!this.isColumn(right)) {
      this.cursor.reset(mark);
      return false;
    }
    factors[factors.length - 1] = operation('transpose', left);
    factors.push(right);
    return true;
  }

  /** Whether a name has one index below, and it is not written. */
  private isColumn(formula: Formula): boolean {
    const entry =
      formula.kind === 'symbol' ? this.context.vocabulary.names.get(formula.name) : undefined;
    return (
      entry?.lower === 1 && formula.kind === 'symbol' && formula.indices.length === entry.upper
    );
  }

  /** Divides the last factor: `1/2 x` is a half of x. */
  private divide(factors: (Formula | Dots)[], slash: Token): void {
    const negative = this.cursor.accept('-');
    const from = this.cursor.peek();
    const divisor = this.factor();
    const next = this.cursor.peek();
    if (
      from.kind === 'number' &&
      (next.kind === 'word' || next.kind === 'name') &&
      !next.spaced &&
      divisor.kind === 'number'
    )
      this.context.note(
        slash,
        `1/${from.text}${next.text} is read as (1/${from.text}) ${next.text}; write 1/(${from.text} ${next.text}) if the whole is divided`,
      );
    const last = factors.at(-1);
    const signed = negative ? negated(divisor) : divisor;
    if (last?.kind === 'number' && signed.kind === 'number' && !signed.value.equals(0)) {
      factors[factors.length - 1] = number(last.value.div(signed.value));
    } else {
      if (last?.kind === 'number' && last.value.equals(1)) factors.pop();
      factors.push(rawPower(signed, number(-1)));
    }
  }

  private atSign(): boolean {
    const token = this.cursor.peek();
    return (
      (token.kind === 'command' && (token.text === 'sum' || token.text === 'prod')) ||
      (token.kind === 'word' &&
        (token.text === 'sum' || token.text === 'prod') &&
        this.cursor.is('_', 1))
    );
  }

  /** A symbol may stand for a matrix with indices above and none below. */
  private readonly dotsNames: DotsNames = {
    isMatrix: (formula) => {
      const entry = this.context.vocabulary.names.get(formula.name);
      return entry !== undefined && entry.upper > 0 && formula.indices.length <= entry.upper;
    },
    isSize: (name) => this.context.vocabulary.sizes.has(name) || /^[A-Z]$/.test(name),
  };

  /** Whether the next token can open a factor (so that a product goes on). */
  startsFactor(): boolean {
    const token = this.cursor.peek();
    switch (token.kind) {
      case 'number':
      case 'name':
        return true;
      case 'word':
        return !JOINING.has(token.text) || this.context.vocabulary.names.has(token.text);
      case 'command':
        return (
          !token.text.startsWith('end:') &&
          token.text !== 'forall' &&
          token.text !== 'top' &&
          token.text !== 'setminus' &&
          token.text !== 'otimes'
        );
      case 'operator':
        if (token.text === '|' || token.text === '||')
          return token.side === undefined ? this.bars.at(-1) !== token.text : token.side === 'open';
        return ['(', '[', '{', '\\{', '\\langle', '...'].includes(token.text);
      default:
        return false;
    }
  }

  /** One factor with its powers. */
  factor(): Formula {
    return this.deeper(() => tryDerivative(this) ?? readAtom(this));
  }

  /** Counts how deep formulas stand in one another, so that no text can overflow the stack. */
  private deeper<T>(read: () => T): T {
    this.level += 1;
    if (this.context.depth + this.level > DEEPEST_LEVEL)
      throw this.cursor.error(
        `formulas are nested more than ${DEEPEST} deep; give names to parts of the formula`,
      );
    try {
      return read();
    } finally {
      this.level -= 1;
    }
  }

  /** One factor that is not itself a quotient of differentials (the numerator of one). */
  factorWithoutDerivative(): Formula {
    return readAtom(this);
  }

  /** A parser that goes on in the tokens of this one, with more bound letters. */
  continued(bound: readonly string[], reach: Reach): FormulaParser {
    const context = { ...this.context, bound, depth: this.context.depth + this.level + 1 };
    const inner = new FormulaParser([], context, this.cursor.peek(), reach);
    inner.cursor.reset(this.cursor.mark());
    inner.bars.push(...this.bars);
    return inner;
  }

  /** Between bars: `|x|`, `||x||`. */
  between<T>(bar: string, read: () => T): T {
    this.bars.push(bar);
    const result = read();
    this.bars.pop();
    return result;
  }

  blank(): Formula {
    this.cursor.take();
    return blank;
  }
}
