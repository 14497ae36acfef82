/**
 * Names that may be the organization's own and are asked for from a registry: those of the repository's own projects, and those
 * that begin like them. Whoever publishes one of them publicly waits for a build that looks in the wrong place.
 */
import type { Ecosystem } from "#model/ecosystem.ts";
import { nameBeginning } from "#model/name-beginning.ts";
import { packageKey } from "#model/package-key.ts";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";

/** By ecosystem, each as it is written first, in order. */
export type NamesAtStake = ReadonlyMap<Ecosystem, readonly string[]>;

export function namesAtStake(manifests: readonly Manifest[]): NamesAtStake {
  const projects = new Map<Ecosystem, Set<string>>();
  for (const { ecosystem, root, packages } of manifests) {
    if (root) addOwn(projects, ecosystem, root.name);
    for (const use of packages) if (isOwn(use)) addOwn(projects, use.ecosystem, use.name);
  }
  const found = new Map<Ecosystem, Map<string, string>>();
  for (const { packages } of manifests) {
    for (const use of packages) {
      const { ecosystem, name } = use;
      const own = projects.get(ecosystem);
      if (!own || use.source || use.providedBy !== undefined || isOwn(use)) continue;
      const key = packageKey(ecosystem, name);
      const beginning = nameBeginning(ecosystem, key);
      if (!own.has(key) && !(beginning !== undefined && own.has(beginning))) continue;
      const names = found.get(ecosystem) ?? new Map<string, string>();
      if (!names.has(key)) found.set(ecosystem, names.set(key, name));
    }
  }
  return new Map([...found].map(([ecosystem, names]) => [ecosystem, [...names.values()].sort()]));
}

function isOwn({ relation }: PackageUse): boolean {
  return relation === "root" || relation === "workspace";
}

/** The name and what it begins with: no name is like a beginning, which ends in a mark. */
function addOwn(projects: Map<Ecosystem, Set<string>>, ecosystem: Ecosystem, name: string): void {
  const own = projects.get(ecosystem) ?? new Set();
  projects.set(ecosystem, own);
  const key = packageKey(ecosystem, name);
  own.add(key);
  const beginning = nameBeginning(ecosystem, key);
  if (beginning !== undefined) own.add(beginning);
}
