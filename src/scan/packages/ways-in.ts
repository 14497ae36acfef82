/** How packages come into a project: the shortest way from a direct dependency, found by one walk over the graph. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";

interface Way {
  /** Position of the direct dependency. */
  readonly origin: number;
  /** From the direct dependency to the package, `name@version` each; a very long way without its middle. */
  readonly words: readonly string[];
}

/** Undefined if no way is known. */
export type WayTo = (position: number) => Way | undefined;

const longest = 20;

/** Graphs are what somebody wrote: with circles, with positions that are none. Nothing is walked until it is asked for. */
export function waysIn({ packages }: Manifest): WayTo {
  let walked: Walked | undefined;
  return (position) => {
    walked ??= walk(packages);
    const { cameFrom, origins } = walked;
    const origin = origins[position];
    if (origin === undefined || origin < 0) return undefined;
    const way: number[] = [];
    for (let at = position; at >= 0 && way.length < longest; at = cameFrom[at] as number) way.push(at);
    const words = way.reverse().flatMap((at) => wordOf(packages[at]));
    return { origin, words: way[0] === origin ? words : [...wordOf(packages[origin]), "...", ...words.slice(2)] };
  };
}

function wordOf(use: PackageUse | undefined): readonly string[] {
  if (!use) return [];
  return [use.version === undefined ? use.name : `${use.name}@${use.version}`];
}

interface Walked {
  /** The position before; of direct dependencies none. */
  readonly cameFrom: Int32Array;
  readonly origins: Int32Array;
}

const none = -1;

function walk(packages: readonly PackageUse[]): Walked {
  const cameFrom = new Int32Array(packages.length).fill(none);
  const origins = new Int32Array(packages.length).fill(none);
  const open: number[] = [];
  for (let position = 0; position < packages.length; position++) {
    if (packages[position]?.relation !== "direct") continue;
    origins[position] = position;
    open.push(position);
  }
  for (const position of open) {
    for (const next of packages[position]?.dependsOn ?? []) {
      // A member of the workspace asks by itself.
      if (origins[next] !== none || isOwn(packages[next])) continue;
      cameFrom[next] = position;
      origins[next] = origins[position] as number;
      open.push(next);
    }
  }
  return { cameFrom, origins };
}

function isOwn(use: PackageUse | undefined): boolean {
  return use?.relation === "root" || use?.relation === "workspace";
}
