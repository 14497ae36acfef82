/** Joins what several sources say about a package. The first that knows a fact counts: registries stand before others. */
import type { PackageFacts, VersionFacts } from "#model/package-facts.ts";
import type { PackageName, PartFacts, SourcePart } from "./source-part.ts";

export function mergeFacts({ ecosystem, name }: PackageName, parts: readonly SourcePart[]): PackageFacts | undefined {
  const known = parts.flatMap(({ source, checked, facts }) => (facts ? [{ source, checked, facts }] : []));
  const [first] = known;
  if (!first) return undefined;
  const all = known.map(({ facts }) => facts);
  return {
    ecosystem,
    name,
    source: known.map(({ source }) => source).join(", "),
    // The oldest of them: nothing is newer than it says.
    asOf: known.reduce((oldest, { checked }) => (checked < oldest ? checked : oldest), first.checked),
    ...filled(all),
    versions: mergeVersions(all.map(({ versions }) => versions)),
  };
}

function filled(all: readonly PartFacts[]): PartFacts {
  const joined: PartFacts = Object.assign({}, ...all.toReversed());
  // That one source has no link to a repository does not mean that another has none.
  const repository = all.map((facts) => facts.repository).find(Boolean) ?? joined.repository;
  return { ...joined, ...(repository !== undefined && { repository }) };
}

function mergeVersions(lists: readonly PartFacts["versions"][]): readonly VersionFacts[] {
  if (lists.length === 1) return lists[0] ?? [];
  const merged = new Map<string, VersionFacts>();
  for (const list of lists) {
    for (const one of list) {
      const known = merged.get(one.version);
      merged.set(one.version, known ? { ...one, ...known } : one);
    }
  }
  return [...merged.values()];
}
