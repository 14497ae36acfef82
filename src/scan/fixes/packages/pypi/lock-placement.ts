/**
 * Where packages of a lock file are installed (`groups`, `markers`) follows from who needs them. This tells what goes when a
 * package goes up, and refuses where what stays might have to say something else.
 */
import type { LockBlock, LockText } from "./lock-blocks.ts";
import { partIn } from "./lock-blocks.ts";
import { asking, goneWithout, type LockGraph } from "./lock-graph.ts";
import { lockedNeeds } from "./poetry-entry.ts";
import type { Surroundings } from "./python-marker.ts";
import { edgesApart, type TwoReleases } from "./raise-locked.ts";

interface Placing {
  readonly lock: LockText;
  readonly block: LockBlock;
  readonly releases: TwoReleases;
  readonly graph: LockGraph;
  readonly where: Surroundings;
}

/** What goes with the old version; a clause is why what stays might have to change as well. */
export function goneIn({ lock, block, releases, graph, where }: Placing): ReadonlySet<string> | string {
  const { key, name, now } = releases;
  const { lost, added } = edgesApart(releases, where);
  const [was, is] = [lockedNeeds(lost, where), lockedNeeds(added, where)];
  if (was.length > 0 && graph.roots.size === 0)
    return `${name} ${now.version} needs less, and what the project asks for is not known`;
  const gone = goneWithout(
    graph,
    key,
    lockedNeeds(now.needs, where).map((need) => need.key),
  );
  const places = (one: LockBlock) =>
    ["category", "optional", "groups", "markers", "marker"].map((part) => partIn(one, part)?.value ?? "").join("\n");
  const all = new Map(lock.blocks.map((one) => [one.key, one]));
  for (const need of [...was, ...is]) {
    const target = all.get(need.key);
    if (!target || gone.has(need.key)) continue;
    // Where it is installed follows from who needs it: the same as the package itself stays the same only if others say so.
    const isAsBefore = is.includes(need) && !hasMarker(target) && need.extras.length === 0 && isIn(block, target);
    const isKept = was.includes(need) && isKeptBy(graph, { key, target, blocks: all, places });
    const isStill = now.needs.some((one) => one.key === need.key && !one.marker) && !hasMarker(target);
    if (!isAsBefore && !isKept && !(was.includes(need) && isStill))
      return `${name} ${now.version} needs ${need.name} under other conditions`;
  }
  for (const one of gone)
    for (const edge of graph.edges.get(one) ?? []) {
      const target = all.get(edge.to);
      if (target && !gone.has(edge.to) && !isKeptBy(graph, { key: one, target, blocks: all, places, gone }))
        return `${one} is needed no more, and where ${target.name} is installed would follow from that`;
    }
  return gone;
}

/** The groups of the package are among those of what it needs. */
function isIn(block: LockBlock, target: LockBlock): boolean {
  const wordsOf = (one: LockBlock) => [
    ...(partIn(one, "groups")?.value.match(/"[^"]*"/g) ?? []),
    ...(partIn(one, "category")?.value.match(/"[^"]*"/g) ?? []),
  ];
  const there = new Set(wordsOf(target));
  const isOptional = (one: LockBlock) => partIn(one, "optional")?.value === "true";
  return wordsOf(block).every((word) => there.has(word)) && (!isOptional(target) || isOptional(block));
}

/** By the project, or by somebody else who is wherever it is. */
function isKeptBy(
  graph: LockGraph,
  {
    key,
    target,
    blocks,
    places,
    gone,
  }: {
    readonly key: string;
    readonly target: LockBlock;
    readonly blocks: ReadonlyMap<string, LockBlock>;
    readonly places: (block: LockBlock) => string;
    readonly gone?: ReadonlySet<string>;
  },
): boolean {
  if (hasMarker(target)) return false;
  return asking(graph, target.key).some((edge) => {
    const other = blocks.get(edge.from);
    if (edge.from === key || gone?.has(edge.from) || edge.isConditional || !other) return false;
    return places(other) === places(target);
  });
}

function hasMarker(block: LockBlock): boolean {
  return partIn(block, "markers") !== undefined || partIn(block, "marker") !== undefined;
}
