/**
 * Makes one bill of many manifests: a package that several name is one part with several places, unless what they say
 * about it differs (hash, licence, source); then each stands for itself. Never throws, and takes linear time.
 */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { purlOf } from "../packages/purl.ts";
import { type BillOfMaterials, subjectReference } from "./bill-of-materials.ts";
import { partOf, type Sighting } from "./bill-part.ts";
import { type DeclaredLicenses, declaredLicenses } from "./declared-licenses.ts";
import { hashesOf } from "./integrity-hashes.ts";
import { inOrder } from "./plain-text.ts";
import { shownAddress } from "./source-address.ts";

export function mergeManifests(given: readonly Manifest[]): BillOfMaterials {
  const manifests = given.toSorted((a, b) => inOrder(a.path, b.path) || inOrder(a.format, b.format));
  const groups = groupsOf(manifests);
  const references = new Map<PackageUse, string>();
  for (const [reference, sightings] of groups) for (const { use } of sightings) references.set(use, reference);
  const wanted = ({ manifest }: Sighting, position: number): string | undefined => {
    const target = manifest.packages[position];
    return target?.relation === "root" ? subjectReference : target && references.get(target);
  };
  const parts = [...groups].map(([reference, sightings]) => partOf(reference, sightings, wanted));
  return {
    parts: parts.sort((a, b) => inOrder(a.reference, b.reference)),
    asked: askedIn(manifests, references),
    isComplete: manifests.every(
      ({ isLocked, packages }) => isLocked && packages.every(({ relation }) => relation !== "unknown"),
    ),
  };
}

function askedIn(manifests: readonly Manifest[], references: ReadonlyMap<PackageUse, string>): readonly string[] {
  const asked = new Set<string>();
  for (const { packages } of manifests) {
    for (const use of packages) {
      if (use.relation === "direct" || use.relation === "workspace") asked.add(references.get(use) ?? "");
      if (use.relation !== "root") continue;
      for (const position of use.dependsOn ?? []) {
        const target = packages[position];
        if (target) asked.add(references.get(target) ?? "");
      }
    }
  }
  asked.delete("");
  return [...asked].sort(inOrder);
}

/** What is one part, by the part's reference. */
function groupsOf(manifests: readonly Manifest[]): ReadonlyMap<string, readonly Sighting[]> {
  const byPurl = new Map<string, Sighting[]>();
  const licensesOf = licenseReader();
  for (const manifest of manifests) {
    for (const use of manifest.packages) {
      if (use.relation === "root") continue;
      const purl = purlOf(use);
      const sighting = { manifest, use, purl, hashes: hashesOf(use), licenses: licensesOf(use) };
      const known = byPurl.get(purl);
      if (known) known.push(sighting);
      else byPurl.set(purl, [sighting]);
    }
  }
  const groups = new Map<string, Sighting[]>();
  for (const [purl, sightings] of byPurl) {
    if (sayTheSame(sightings)) groups.set(purl, sightings);
    else for (const one of apart(sightings)) groups.set(unusedReference(one, groups), one);
  }
  return groups;
}

/** Most packages have the same few licences. */
function licenseReader(): (use: PackageUse) => DeclaredLicenses | undefined {
  const read = new Map<string, DeclaredLicenses | undefined>();
  return (use) => {
    if (!use.licenses) return undefined;
    const key = `${use.ecosystem}\n${use.licenses.join("\n")}`;
    if (!read.has(key)) read.set(key, declaredLicenses(use));
    return read.get(key);
  };
}

/** What one does not say does not contradict what another says. */
function sayTheSame(sightings: readonly Sighting[]): boolean {
  if (sightings.length === 1) return true;
  const said = new Map<string, string>();
  return sightings.every((one) =>
    factsOf(one).every(([name, value]) => {
      const before = said.get(name);
      said.set(name, value);
      return before === undefined || before === value;
    }),
  );
}

function apart(sightings: readonly Sighting[]): Iterable<Sighting[]> {
  return Map.groupBy(sightings, (one) => JSON.stringify(factsOf(one))).values();
}

function factsOf({ use, hashes, licenses }: Sighting): readonly (readonly [name: string, value: string])[] {
  const { source } = use;
  const from = source === undefined ? "registry" : source.is === "path" ? source.path : shownAddress(source.url);
  return [
    ...hashes.map(({ algorithm, hex }): [string, string] => [algorithm, hex]),
    ...(licenses ? [["licenses", licenses.expression] as const] : []),
    ["source", `${from ?? ""} ${source?.is === "git" ? (source.commit ?? "") : ""}`],
    ...(use.version === undefined ? [["requirement", use.requirement ?? ""] as const] : []),
  ];
}

function unusedReference([first]: readonly Sighting[], used: ReadonlyMap<string, unknown>): string {
  if (!first) return subjectReference;
  const { purl, manifest, use } = first;
  const place = `${purl} in ${manifest.path}:${use.at.startLine}:${use.at.startColumn}`;
  let reference = place;
  for (let count = 2; used.has(reference); count++) reference = `${place} (${count})`;
  return reference;
}
