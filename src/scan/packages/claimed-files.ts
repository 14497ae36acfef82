/**
 * Files that others complete themselves with, and that are therefore read with those: every one that a file outside its own
 * circle reaches, and of files that name each other all but the first. Linear, because thousands of files may name each other;
 * files are numbers here, because they may do so a million times.
 */

/** Which files complete each one: positions in the list of paths. */
export type Completing = (file: number) => readonly number[];

/** By position, 1 for each that is claimed. */
export function claimedFiles(paths: readonly string[], roots: readonly number[], completing: Completing): Uint8Array {
  const circles = circlesOf(paths.length, roots, completing);
  const circleOf = new Int32Array(paths.length).fill(none);
  for (const [number, circle] of circles.entries()) for (const file of circle) circleOf[file] = number;
  const readable = new Uint8Array(paths.length);
  for (const root of roots) readable[root] = 1;
  /** Circles that a root outside of them reaches. */
  const reached = new Uint8Array(circles.length);
  const claimed = new Uint8Array(paths.length);
  // Found from the end of every way: those that reach a circle come after it.
  for (let number = circles.length - 1; number >= 0; number--) {
    const circle = circles[number] ?? [];
    const own = circle.filter((file) => readable[file] === 1);
    const first = own.reduce((least, file) => (isBefore(paths, file, least) ? file : least), own[0] ?? none);
    for (const file of own) if (reached[number] === 1 || file !== first) claimed[file] = 1;
    if (own.length === 0 && reached[number] !== 1) continue;
    for (const file of circle) {
      for (const other of completing(file)) {
        const its = circleOf[other] ?? none;
        if (its !== number && its !== none) reached[its] = 1;
      }
    }
  }
  return claimed;
}

const none = -1;

function isBefore(paths: readonly string[], a: number, b: number): boolean {
  return (paths[a] ?? "") < (paths[b] ?? "");
}

interface Visit {
  readonly file: number;
  readonly others: readonly number[];
  next: number;
}

/** Tarjan's strongly connected components, without recursion: ways may be as long as there are files. */
function circlesOf(count: number, roots: readonly number[], completing: Completing): readonly (readonly number[])[] {
  const circles: number[][] = [];
  const order = new Int32Array(count).fill(none);
  const lowest = new Int32Array(count);
  const isWaiting = new Uint8Array(count);
  const waiting: number[] = [];
  const visits: Visit[] = [];
  let entered = 0;
  const enter = (file: number) => {
    order[file] = entered;
    lowest[file] = entered++;
    waiting.push(file);
    isWaiting[file] = 1;
    visits.push({ file, others: completing(file), next: 0 });
  };
  const lower = (file: number, to: number) => {
    if (to < (lowest[file] ?? 0)) lowest[file] = to;
  };
  const leave = (file: number) => {
    const low = lowest[file] ?? 0;
    const above = visits.at(-1);
    if (above) lower(above.file, low);
    if (low !== order[file]) return;
    const circle = waiting.splice(waiting.lastIndexOf(file));
    for (const one of circle) isWaiting[one] = 0;
    circles.push(circle);
  };
  for (const root of roots) {
    if (order[root] === none) enter(root);
    for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
      const other = visit.others[visit.next++];
      if (other === undefined) {
        visits.pop();
        leave(visit.file);
      } else if (order[other] === none) enter(other);
      else if (isWaiting[other] === 1) lower(visit.file, order[other] ?? 0);
    }
  }
  return circles;
}
