/**
 * Files that others complete themselves with, and that are therefore read with those: every one that a file outside its own
 * circle reaches, and of files that name each other all but the first. Linear, because thousands of files may name each other.
 */

export function claimedFiles(roots: readonly string[], completing: (path: string) => readonly string[]): Set<string> {
  const circles = circlesOf(roots, completing);
  const circleOf = new Map(circles.flatMap((circle) => circle.map((path) => [path, circle] as const)));
  const readable = new Set(roots);
  /** Circles that a root outside of them reaches. */
  const reached = new Set<readonly string[]>();
  const claimed = new Set<string>();
  // Found from the end of every way: those that reach a circle come after it.
  for (const circle of circles.reverse()) {
    const own = circle.filter((path) => readable.has(path));
    const first = own.reduce((least, path) => (path < least ? path : least), own[0] ?? "");
    for (const path of own) if (reached.has(circle) || path !== first) claimed.add(path);
    if (own.length === 0 && !reached.has(circle)) continue;
    for (const other of circle.flatMap(completing)) {
      const its = circleOf.get(other);
      if (its && its !== circle) reached.add(its);
    }
  }
  return claimed;
}

interface Visit {
  readonly path: string;
  readonly others: readonly string[];
  next: number;
}

/** Tarjan's strongly connected components, without recursion: ways may be as long as there are files. */
function circlesOf(roots: readonly string[], completing: (path: string) => readonly string[]): string[][] {
  const circles: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const waiting: string[] = [];
  const isWaiting = new Set<string>();
  const visits: Visit[] = [];
  const enter = (path: string) => {
    lowest.set(path, order.size);
    order.set(path, order.size);
    waiting.push(path);
    isWaiting.add(path);
    visits.push({ path, others: completing(path), next: 0 });
  };
  const lower = (path: string, to: number) => lowest.set(path, Math.min(lowest.get(path) ?? to, to));
  const leave = (path: string) => {
    const low = lowest.get(path) ?? 0;
    const above = visits.at(-1);
    if (above) lower(above.path, low);
    if (low !== order.get(path)) return;
    const circle = waiting.splice(waiting.lastIndexOf(path));
    for (const one of circle) isWaiting.delete(one);
    circles.push(circle);
  };
  for (const root of roots) {
    if (!order.has(root)) enter(root);
    for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
      const other = visit.others[visit.next++];
      if (other === undefined) {
        visits.pop();
        leave(visit.path);
      } else if (!order.has(other)) enter(other);
      else if (isWaiting.has(other)) lower(visit.path, order.get(other) ?? 0);
    }
  }
  return circles;
}
