/** Random choices that a seed and a number decide, so that every input can be made again. */
import { Seeded } from '../soak/seeded.js';

export class Random {
  private readonly seeded: Seeded;

  constructor(seed: number, place: number, kind: string) {
    let mixed = seed >>> 0;
    for (const part of [place, ...[...kind].map((letter) => letter.charCodeAt(0))])
      mixed = Math.imul(mixed ^ part ^ (mixed >>> 15), 0x9e3779b1) >>> 0;
    this.seeded = new Seeded(mixed);
  }

  /** A whole number from 0, less than `count`. */
  below(count: number): number {
    return Math.floor(this.seeded.next() * count);
  }

  /** A whole number of a range, both ends included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(probability: number): boolean {
    return this.seeded.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** Several results of a call. */
  many<T>(least: number, most: number, make: () => T): T[] {
    return Array.from({ length: this.between(least, most) }, make);
  }
}
