/** What a unit depends on, in the form that the store keeps. */
import { packageKey } from "#model/package-key.ts";
import type { Manifest } from "#model/package-manifest.ts";
import { purlOf } from "#scan/packages/purl.ts";
import type { PlannedUnit } from "#scan/plan-units.ts";
import type { StoredPackage, UnitManifests } from "#store/packages/manifests.ts";
import type { UnitPackages } from "../scan-tree/scan-units.ts";

export function unitManifests({ unit, manifests, hasGaps }: UnitPackages): UnitManifests {
  return {
    unit: nameOfUnit(unit),
    manifests,
    packages: manifests.flatMap(packagesOf),
    hasGaps,
  };
}

export function nameOfUnit({ unit }: PlannedUnit): string {
  return `${unit.language}:${unit.root}`;
}

function packagesOf({ path: manifest, packages }: Manifest): readonly StoredPackage[] {
  return packages.map(({ ecosystem, name, version = "", relation, isDevelopment, licenses = [], at }) => ({
    manifest,
    ecosystem,
    key: packageKey(ecosystem, name),
    name,
    version,
    purl: purlOf({ ecosystem, name, ...(version !== "" && { version }) }),
    relation,
    isDevelopment,
    licenses,
    path: at.path,
    line: at.startLine,
  }));
}
