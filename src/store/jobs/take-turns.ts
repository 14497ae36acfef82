/** Shares free places among groups: the one with the fewest running jobs first, then the one served longest ago. */

export interface GroupTurn {
  readonly group: string;
  /** Jobs of it that run here now. */
  readonly running: number;
  /** When it was last given a place, as a number that grows; 0 = never. */
  readonly served: number;
}

/** How many places each group gets. One gets more than one only when all others had their turn or are full. */
export function takeTurns(groups: readonly GroupTurn[], places: number, perGroup: number): ReadonlyMap<string, number> {
  const given = new Map<string, number>();
  const load = (turn: GroupTurn): number => turn.running + (given.get(turn.group) ?? 0);
  // Among equals the earlier in this order wins.
  const candidates = [...groups].sort((a, b) => a.served - b.served);
  for (let place = 0; place < places; place += 1) {
    let next: GroupTurn | undefined;
    for (const turn of candidates) {
      if (load(turn) < perGroup && (next === undefined || load(turn) < load(next))) next = turn;
    }
    if (!next) break;
    given.set(next.group, (given.get(next.group) ?? 0) + 1);
  }
  return given;
}
