/** Where every slot of every family is used: by unit, by variable, and by class of equal slots. */
import { add, type Bounds, type Formula, number } from '../../expression/formula.js';
import { tidyIndex } from '../affine.js';
import { SlotClasses } from './classes.js';
import { type Ragged, tieGroups, type Unit, type Use, usesOf } from './uses.js';

export class UseTable {
  readonly classes = new SlotClasses();
  readonly uses: Use[] = [];
  readonly byVariable = new Map<Unit, Map<string, Use[]>>();
  readonly #byNode = new Map<string, Use[]>();
  readonly #groups = new Map<Unit, ReadonlyMap<string, string>>();

  constructor(
    units: readonly Unit[],
    readonly rankOf: (name: string) => number,
    readonly ragged: Ragged,
  ) {
    for (const unit of units) this.#take(unit);
  }

  #take(unit: Unit): void {
    const groups = tieGroups(unit);
    this.#groups.set(unit, groups);
    const byVariable = new Map<string, Use[]>();
    this.byVariable.set(unit, byVariable);
    for (const use of usesOf(unit, this.rankOf, this.ragged)) {
      this.uses.push(use);
      this.classes.know(use);
      push(this.#byNode, use.node, use);
      if (use.shifted)
        push(byVariable, groups.get(use.shifted.variable) ?? use.shifted.variable, use);
    }
  }

  /** All uses of a slot. */
  usesOf(node: string): readonly Use[] {
    return this.#byNode.get(node) ?? [];
  }

  /** All uses of a variable (or of those tied to it) in a unit. */
  usesOfVariable(unit: Unit, group: string): readonly Use[] {
    return this.byVariable.get(unit)?.get(group) ?? [];
  }

  /** The variable that stands for all those tied to one. */
  groupOf(unit: Unit, variable: string): string {
    return this.#groups.get(unit)?.get(variable) ?? variable;
  }

  /** The class argument of a use at a point (`W^(1)`), or `undefined` if the class has none. */
  classPoint(use: {
    readonly node: string;
    readonly args: readonly Formula[];
  }): Formula | undefined {
    const argument = this.classes.argumentOf(use);
    if (argument === undefined) return undefined;
    return tidyIndex(add(argument, number(this.classes.classOf(use.node).offset)));
  }

  /** The range that the author wrote for a variable (or for one tied to it). */
  writtenOf(unit: Unit, group: string): Bounds | undefined {
    const direct = unit.written.get(group);
    if (direct) return direct;
    const groups = this.#groups.get(unit);
    for (const [variable, bounds] of unit.written)
      if (groups?.get(variable) === group) return bounds;
    return undefined;
  }

  /** The first index of a slot: that of its range, or a number below it that the slot is met with. */
  startOf(range: Bounds, node: string): number {
    const own = range.lower.kind === 'number' ? range.lower.value.valueOf() : 1;
    const met = this.usesOf(node).flatMap((use) =>
      use.index.kind === 'number' ? [use.index.value.valueOf()] : [],
    );
    return Math.min(own, ...met);
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
