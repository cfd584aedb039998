/** Rules of rank inference: from parts to the whole, and from what is wanted back to the parts. */
import type {
  CallFormula,
  Condition,
  Formula,
  MultiplyFormula,
  OperationFormula,
  SymbolFormula,
} from '../../expression/formula.js';
import { familyFunctionNames, functionTable } from '../../expression/functions.js';
import { same } from '../../expression/same.js';
import { contains } from '../../expression/walk.js';
import { inlined } from '../indexing/calls.js';
import { powerName } from '../indexing/indexed.js';
import { operationOfCall } from '../indexing/operations.js';
import type { FunctionBody, FunctionManner } from '../network.js';
import { looksLikeBias, looksLikeMatrix, looksLikeNumber, looksLikeWeight } from './letters.js';
import { noteQuantities } from './rank-notes.js';
import { foldProduct, shapeOf, signless } from './rank-products.js';
import type { RankShape, RankTable } from './rank-table.js';

type Shape = RankShape | undefined;

const numberShape: RankShape = { axes: 0, row: false, guessed: false };

const noNames: ReadonlySet<string> = new Set();

/** Functions whose value has the shape of their argument, which is a family. */
const keepsShape: ReadonlySet<string> = new Set(['softmax', 'log_softmax']);
const takesMatrix: ReadonlySet<string> = new Set(['trace', 'determinant', 'inverse']);

/** Walks formulas, learns ranks on the way, and decides how abstract functions act. */
export class RankWalk {
  readonly manners = new Map<string, FunctionManner>();

  constructor(
    readonly table: RankTable,
    readonly powers: ReadonlySet<string>,
    readonly functions: ReadonlySet<string>,
    readonly bodies: ReadonlyMap<string, FunctionBody>,
  ) {}

  decide(name: string, manner: FunctionManner): void {
    if (this.manners.has(name) || functionTable.has(name)) return;
    this.manners.set(name, manner);
    this.table.changed = true;
  }

  /** Takes note of every quantity in a formula; `bound` are indices and parameters. */
  note(formula: Formula, bound: ReadonlySet<string> = noNames): void {
    noteQuantities(formula, bound, this);
  }

