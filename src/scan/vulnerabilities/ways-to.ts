/** How packages come into a project: the shortest way from a direct dependency, found by one walk over the graph. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";

/** Positions from the direct dependency to the package, both included; undefined if no way is known. */
export type WaysTo = (position: number) => readonly number[] | undefined;

/** Graphs of files that somebody wrote: with circles, with positions that are none. */
export function waysTo({ packages }: Manifest): WaysTo {
  let cameFrom: Int32Array | undefined;
  return (position) => {
    cameFrom ??= walk(packages);
    if (!(position in cameFrom) || cameFrom[position] === unreached) return undefined;
    const way: number[] = [];
    for (let at = position; at >= 0; at = cameFrom[at] as number) way.push(at);
    return way.reverse();
  };
}

const start = -1;
const unreached = -2;

function walk(packages: readonly PackageUse[]): Int32Array {
  const cameFrom = new Int32Array(packages.length).fill(unreached);
  const open: number[] = [];
  for (const [position, { relation }] of packages.entries()) {
    if (relation !== "direct") continue;
    cameFrom[position] = start;
    open.push(position);
  }
  for (const position of open) {
    for (const next of packages[position]?.dependsOn ?? []) {
      // A member of the workspace asks by itself.
      if (cameFrom[next] !== unreached || isOwn(packages[next])) continue;
      cameFrom[next] = position;
      open.push(next);
    }
  }
  return cameFrom;
}

function isOwn(use: PackageUse | undefined): boolean {
  return use?.relation === "root" || use?.relation === "workspace";
}

const longest = 20;

/** As `name@version`; a very long way without its middle. */
export function wordsOfWay({ packages }: Manifest, way: readonly number[]): readonly string[] {
  const words = (positions: readonly number[]) =>
    positions.flatMap((position) => {
      const use = packages[position];
      return use ? [use.version === undefined ? use.name : `${use.name}@${use.version}`] : [];
    });
  if (way.length <= longest) return words(way);
  return [...words(way.slice(0, longest / 2)), "...", ...words(way.slice(-longest / 2))];
}
