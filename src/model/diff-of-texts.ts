/** What changed between two versions of a text, as hunks that people read. Bounded: where too much changed, it is one hunk. */
import type { DiffLine, Hunk } from "./diff-of-fix.ts";

const linesAround = 3;
/** Lines that differ before the shortest way is not looked for any more. */
const mostDifferent = 1_000;

type Step = readonly ["same" | "removed" | "added", number];

/** `shown`: the same texts as people may see them, line by line. */
export function diffOfTexts(
  path: string,
  before: string,
  after: string,
  shown: { readonly before: string; readonly after: string } = { before, after },
): readonly Hunk[] {
  const old = linesOf(before);
  const now = linesOf(after);
  let head = 0;
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const middle = stepsOf(old.slice(head, old.length - tail), now.slice(head, now.length - tail));
  const steps: Step[] = [
    ...Array.from({ length: head }, (_, index): Step => ["same", index]),
    ...middle.map(([is, index]): Step => [is, index + head]),
    ...Array.from({ length: tail }, (_, index): Step => ["same", old.length - tail + index]),
  ];
  return hunksOf(path, steps, { old: linesOf(shown.before), now: linesOf(shown.after) });
}

/** The byte order mark and the kind of line end are no text that people read. */
function linesOf(text: string): readonly string[] {
  return text
    .replace(/^\ufeff/, "")
    .split("\n")
    .map((line) => line.replace(/\r$/, ""));
}

/** The longest common subsequence, by Myers' greedy way; an index is of the side that the step is on. */
function stepsOf(old: readonly string[], now: readonly string[]): readonly Step[] {
  const limit = Math.min(old.length + now.length, mostDifferent);
  const reach = new Map<number, number>([[1, 0]]);
  const trace: ReadonlyMap<number, number>[] = [];
  for (let distance = 0; distance <= limit; distance++) {
    trace.push(new Map([...reach].filter(([diagonal]) => Math.abs(diagonal) <= distance + 1)));
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      let x = nextX(reach, diagonal, distance);
      while (x < old.length && x - diagonal < now.length && old[x] === now[x - diagonal]) x++;
      reach.set(diagonal, x);
      if (x >= old.length && x - diagonal >= now.length) return backtrack(trace, old.length, now.length);
    }
  }
  return [...old.map((_, index): Step => ["removed", index]), ...now.map((_, index): Step => ["added", index])];
}

function nextX(reach: ReadonlyMap<number, number>, diagonal: number, distance: number): number {
  const down = reach.get(diagonal + 1) ?? -1;
  const right = reach.get(diagonal - 1) ?? -1;
  return diagonal === -distance || (diagonal !== distance && right < down) ? down : right + 1;
}

function backtrack(
  trace: readonly ReadonlyMap<number, number>[],
  oldLength: number,
  newLength: number,
): readonly Step[] {
  const steps: Step[] = [];
  let [x, y] = [oldLength, newLength];
  for (let distance = trace.length - 1; distance >= 0; distance--) {
    const reach = trace[distance] ?? new Map<number, number>();
    const diagonal = x - y;
    const isDown =
      diagonal === -distance ||
      (diagonal !== distance && (reach.get(diagonal - 1) ?? -1) < (reach.get(diagonal + 1) ?? -1));
    const before = isDown ? diagonal + 1 : diagonal - 1;
    const fromX = reach.get(before) ?? 0;
    const fromY = fromX - before;
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      x--;
      y--;
      steps.push(["same", x]);
    }
    if (distance === 0) break;
    if (isDown) steps.push(["added", --y]);
    else steps.push(["removed", --x]);
  }
  return steps.reverse();
}

function hunksOf(
  path: string,
  steps: readonly Step[],
  { old, now }: { readonly old: readonly string[]; readonly now: readonly string[] },
): readonly Hunk[] {
  const shown = new Set<number>();
  steps.forEach(([is], index) => {
    if (is === "same") return;
    for (let near = index - linesAround; near <= index + linesAround; near++) shown.add(near);
  });
  const hunks: DiffLine[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  steps.forEach(([is, index], at) => {
    if (!shown.has(at)) return;
    if (at !== last + 1) hunks.push([]);
    last = at;
    const text = (is === "added" ? now[index] : old[index]) ?? "";
    // What comes after the last newline is no line.
    if (text === "" && at === steps.length - 1) return;
    hunks.at(-1)?.push(is === "added" ? { is, text } : { is, number: index + 1, text });
  });
  return hunks.filter((lines) => lines.length > 0).map((lines) => ({ path, lines }));
}
