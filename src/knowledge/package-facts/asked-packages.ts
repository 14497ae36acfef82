/**
 * The packages of manifests that registries can be asked about, each once with the versions in use. Left out are projects of
 * the repository, what comes from a path, a repository or an archive, and what never runs. Names that may be somebody's own
 * are marked: `own-names.ts` says which.
 */
import { packageKey } from "#model/package-key.ts";
import type { Manifest } from "#model/package-manifest.ts";
import { isFoundPublicly, ownNames } from "./own-names.ts";
import type { AskedPackage } from "./source-part.ts";

interface Asking extends AskedPackage {
  readonly versions: string[];
  isDirect: boolean;
  mayBePrivate?: boolean;
}

/** More versions of one package nobody has. */
const mostVersions = 20;

export function askedPackages(manifests: readonly Manifest[]): readonly AskedPackage[] {
  const own = ownNames(manifests);
  const asked = new Map<string, Asking | undefined>();
  for (const { packages } of manifests) {
    for (const { ecosystem, name: written, version, relation, source, registry, providedBy } of packages) {
      if (relation === "root" || relation === "workspace" || source || providedBy !== undefined) continue;
      const name = packageKey(ecosystem, written);
      const key = `${ecosystem}\n${name}`;
      if (!asked.has(key)) {
        const about = { ecosystem, name };
        const isOwn = own.mayBePrivate(about);
        const first = { ...about, versions: [], isDirect: false, ...(isOwn && { mayBePrivate: true }) };
        asked.set(key, own.isProject(about) ? undefined : first);
      }
      const known = asked.get(key);
      if (!known) continue;
      known.isDirect ||= relation === "direct";
      // What comes from there may be known nowhere else.
      if (registry !== undefined && !isFoundPublicly(ecosystem, registry)) known.mayBePrivate = true;
      if (version !== undefined && known.versions.length < mostVersions && !known.versions.includes(version))
        known.versions.push(version);
    }
  }
  return [...asked.values()].flatMap((one) => one ?? []);
}
