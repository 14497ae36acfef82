/**
 * What the new version of a package brings into a lock file. The old version's entry is held against what the registry tells
 * of it: where the two differ, the rules that hold there are not known.
 */
import type { FixKnowledge, FrameworkDependencies } from "#model/fix-plan.ts";
import {
  aspNetCoreApp,
  frameworkProviding,
  netCoreApp,
  windowsDesktopApp,
} from "../../../packages/readers/nuget/framework-packages.ts";
import { targetFrameworkOf } from "../../../packages/readers/nuget/target-framework.ts";
import { nearestDependencies } from "./nearest-framework.ts";
import type { LockEntry, LockSection } from "./nuget-lock.ts";
import { nugetRange, shortRange } from "./nuget-range.ts";

export interface NugetFacts {
  readonly integrity: string;
  readonly frameworks: readonly FrameworkDependencies[];
  readonly publishedOf: FixKnowledge["publishedOf"];
}

type Ranges = Readonly<Record<string, string>>;

const contentHash = /^[A-Za-z0-9+/]{86}==$/;

/** A clause is why not. */
export function nugetFactsOf({ publishedOf }: FixKnowledge, name: string, to: string): NugetFacts | string {
  const { integrity, frameworks } = publishedOf("NuGet", name, to) ?? {};
  if (integrity === undefined || !contentHash.test(integrity) || !frameworks)
    return `the content hash of ${name} ${to} and what it depends on are not known here`;
  return { integrity, frameworks, publishedOf };
}

/** As the section would have them; a clause is why they are not known. */
export function dependenciesOf(
  { framework, entries }: LockSection,
  old: LockEntry | undefined,
  { name, to, frameworks, publishedOf }: NugetFacts & { readonly name: string; readonly to: string },
): Ranges | string {
  const now = rangesFor(frameworks, framework);
  if (!now) return `what ${name} ${to} depends on for ${framework} cannot be told here`;
  const pruned = old ? prunedIn(old, framework, publishedOf) : new Map<string, string>();
  if (typeof pruned === "string") return pruned;
  const isPruned = ([needed, range]: readonly [string, string]) =>
    !entries.has(needed.toLowerCase()) &&
    pruned.has(needed.toLowerCase()) &&
    (pruned.get(needed.toLowerCase()) === range || isProvided(framework, needed, range));
  return Object.fromEntries(Object.entries(now).filter((pair) => !isPruned(pair)));
}

/** In NuGet's own words and order. */
function rangesFor(frameworks: readonly FrameworkDependencies[], framework: string): Ranges | undefined {
  const nearest = nearestDependencies(frameworks, framework);
  const pairs = Object.entries(nearest ?? {}).map(([name, range]) => [name, nugetRange(range)] as const);
  if (!nearest || pairs.some(([, range]) => !range)) return undefined;
  return Object.fromEntries(
    pairs
      .flatMap(([name, range]) => (range ? [[name, shortRange(range)] as const] : []))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** What the old version asks for too, and NuGet left out because the framework has it: range by lower-case name. */
function prunedIn(
  { name, resolved = "", contentHash: hash, dependencies }: LockEntry,
  framework: string,
  publishedOf: FixKnowledge["publishedOf"],
): ReadonlyMap<string, string> | string {
  const published = publishedOf("NuGet", name, resolved);
  if (!published?.frameworks) return new Map();
  if (published.integrity !== undefined && hash !== undefined && published.integrity !== hash)
    return `the registry has another content of ${name} ${resolved} than it`;
  const told = rangesFor(published.frameworks, framework);
  const isTold = told && Object.entries(dependencies).every(([needed, range]) => told[needed] === range);
  if (!isTold) return `for ${framework} it has other dependencies of ${name} ${resolved} than the registry tells`;
  return new Map(
    Object.entries(told).flatMap(([needed, range]) =>
      Object.hasOwn(dependencies, needed) ? [] : [[needed.toLowerCase(), range] as const],
    ),
  );
}

function isProvided(framework: string, name: string, range: string): boolean {
  const low = nugetRange(range)?.low;
  const shared = [netCoreApp, aspNetCoreApp, windowsDesktopApp];
  return low !== undefined && frameworkProviding(targetFrameworkOf(framework), shared, name, low) !== undefined;
}
