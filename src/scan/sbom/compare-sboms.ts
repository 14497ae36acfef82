/** What changed between two lists of packages: by ecosystem and name, whatever wrote the lists. */
import type { Ecosystem } from "#model/ecosystem.ts";
import { packageKey } from "#model/package-key.ts";
import type { PackageUse } from "#model/package-manifest.ts";
import { writeExpression } from "../licenses/license-expression.ts";
import { parseExpression } from "../licenses/parse-expression.ts";
import { compareVersions } from "../packages/versions.ts";
import { inOrder } from "./plain-text.ts";

export interface SbomChanges {
  readonly added: readonly ListedPackage[];
  readonly removed: readonly ListedPackage[];
  readonly changed: readonly VersionChange[];
  readonly licenses: readonly LicenseChange[];
}

export interface ListedPackage extends PackageName {
  /** Oldest first; empty if none is known. */
  readonly versions: readonly string[];
  readonly licenses: readonly string[];
}

export interface VersionChange extends PackageName {
  /** Versions that only the old list has, and those that only the new one has; one of both may be empty. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** By the ecosystem's order of versions, of the newest on either side. */
  readonly direction: "up" | "down" | "other";
}

export interface LicenseChange extends PackageName {
  /** As SPDX writes them; empty if none is declared. */
  readonly from: readonly string[];
  readonly to: readonly string[];
}

interface PackageName {
  readonly ecosystem: Ecosystem;
  readonly name: string;
}

export function compareSboms(before: readonly PackageUse[], after: readonly PackageUse[]): SbomChanges {
  const old = listed(before);
  const now = listed(after);
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort(inOrder);
  const onlyIn = (here: Listed, there: Listed) => keys.flatMap((key) => (there.has(key) ? [] : (here.get(key) ?? [])));
  const both = keys.flatMap((key) => {
    const [from, to] = [old.get(key), now.get(key)];
    return from && to ? [{ from, to }] : [];
  });
  return {
    added: onlyIn(now, old),
    removed: onlyIn(old, now),
    changed: both.flatMap(({ from, to }) => versionChange(from, to)),
    licenses: both.flatMap(({ from, to }) => licenseChange(from, to)),
  };
}

type Listed = ReadonlyMap<string, ListedPackage>;

function listed(packages: readonly PackageUse[]): Listed {
  const groups = Map.groupBy(
    packages.filter(({ relation }) => relation !== "root"),
    ({ ecosystem, name }) => `${ecosystem} ${packageKey(ecosystem, name)}`,
  );
  return new Map([...groups].map(([key, uses]) => [key, listedPackage(uses)]));
}

function listedPackage(uses: readonly PackageUse[]): ListedPackage {
  const { ecosystem, name } = uses[0]!;
  const versions = [...new Set(uses.flatMap(({ version }) => version ?? []))];
  const licenses = new Set(uses.flatMap((use) => use.licenses ?? []).map((one) => written(one)));
  return {
    ecosystem,
    name,
    versions: versions.sort((a, b) => compareVersions(ecosystem, a, b) || inOrder(a, b)),
    licenses: [...licenses].sort(inOrder),
  };
}

/** However a tool writes it; what is no expression as it stands there. */
function written(license: string): string {
  const read = parseExpression(license);
  return read.is === "unknown" ? license : writeExpression(read);
}

function versionChange(old: ListedPackage, now: ListedPackage): readonly VersionChange[] {
  const from = without(old.versions, now.versions);
  const to = without(now.versions, old.versions);
  if (from.length === 0 && to.length === 0) return [];
  const { ecosystem, name } = now;
  return [{ ecosystem, name, from, to, direction: directionOf(ecosystem, from.at(-1), to.at(-1)) }];
}

function directionOf(ecosystem: Ecosystem, from: string | undefined, to: string | undefined) {
  if (from === undefined || to === undefined) return "other";
  const order = compareVersions(ecosystem, from, to);
  return order < 0 ? "up" : order > 0 ? "down" : "other";
}

function licenseChange(old: ListedPackage, now: ListedPackage): readonly LicenseChange[] {
  if (old.licenses.join("\n") === now.licenses.join("\n")) return [];
  return [{ ecosystem: now.ecosystem, name: now.name, from: old.licenses, to: now.licenses }];
}

function without(all: readonly string[], known: readonly string[]): readonly string[] {
  const set = new Set(known);
  return all.filter((one) => !set.has(one));
}
