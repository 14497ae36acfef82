/**
 * The packages of manifests that registries can be asked about, each once with all versions in use. Left out is what has a
 * name of its own: projects, members of workspaces, what comes from a path, a repository or an archive, and what never runs.
 */
import { packageKey } from "#model/package-key.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { AskedPackage } from "./source-part.ts";

interface Asking extends AskedPackage {
  readonly versions: string[];
  isDirect: boolean;
}

export function askablePackages(manifests: readonly Manifest[]): readonly AskedPackage[] {
  const own = new Set(manifests.flatMap(ownNames));
  const asked = new Map<string, Asking>();
  for (const { packages } of manifests) {
    for (const { ecosystem, name: written, version, relation, source, providedBy } of packages) {
      if (relation === "root" || relation === "workspace" || source || providedBy !== undefined) continue;
      const name = packageKey(ecosystem, written);
      const key = `${ecosystem}\n${name}`;
      if (own.has(key)) continue;
      const known = asked.get(key) ?? { ecosystem, name, versions: [], isDirect: false };
      asked.set(key, known);
      known.isDirect ||= relation === "direct";
      if (version !== undefined && known.versions.length < most && !known.versions.includes(version))
        known.versions.push(version);
    }
  }
  return [...asked.values()];
}

const most = 20;

/** A project of the repository may be named like a package where another uses it. */
function ownNames({ ecosystem, root, packages }: Manifest): readonly string[] {
  const members = packages.filter(({ relation }) => relation === "root" || relation === "workspace");
  return [
    ...(root ? [`${ecosystem}\n${packageKey(ecosystem, root.name)}`] : []),
    ...members.map((one) => `${one.ecosystem}\n${packageKey(one.ecosystem, one.name)}`),
  ];
}
