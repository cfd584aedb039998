/**
 * Sizes and ranges by unification: slots that meet the same index variable have the same size, and
 * what is declared, given or written anywhere decides for the whole class.
 */
import { affineOf } from '../../expression/affine.js';
import { add, type Bounds, type Formula, number, one, symbol } from '../../expression/formula.js';
import { same } from '../../expression/same.js';
import { freeNames, substitute } from '../../expression/walk.js';
import { hull, intersection, shiftedOf, tidyIndex } from '../affine.js';
import { NetworkError } from '../errors.js';
import { stemOf } from '../indexing/context.js';
import type { Equation } from './classes.js';
import { type Claim, type EqualSizes, type Evidence, sizeClash } from './evidence.js';
import {
  atEnd,
  atLayer,
  holdsCall,
  LAYER,
  layer,
  mapBounds,
  mentions,
  tidyDeep,
} from './range-ends.js';
import type { SizeNames } from './size-names.js';
import { type SizeNumber, SizeNumbers } from './size-numbers.js';
import { UseTable } from './use-table.js';
import { isGivenByData, nodeOf, type Ragged, type Unit, type Use } from './uses.js';

/** Rounds of eliminating variables from a range (each range may mention an earlier variable). */
const MOST_ELIMINATIONS = 8;

export class Sizes {
  readonly #table: UseTable;
  readonly #evidence = new Map<string, Evidence>();
  readonly #classRanges = new Map<string, Bounds | 'open'>();
  readonly #variableRanges = new Map<string, Bounds | 'open'>();
  readonly equal: EqualSizes[] = [];
  readonly invented = new Map<string, 'number' | 'layers'>();
  readonly #numbers = new SizeNumbers();

  constructor(
    readonly units: readonly Unit[],
    readonly rankOf: (name: string) => number,
    readonly ragged: Ragged,
    readonly names: SizeNames,
  ) {
    this.#table = new UseTable(units, rankOf, ragged);
    this.#uniteAll();
    this.#gather();
  }

