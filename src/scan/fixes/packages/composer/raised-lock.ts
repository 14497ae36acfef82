/**
 * Whether a package of a composer.lock may be raised alone: everybody who asks for it takes the new version, what that asks for is
 * there, nobody is in conflict with it, and nothing would be left over.
 */
import { type JsonObject, objectOf, wordOf } from "../../../packages/reading/json-fields.ts";
import { lowestOf, satisfies } from "../../../packages/versions.ts";

export interface LockedPackage {
  readonly name: string;
  readonly isDevelopment: boolean;
  readonly entry: JsonObject;
}

export interface ComposerWorld {
  readonly packages: readonly LockedPackage[];
  /** The project's file. */
  readonly project: JsonObject;
  /** `platform-overrides` of the lock file. */
  readonly platform: JsonObject;
}

/** A clause is why not. */
export function troubleRaising(world: ComposerWorld, old: LockedPackage, next: JsonObject): string | undefined {
  const { packages, project } = world;
  const { name } = old;
  const version = String(next.version);
  for (const { name: by, entry } of [...packages, { name: "the project", entry: project }]) {
    const range = by === name || by === "the project" ? undefined : linkIn(entry, "require", name);
    if (range !== undefined && !takes(version, range)) return `${by} asks for ${name} ${range}`;
    const conflict = linkIn(entry, "conflict", name);
    if (by !== name && conflict !== undefined && satisfies("Packagist", version, conflict) !== false)
      return `${by} may be in conflict with ${name} ${version}`;
  }
  for (const key of ["replace", "provide"])
    if (JSON.stringify(Object.keys(linksIn(next, key))) !== JSON.stringify(Object.keys(linksIn(old.entry, key))))
      return `${name} ${version} stands in for other packages than before`;
  return missingIn(world, old, next) ?? conflictIn(world, next) ?? leftOver(world, old, next);
}

function linksIn(entry: JsonObject, key: string): JsonObject {
  return objectOf(entry[key]) ?? {};
}

function linkIn(entry: JsonObject, key: string, name: string): string | undefined {
  const links = linksIn(entry, key);
  return Object.hasOwn(links, name) ? (wordOf(links[name]) ?? "") : undefined;
}

function takes(version: string, range: string): boolean {
  return satisfies("Packagist", version, range) === true;
}

function missingIn(world: ComposerWorld, old: LockedPackage, next: JsonObject): string | undefined {
  const asks = `${old.name} ${String(next.version)} asks for`;
  for (const [name, written] of Object.entries(linksIn(next, "require"))) {
    const range = wordOf(written) ?? "";
    if (linkIn(old.entry, "require", name) === range) continue;
    if (!name.includes("/")) {
      if (!isOnPlatform(world, name, range)) return `${asks} ${name} ${range}`;
      continue;
    }
    const locked = world.packages.find((one) => one.name === name);
    if (!locked) return `${asks} ${name} ${range}, which the lock file does not have`;
    const version = String(locked.entry.version);
    if (!takes(version, range)) return `${asks} ${name} ${range}, and the lock file has ${version}`;
    if (locked.isDevelopment && !old.isDevelopment) return `${asks} ${name}, which is there for development only`;
  }
  return undefined;
}

/** PHP itself: the version that is set, or the oldest one that the project runs on where newer ones will do as well. */
function isOnPlatform({ platform, project }: ComposerWorld, name: string, range: string): boolean {
  const set = wordOf(platform[name]);
  if (set !== undefined) return takes(set, range);
  const own = linkIn(project, "require", name);
  if (own === range) return true;
  const lowest = own === undefined ? undefined : lowestOf("Packagist", own);
  return name === "php" && /^>=\s*[\d.]+$/.test(range) && lowest !== undefined && takes(lowest, range);
}

function conflictIn({ packages }: ComposerWorld, next: JsonObject): string | undefined {
  for (const { name, entry } of packages) {
    const range = name === next.name ? undefined : linkIn(next, "conflict", name);
    if (range !== undefined && satisfies("Packagist", String(entry.version), range) !== false)
      return `${String(next.name)} ${String(next.version)} may be in conflict with ${name} ${String(entry.version)}`;
  }
  return undefined;
}

/** What is needed, and what for development only, must stay the same. */
function leftOver({ packages, project }: ComposerWorld, old: LockedPackage, next: JsonObject): string | undefined {
  const byName = new Map<string, LockedPackage>();
  for (const one of packages)
    for (const name of [
      one.name,
      ...Object.keys(linksIn(one.entry, "replace")),
      ...Object.keys(linksIn(one.entry, "provide")),
    ])
      if (!byName.has(name) || name === one.name) byName.set(name, one);
  const reach = (sections: readonly string[], entryOf: (one: LockedPackage) => JsonObject) => {
    const reached = new Set<LockedPackage>();
    const add = (links: JsonObject) => {
      for (const name of Object.keys(links)) {
        const found = byName.get(name);
        if (found) reached.add(found);
      }
    };
    for (const section of sections) add(linksIn(project, section));
    for (const one of reached) add(linksIn(entryOf(one), "require"));
    return reached;
  };
  for (const sections of [["require"], ["require", "require-dev"]]) {
    const before = reach(sections, ({ entry }) => entry);
    const after = reach(sections, (one) => (one === old ? next : one.entry));
    const changed = packages.find((one) => before.has(one) !== after.has(one));
    if (changed) return `${changed.name} would be needed in another way than before`;
  }
  return undefined;
}