  /** The shape of a formula, learning from `want` where it is known. */
  shape(formula: Formula, want: Shape): Shape {
    switch (formula.kind) {
      case 'symbol': {
        if (want && want.axes > 0 && this.table.has(formula.name) && this.table.isUnknown(formula))
          this.table.suggest(formula, want.axes, want.row, want.guessed);
        return this.table.has(formula.name) ? this.table.shape(formula) : numberShape;
      }
      case 'add':
        return this.#together(formula.terms, want, true);
      case 'multiply':
        return this.#product(formula, want);
      case 'power': {
        const named = powerName(formula);
        if (named && this.powers.has(named) && formula.base.kind === 'symbol') {
          const symbol = { ...formula.base, name: named };
          if (want && want.axes > 0 && this.table.isUnknown(symbol))
            this.table.suggest(symbol, want.axes, want.row, want.guessed);
          return this.table.shape(symbol);
        }
        this.shape(formula.exponent, undefined);
        return this.shape(formula.base, want);
      }
      case 'call':
        return this.#call(formula, want);
      case 'sum':
      case 'product':
        return this.shape(formula.body, want);
      case 'indicator':
        return this.#condition(formula.when, want);
      case 'cases':
        return this.#together(
          [
            ...formula.branches.map((branch) => branch.value),
            ...(formula.otherwise ? [formula.otherwise] : []),
          ],
          want,
          false,
        );
      case 'derivative': {
        const of = this.shape(formula.of, undefined);
        const wantedOfBy = of?.axes === 0 && want ? want : undefined;
        const by = this.shape(formula.by, wantedOfBy);
        if (!of || !by) return undefined;
        if (of.axes === 0) return by;
        return shapeOf(of.axes + by.axes, of.guessed || by.guessed, of.row && by.axes === 0);
      }
      case 'operation':
        return this.#operation(formula, want);
      default:
        return numberShape;
    }
  }

  #condition(condition: Condition, want: Shape): Shape {
    return condition.kind === 'compare'
      ? this.#together([condition.left, condition.right], want, false)
      : numberShape;
  }

  /** Parts that are combined entry by entry; unknown names beside a family are families. */
  #together(parts: readonly Formula[], want: Shape, spreads: boolean): Shape {
    const shapes = parts.map((part) => this.shape(part, undefined));
    const known = shapes.filter((shape) => shape !== undefined);
    let widest = known.reduce<Shape>(
      (best, shape) => (!best || shape.axes > best.axes ? shape : best),
      undefined,
    );
    const open = shapes.some((shape) => shape === undefined);
    if (want && want.axes > 0 && (!widest || widest.axes < want.axes) && open) widest = want;
    if (widest && widest.axes > 0)
      parts.forEach((part, place) => {
        if (shapes[place]) return;
        if (part.kind === 'symbol' && looksLikeNumber(part.name)) return;
        this.shape(part, spreads ? this.#beside(widest as RankShape, parts, part) : widest);
      });
    if (spreads && widest && widest.axes > 0) this.#growBeside(parts, shapes, widest);
    if (open && !(widest && widest.axes > 0)) return undefined;
    return widest;
  }

  /** `yhat_t - y_t`: a leaf with the index of a family beside it is a family, too. */
  #growBeside(parts: readonly Formula[], shapes: readonly Shape[], widest: RankShape): void {
    parts.forEach((part, place) => {
      const inner = signless(part);
      if (inner?.kind !== 'symbol' || inner.indices.length === 0) return;
      if (shapes[place]?.axes !== 0 || !this.table.canGrow(inner)) return;
      const [index] = inner.indices;
      const beside = parts.some(
        (other, at) =>
          (shapes[at]?.axes ?? 0) > 0 &&
          contains(
            other,
            (symbol) =>
              symbol.kind === 'symbol' &&
              symbol.indices.some((own) => index !== undefined && same(own, index)),
          ),
      );
      // `b_1` beside a family is the bias of layer 1.
      const bias = index?.kind === 'number' && looksLikeBias(inner.name);
      if (beside || bias) this.table.suggest(inner, widest.axes, widest.row, widest.guessed);
    });
  }

  /** A bias beside a matrix is a vector: lying beside `X W`, standing beside `W X`. */
  #beside(widest: RankShape, parts: readonly Formula[], part: Formula): RankShape {
    if (widest.axes !== 2 || part.kind !== 'symbol' || looksLikeMatrix(part.name)) return widest;
    const product = parts.find((other) => other.kind === 'multiply');
    const last = product?.kind === 'multiply' ? product.factors.at(-1) : undefined;
    const lies = last?.kind === 'symbol' && looksLikeWeight(last.name);
    return shapeOf(1, true, lies);
  }

  #product(formula: MultiplyFormula, want: Shape): Shape {
    const shapes = formula.factors.map((factor) => {
      const shape = this.shape(factor, undefined);
      // A divisor is a number unless something says otherwise.
      return shape ?? (factor.kind === 'power' ? numberShape : undefined);
    });
    this.#growBehindMatrices(formula.factors, shapes);
    const open = shapes.flatMap((shape, place) => (shape ? [] : [place]));
    if (open.length === 0) return foldProduct(shapes as RankShape[]);
    const [place] = open;
    const factor = place === undefined ? undefined : formula.factors[place];
    if (open.length > 1 || place === undefined || !factor) return undefined;
    const learned =
      this.#matrixBefore(factor, formula.factors[place + 1], want) ??
      this.#missingFactor(factor, shapes, place, want);
    if (!learned) return undefined;
    const found = this.shape(factor, learned) ?? learned;
    if (found.axes === 2) this.#growBehindMatrices(formula.factors, shapes, found);
    return foldProduct(shapes.map((shape, at) => (at === place ? found : (shape as RankShape))));
  }

  /** `U h_t` where a vector is wanted: a capital before a column for each index is a matrix. */
  #matrixBefore(factor: Formula, next: Formula | undefined, want: Shape): Shape {
    if (want?.axes !== 1 || want.row || factor.kind !== 'symbol' || next?.kind !== 'symbol')
      return undefined;
    if (!looksLikeMatrix(factor.name) || looksLikeMatrix(next.name)) return undefined;
    const column = next.indices.length > 0 && this.table.canGrow(next);
    return column ? shapeOf(2, want.guessed) : undefined;
  }

  /** `W h_{t-1}`, `w^T x_i`: what is written behind a matrix or a row is a column for each index. */
  #growBehindMatrices(factors: readonly Formula[], shapes: Shape[], open?: RankShape): void {
    for (let place = 1; place < factors.length; place += 1) {
      const factor = factors[place] as Formula;
      const before = shapes[place - 1] ?? open;
      const opens = before && (before.axes === 2 || (before.axes === 1 && before.row));
      if (!opens || factor.kind !== 'symbol' || looksLikeMatrix(factor.name)) continue;
      if (factor.indices.length === 0 || !this.table.canGrow(factor)) continue;
      if (shapes.slice(place + 1).some((shape) => shape && shape.axes > 0)) continue;
      this.table.suggest(factor, 1, false, before.guessed);
      shapes[place] = this.table.shape(factor);
    }
  }

  /** The shape of the one unknown factor, from its neighbours, the wanted shape and its letter. */
  #missingFactor(factor: Formula, shapes: readonly Shape[], place: number, want: Shape): Shape {
    const families = (part: readonly Shape[]) => part.filter((shape) => shape && shape.axes > 0);
    const left = families(shapes.slice(0, place)).at(-1);
    const right = families(shapes.slice(place + 1))[0];
    const turned = factor.kind === 'operation' && factor.name === 'transpose';
    const named = turned ? factor.args[0] : factor;
    const letter = named?.kind === 'symbol' ? named.name : '';
    const capital = looksLikeMatrix(letter);
    if (!left && !right) return want && want.axes > 0 ? { ...want } : undefined;
    if (right && !left) {
      // `u v`: a matrix if the letter says so, else a number in front; of `u^T v` never a number.
      if (right.axes === 1 && !right.row && turned && !capital)
        return want?.axes === 1 ? shapeOf(2, want.guessed) : shapeOf(1, false, true);
      if (right.axes === 1 && !right.row)
        return capital
          ? shapeOf(2, !(want?.axes === 1 && !want.guessed))
          : want?.axes === 0
            ? undefined
            : numberShape;
      if (right.axes === 2) {
        if (capital) return shapeOf(2, true);
        return want?.axes === 2 ? numberShape : undefined;
      }
      if (right.row) return want?.axes === 2 ? shapeOf(1, false) : numberShape;
    }
    if (left && left.axes === 2) {
      if (want && want.axes > 0) return shapeOf(want.axes, want.guessed);
      // A small letter to the right of a matrix is a column; that is a convention, not a guess.
      return shapeOf(capital ? 2 : 1, capital || left.guessed);
    }
    if (left?.row) {
      if (want?.axes === 0) return shapeOf(1, false);
      return shapeOf(capital ? 2 : 1, true);
    }
    return undefined;
  }

  #call(formula: CallFormula, want: Shape): Shape {
    const { name } = formula;
    if (name === 'kron' && formula.args.length === 2) {
      const [left, right] = formula.args.map((part) => this.shape(part, undefined));
      return (
        left && right && shapeOf(left.axes + right.axes > 0 ? 2 : 0, left.guessed || right.guessed)
      );
    }
    const operation = operationOfCall[name];
    if (operation && !this.functions.has(name))
      return this.#operation({ kind: 'operation', name: operation, args: formula.args }, want);
    const body = this.bodies.get(name);
    if (body && !body.stands && formula.slots.length === 0)
      return this.shape(inlined(body.parameters, body.body, formula.args), want);
    if (body) return this.#together(formula.args, want, false);
    const known = functionTable.has(name);
    if (formula.args.length === 1 && !this.functions.has(name)) {
      const argument = formula.args[0] as Formula;
      if (keepsShape.has(name)) {
        if (formula.indices.length > 0) {
          this.shape(argument, shapeOf(formula.indices.length, false));
          return numberShape;
        }
        return this.shape(argument, want && want.axes > 0 ? want : shapeOf(1, false));
      }
      const reduces = familyFunctionNames.has(name) && !known;
      if (reduces) {
        const inside = this.shape(argument, shapeOf(1, false));
        if (name === 'logsumexp' && inside?.axes === 2) return shapeOf(1, inside.guessed);
        return numberShape;
      }
      if ((name === 'max' || name === 'min') && this.shape(argument, undefined)?.axes !== 0)
        return numberShape;
    }
    if (known) return this.#together(formula.args, want, false);
    return this.#abstract(formula, want);
  }

  #abstract(formula: CallFormula, want: Shape): Shape {
    const manner = this.manners.get(formula.name);
    const shapes = formula.args.map((part) => this.shape(part, undefined));
    if (shapes.every((shape) => shape?.axes === 0)) return numberShape;
    if (manner === 'whole') {
      const gradient = formula.slots.find((slot) => slot.at.length === 0);
      return gradient ? shapes[gradient.argument] : numberShape;
    }
    if (manner === 'elementwise') return this.#together(formula.args, want, false);
    if (want && want.axes > 0 && formula.args.length === 1) {
      this.decide(formula.name, 'elementwise');
      return this.#together(formula.args, want, false);
    }
    return undefined;
  }

  /** `y_t` with one index for the family: what is transposed has an axis for each `t`, not yet known. */
  #isOpenFamily = (symbol: SymbolFormula): boolean =>
    symbol.indices.length > 0 && this.table.canGrow(symbol);

  #grown(symbol: SymbolFormula, want: Shape): Shape {
    if (!want || want.axes === 0) return undefined;
    this.table.suggest(symbol, want.axes, want.row, want.guessed);
    return this.table.shape(symbol);
  }

  #operation(formula: OperationFormula, want: Shape): Shape {
    const [first] = formula.args;
    switch (formula.name) {
      case 'transpose': {
        const wanted = want && want.axes === 1 ? { ...want, row: !want.row } : want;
        const inside =
          first?.kind === 'symbol' && this.#isOpenFamily(first)
            ? this.#grown(first, wanted)
            : first && this.shape(first, wanted);
        return inside && (inside.axes === 1 ? { ...inside, row: !inside.row } : inside);
      }
      case 'elementwise':
      case 'elementwise_divide':
      case 'elementwise_power':
        return this.#together(formula.args, want, false);
      case 'entry': {
        if (first) this.shape(first, shapeOf(formula.args.length - 1, false));
        return shapeOf(
          formula.args.slice(1).filter((index) => index.kind === 'whole').length,
          false,
        );
      }
      case 'list': {
        const item = first && this.shape(first, undefined);
        return item && shapeOf(item.axes + 1, item.guessed);
      }
      case 'identity':
        return shapeOf(2, false);
      case 'ones':
        return want ?? numberShape;
      case 'diagonal': {
        const inside = first && this.shape(first, undefined);
        return inside && shapeOf(inside.axes === 2 ? 1 : 2, inside.guessed);
      }
      case 'frobenius':
        if (first) this.shape(first, shapeOf(2, false));
        return numberShape;
      case 'norm':
      case 'norm1':
        if (first) this.shape(first, shapeOf(1, false));
        return numberShape;
      default: {
        if (first && takesMatrix.has(formula.name)) this.shape(first, shapeOf(2, false));
        return formula.name === 'inverse' ? shapeOf(2, false) : numberShape;
      }
    }
  }
}
