/** What a machine met at the sites of formulas: the numbers whose difference decides a branch. */
import type { CallFormula } from '../expression/formula.js';
import { type Branching, contextOf, placeOf, type Side, sitesAt } from './sites.js';
import type { Node, Tape } from './tape.js';

/** Two compared numbers of one site, in the order in which the key of the site means them. */
export interface Meeting {
  readonly above: Node;
  readonly below: Node;
}

/** Meetings kept for one site of one machine; of more the first ones. */
const MOST_MEETINGS = 64;

interface Met {
  readonly meetings: Meeting[];
  readonly sides: Set<Side>;
}

export class Branches {
  private readonly met = new Map<string, Met>();
  /** The calls of defined functions that are being worked out. */
  private context = '';

  constructor(private readonly tape: Tape) {}

  /** Takes down the numbers that were compared at the sites of a part, in their order. */
  meet(part: Branching, compared: readonly (readonly [Node, Node])[]): void {
    for (const [position, site] of sitesAt(part).entries()) {
      const [left, right] = compared[position] as readonly [Node, Node];
      const place = placeOf(this.context, site);
      let met = this.met.get(place);
      if (!met) {
        met = { meetings: [], sides: new Set() };
        this.met.set(place, met);
      }
      const difference = site.orientation * (this.tape.value(left) - this.tape.value(right));
      if (difference > 0) met.sides.add(1);
      else if (difference < 0) met.sides.add(-1);
      if (met.meetings.length < MOST_MEETINGS)
        met.meetings.push(
          site.orientation === 1 ? { above: left, below: right } : { above: right, below: left },
        );
    }
  }

  /** What was met at a site. */
  at(place: string): readonly Meeting[] {
    return this.met.get(place)?.meetings ?? [];
  }

  /** Whether a site was met on that side of its key. */
  has(place: string, side: Side): boolean {
    return this.met.get(place)?.sides.has(side) ?? false;
  }

  /** Does work inside a call of a defined function, whose sites are its own. */
  inside<T>(call: CallFormula, work: () => T): T {
    return this.within(contextOf(this.context, call), work);
  }

  /** Does work outside of all calls: the definition of an entry. */
  outside<T>(work: () => T): T {
    return this.within('', work);
  }

  private within<T>(context: string, work: () => T): T {
    const before = this.context;
    this.context = context;
    try {
      return work();
    } finally {
      this.context = before;
    }
  }
}