  /** Two pure uses of one variable nobody gave a range to have the same size. */
  #uniteAll(): void {
    const equations: Equation[] = [];
    for (const [unit, variables] of this.#table.byVariable)
      for (const [variable, uses] of variables) {
        if (this.#table.writtenOf(unit, variable)) continue;
        const pure = uses.filter((use) => use.shifted?.offset === 0);
        const [first] = pure;
        for (const use of pure.slice(1))
          if (first) equations.push({ left: first, right: use, unit });
      }
    const { classes } = this.#table;
    const points = classes.unite(equations);
    for (const { left, right } of classes.join(points, this.#table.uses)) {
      const [a, b] = [classes.classOf(left.node), classes.classOf(right.node)];
      const [here, there] = [this.#table.classPoint(left), this.#table.classPoint(right)];
      this.#evidenceOf(a.root).points.push({ here, root: b.root, there });
      this.#evidenceOf(b.root).points.push({ here: there, root: a.root, there: here });
    }
  }

  #evidenceOf(root: string): Evidence {
    const evidence = this.#evidence.get(root) ?? { exact: [], intervals: [], points: [] };
    this.#evidence.set(root, evidence);
    return evidence;
  }

  /** Declared sizes, literals and written ranges, class by class. */
  #gather(): void {
    for (const use of this.#table.uses) {
      if (use.shifted?.offset !== 0) continue;
      const group = this.#table.groupOf(use.unit, use.shifted.variable);
      const written = this.#table.writtenOf(use.unit, group);
      if (!written) continue;
      const { root, offset } = this.#table.classes.classOf(use.node);
      const argument = this.#table.classes.argumentOf(use);
      const shifted = argument && shiftedOf(argument, (name) => use.unit.variables.has(name));
      const bounds = shifted
        ? mapBounds(written, (end) =>
            tidyDeep(
              substitute(
                end,
                new Map([[shifted.variable, add(layer, number(-offset - shifted.offset))]]),
              ),
            ),
          )
        : written;
      const at = argument && !shifted ? this.#table.classPoint(use) : undefined;
      const evidence = this.#evidenceOf(root);
      // A letter of a declaration (`h_t in R^n for t = 0..T`) has a range, which others may widen.
      const isLetter = stemOf(use.shifted.variable) !== '';
      const isFixed = use.unit.kind === 'declaration' || use.unit.kind === 'literal';
      if (isFixed && use.isHead && !isLetter)
        evidence.exact.push({ size: bounds.upper, at, unit: use.unit, node: use.node });
      else if (at === undefined)
        evidence.intervals.push({ bounds: this.#eliminate(use.unit, bounds), unit: use.unit });
    }
  }

  /** A range without variables of the unit: they take the end that makes it widest. */
  #eliminate(unit: Unit, bounds: Bounds): Bounds {
    let { lower, upper } = bounds;
    for (let round = 0; round < MOST_ELIMINATIONS; round += 1) {
      const inside = [...freeNames(lower), ...freeNames(upper)].filter((name) =>
        unit.variables.has(name),
      );
      if (inside.length === 0) break;
      for (const name of inside) {
        const range = this.variableRange(unit, name);
        if (!range) continue;
        lower = atEnd(lower, name, range, -1);
        upper = atEnd(upper, name, range, 1);
      }
    }
    return { lower, upper };
  }

  /** Least and greatest value of an index formula of a unit. */
  #extent(unit: Unit, index: Formula): Bounds {
    return this.#eliminate(unit, { lower: index, upper: index });
  }

  /** The range of a class, in terms of the class argument. */
  classRange(root: string): Bounds {
    const known = this.#classRanges.get(root);
    if (known && known !== 'open') return known;
    if (known === 'open') return { lower: one, upper: this.#invent(root) };
    this.#classRanges.set(root, 'open');
    const range = this.#decide(root);
    const settled = this.#classRanges.get(root);
    // A name invented on the way (a recurrence met itself) stays.
    if (settled && settled !== 'open') return settled;
    this.#classRanges.set(root, range);
    return range;
  }

  #decide(root: string): Bounds {
    const { exact, intervals, points } = this.#evidenceOf(root);
    const whole = exact.filter((claim) => claim.at === undefined);
    const symbolic = whole.filter((claim) => claim.size.kind !== 'number');
    const counted = whole.filter((claim) => claim.size.kind === 'number');
    const written = intervals.length
      ? intervals.map(({ bounds }) => bounds).reduce((left, right) => this.#join(left, right))
      : undefined;
    const lower = written?.lower ?? one;
    const range = this.#upper(root, lower, symbolic, counted, written, points);
    this.#number(range, counted);
    this.#atPoints(range, exact, points);
    return range;
  }

  #upper(
    root: string,
    lower: Formula,
    symbolic: readonly Claim[],
    counted: readonly Claim[],
    written: Bounds | undefined,
    points: Evidence['points'],
  ): Bounds {
    const [first, ...others] = symbolic;
    if (first) {
      for (const other of others) this.#equate(first.size, other.size);
      return { lower: one, upper: first.size };
    }
    if (written && written.upper.kind !== 'number') return written;
    const layered = points.find(
      (point) => point.there !== undefined && point.here === undefined && point.root !== root,
    );
    if (layered?.there && !written) {
      const other = this.classRange(layered.root);
      return mapBounds(other, (end) => atLayer(end, layered.there as Formula));
    }
    const [count] = counted;
    if (count) {
      const start = lower.kind === 'number' ? lower : one;
      return { lower: start, upper: tidyIndex(add(start, count.size, number(-1))) };
    }
    if (written) return written;
    const compound = this.#compoundExtent(root);
    if (compound) return compound;
    return { lower: one, upper: this.#invent(root) };
  }

  /** What shifted and compound indices reach (`x_{i+k}`), if nothing reaches the slot directly. */
  #compoundExtent(root: string): Bounds | undefined {
    const uses = this.#table.uses.filter(
      (use) => this.#table.classes.classOf(use.node).root === root,
    );
    if (uses.some((use) => use.shifted?.offset === 0)) return undefined;
    const extents = uses
      .filter((use) => use.index.kind !== 'number' && !isGivenByData(use, this.names.sizes))
      .map((use) => this.#extent(use.unit, use.index));
    return extents.length ? extents.reduce(hull) : undefined;
  }

  /** A hull in which two unlike sizes are one size with two names; `min(K, p)` is no name of `K`. */
  #join(left: Bounds, right: Bounds): Bounds {
    const joined = hull(left, right);
    if (joined.upper.kind !== 'call' || joined.upper.args.some(holdsCall)) return joined;
    this.#equate(left.upper, right.upper);
    return { lower: joined.lower, upper: left.upper };
  }

  #equate(left: Formula, right: Formula): void {
    if (same(left, right)) return;
    if (this.equal.some((pair) => same(pair.left, left) && same(pair.right, right))) return;
    this.equal.push({ left, right });
  }

  #invent(root: string): Formula {
    const known = this.#classRanges.get(root);
    if (known && known !== 'open') return known.upper;
    const members = this.#table.uses.filter(
      (use) => this.#table.classes.classOf(use.node).root === root,
    );
    const headed = members.find((use) => use.isHead && use.shifted?.offset === 0);
    const layered = members.some((use) => !this.#table.classes.isFixed(use.node));
    let upper: Formula;
    if (layered) {
      const name = this.names.forLayers();
      this.invented.set(name, 'layers');
      const first = headed ?? members[0];
      const shift = first ? this.#table.classes.classOf(first.node).offset : 0;
      upper = symbol(name, [tidyIndex(add(layer, number(-shift)))]);
    } else {
      const letters = members.flatMap((use) => (use.shifted ? [stemOf(use.shifted.variable)] : []));
      const own = headed?.shifted && stemOf(headed.shifted.variable);
      const name = this.names.forIndex(own || letters.find((letter) => letter !== '') || '');
      if (!this.names.sizes.has(name)) this.invented.set(name, 'number');
      upper = symbol(name);
    }
    this.#classRanges.set(root, { lower: one, upper });
    return upper;
  }

  /** Numbers declared or given for a class that holds everywhere. */
  #number(range: Bounds, counted: readonly Claim[]): void {
    const [first] = counted;
    for (const claim of counted) {
      if (first && range.upper.kind === 'number' && !same(claim.size, first.size))
        throw new NetworkError(sizeClash(claim, first), claim.unit.line);
      this.#setNumber(range, claim);
    }
  }

  #setNumber(range: Bounds, claim: Claim): void {
    if (claim.size.kind !== 'number') return;
    const value = claim.size.value.valueOf() + this.#table.startOf(range, claim.node) - 1;
    this.#numbers.set(range.upper, value, claim);
  }

  /** Declared sizes and links at single layers: `W^(1) in R^(4 x 3)`, `h^(0) = x`. */
  #atPoints(range: Bounds, exact: readonly Claim[], points: Evidence['points']): void {
    for (const claim of exact) {
      if (claim.at === undefined) continue;
      const there = mapBounds(range, (end) => atLayer(end, claim.at as Formula));
      if (claim.size.kind === 'number') this.#setNumber(there, claim);
      else this.#equate(there.upper, claim.size);
    }
    for (const point of points) {
      if (point.here === undefined) continue;
      const here = atLayer(range.upper, point.here);
      const known = this.#classRanges.get(point.root);
      if (known === 'open') continue;
      const other = this.classRange(point.root).upper;
      this.#equate(here, point.there === undefined ? other : atLayer(other, point.there));
    }
  }

  /** The range of a variable of a unit; `undefined` if no family tells. */
  variableRange(unit: Unit, variable: string): Bounds | undefined {
    const group = this.#table.groupOf(unit, variable);
    const written = this.#table.writtenOf(unit, group);
    if (written) return written;
    const key = `${this.units.indexOf(unit)}:${group}`;
    const known = this.#variableRanges.get(key);
    if (known === 'open') return undefined;
    if (known) return known;
    this.#variableRanges.set(key, 'open');
    const found = this.#variableRange(unit, group);
    const range = found && this.#withoutStarts(unit, group, found);
    if (range) this.#variableRanges.set(key, range);
    else this.#variableRanges.delete(key);
    return range;
  }

  /** A range nobody wrote leaves out the ends that have a definition of their own (`h_1 = ...`). */
  #withoutStarts(unit: Unit, group: string, range: Bounds): Bounds {
    let { lower, upper } = range;
    for (const use of this.#table.usesOfVariable(unit, group)) {
      if (!use.isHead || unit.kind !== 'definition' || use.shifted?.offset !== 0) continue;
      for (const other of this.#table.usesOf(use.node)) {
        if (!other.isHead || other.unit === unit || other.unit.kind !== 'definition') continue;
        if (other.shifted) continue;
        if (same(other.index, lower)) lower = tidyIndex(add(lower, one));
        if (same(other.index, upper)) upper = tidyIndex(add(upper, number(-1)));
      }
    }
    return { lower, upper };
  }

  #variableRange(unit: Unit, group: string): Bounds | undefined {
    const uses = this.#table.usesOfVariable(unit, group);
    const pure = uses.filter((use) => use.shifted?.offset === 0);
    const others = pure.filter((use) => !use.isHead);
    const fromHeads = others.flatMap((use) => {
      if (!this.#table.classes.isFixed(use.node)) return [];
      const range = this.definedRange(use.node);
      return range ? [range] : [];
    });
    if (fromHeads.length > 0) return fromHeads.reduce(intersection);
    const [first] = pure;
    if (first) return this.termRange(first);
    const [moved] = uses;
    if (!moved?.shifted) return undefined;
    const { offset } = moved.shifted;
    const range = this.definedRange(moved.node) ?? this.termRange(moved);
    return mapBounds(range, (end) => tidyIndex(add(end, number(-offset))));
  }

  /** The range of a slot at the arguments of a term. */
  termRange(term: { readonly node: string; readonly args: readonly Formula[] }): Bounds {
    const range = this.classRange(this.#table.classes.classOf(term.node).root);
    const point = this.#table.classPoint(term);
    return point === undefined ? range : mapBounds(range, (end) => atLayer(end, point));
  }

  /** The hull of the heads of a family's definitions at a slot; `undefined` if there are none. */
  definedRange(node: string): Bounds | undefined {
    const heads = this.#table
      .usesOf(node)
      .filter((use) => use.isHead && use.unit.kind === 'definition');
    const ranges = heads.flatMap((use) => {
      const { shifted } = use;
      if (!shifted) {
        const constant = affineOf(use.index) && !mentions(use.index, use.unit.variables);
        return constant ? [{ lower: use.index, upper: use.index }] : [];
      }
      const range = this.variableRange(use.unit, shifted.variable);
      if (!range) return [];
      const widest = this.#eliminate(use.unit, range);
      return [mapBounds(widest, (end) => tidyIndex(add(end, number(shifted.offset))))];
    });
    return ranges.length === 0 ? undefined : ranges.reduce(hull);
  }

  /** All entries of a slot: the class, the heads, and everything that is read. */
  slotRange(
    name: string,
    slot: number,
  ): { readonly bounds: Bounds | undefined; readonly dependsOn: number | undefined } {
    const node = nodeOf(name, slot);
    const uses = this.#table.usesOf(node);
    const { classes } = this.#table;
    const dependsOn = classes.isFixed(node) ? undefined : classes.argument(node);
    const argumentPlace = dependsOn === undefined ? undefined : this.ragged(name, slot)[dependsOn];
    const { root, offset } = classes.classOf(node);
    const evidence = this.#evidenceOf(root);
    const onlyPoints = this.#table.uses.every(
      (use) => classes.classOf(use.node).root !== root || !mentions(use.index, use.unit.variables),
    );
    if (onlyPoints && evidence.exact.length === 0 && evidence.points.length === 0)
      return { bounds: undefined, dependsOn: undefined };
    const range = this.classRange(root);
    const at = (end: Formula): Formula => atLayer(end, add(symbol(LAYER), number(offset)));
    if (argumentPlace !== undefined)
      return { bounds: mapBounds(range, at), dependsOn: argumentPlace };
    if (evidence.exact.some((claim) => claim.at === undefined)) {
      const start = this.#table.startOf(range, node);
      const lower = range.lower.kind === 'number' ? number(start) : range.lower;
      return { bounds: { lower, upper: range.upper }, dependsOn: undefined };
    }
    const direct = uses.some((use) => use.shifted?.offset === 0);
    const reached = uses
      .filter((use) => use.unit.kind !== 'question' && !isGivenByData(use, this.names.sizes))
      .map((use) => this.#extent(use.unit, use.index));
    const all = [...(direct || reached.length === 0 ? [range] : []), ...reached];
    return { bounds: all.reduce(hull), dependsOn: undefined };
  }

  /** Numbers of sizes that the families tell, by the structure of the size. */
  get numbers(): ReadonlyMap<string, SizeNumber> {
    return this.#numbers.known;
  }

  usesOfNode(node: string): readonly Use[] {
    return this.#table.usesOf(node);
  }
}
