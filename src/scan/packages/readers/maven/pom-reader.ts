/**
 * `pom.xml` as Maven would understand it with what the repository holds: properties, parents, managed versions, bills of
 * materials. Nothing is downloaded: a version that only a registry knows stays unresolved, and says so.
 */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { noticeAt, notLocked, problemOfFormat, readAsText, textFileOf } from "../../reading/manifest-text.ts";
import { exactMavenVersion } from "./maven-version.ts";
import { type Pom, type PomDependency, readPom, type Written } from "./pom.ts";
import { type Family, familyOf, importedPaths, parentPaths, pomFilesOf } from "./pom-family.ts";
import { keyOf, type Management, managementOf } from "./pom-management.ts";
import type { Resolved } from "./pom-properties.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "pom.xml",
    ecosystem: "Maven",
    matches: (path) =>
      (path.endsWith(".xml") || path.endsWith(".pom")) && /(?:^|\/)(?:pom(?:[-_.][^/]*)?\.xml|[^/]*\.pom)$/.test(path),
    alone: "always",
    pullsIn: (file) => neededFiles(file),
    read: (file, files) => readAsText(file, (text) => read(text, files)),
  },
];

function neededFiles(file: SourceFile): readonly string[] {
  const text = textFileOf(file);
  if (!text) return [];
  const pom = readPom(text);
  return [...parentPaths(pom), ...importedPaths(pom)];
}

interface Reading {
  readonly family: Family;
  readonly management: Management;
  readonly uses: Map<string, PackageUse>;
}

function read(file: TextFile, files: UnitFiles): PackagesRead {
  const pom = readPom(file);
  const poms = pomFilesOf((path) => (path === file.path ? undefined : textFileOf(files.get(path))));
  const family = familyOf(pom, poms);
  const management = managementOf(family, poms);
  const reading: Reading = { family, management, uses: new Map() };
  addDependencies(reading);
  addPlugins(reading);
  const packages = [...reading.uses.values()];
  const manifest: Manifest = {
    path: file.path,
    format: "pom.xml",
    ecosystem: "Maven",
    ...rootOf(family),
    isLocked: false,
    packages,
  };
  const notices =
    packages.length > 0
      ? [notLocked(file, "a bill of materials (CycloneDX) that the build writes"), ...unresolved(reading, pom)]
      : [];
  return { manifests: [manifest], problems: [...pom.problems.map(problemOfFormat), ...notices] };
}

function rootOf({ poms: [own], resolve }: Family): Pick<Manifest, "root"> {
  const group = own.group ?? own.parent?.group;
  const version = own.version ?? own.parent?.version;
  if (!group || !own.artifact) return {};
  const name = `${resolve(group).text}:${resolve(own.artifact).text}`;
  const resolved = version && resolve(version);
  return { root: { name, ...(resolved?.isResolved ? { version: resolved.text } : {}) } };
}

/** Own dependencies come before those of parents, which they replace. */
function addDependencies(reading: Reading): void {
  const { family } = reading;
  const replaced = new Set<string>();
  for (const pom of family.poms) {
    const isOwn = pom === family.poms[0];
    const keys: string[] = [];
    for (const one of pom.dependencies) {
      // A profile of a parent is the parent's affair, unless it counts for everybody.
      if (!isOwn && one.profile && !one.profile.isDefault) continue;
      const key = keyOf(family, one);
      keys.push(key);
      if (!replaced.has(key)) addDependency(reading, one, key, isOwn);
    }
    for (const key of keys) replaced.add(key);
  }
}

function addDependency({ family, management, uses }: Reading, one: PomDependency, key: string, isOwn: boolean): void {
  const { group, artifact } = one;
  if (!group || !artifact) return;
  const managed = management.get(key);
  const scope = family.resolve({ text: one.scope ?? managed?.scope ?? "compile" }).text;
  const isOptional = one.isOptional || managed?.isOptional === true;
  const inProfile = one.profile
    ? [`profile:${one.profile.id}${one.profile.isDefault ? "" : " (not active by default)"}`]
    : [];
  const groups = [...(scope === "compile" ? [] : [scope]), ...(isOptional ? ["optional"] : []), ...inProfile];
  const version = one.version ? family.resolve(one.version) : managed?.version;
  const [own] = family.poms;
  const use: PackageUse = {
    ecosystem: "Maven",
    name: nameOf(family, group, artifact),
    ...versionFields(version),
    at: spanOf(one.at),
    ...(isOwn || !own.parent ? {} : { alsoAt: [spanOf(own.parent.at)] }),
    relation: "direct",
    isDevelopment: scope === "test",
    ...(groups.length > 0 ? { groups } : {}),
  };
  put(uses, use, one.classifier !== undefined);
}

function nameOf({ resolve }: Family, group: Written, artifact: Written): string {
  return `${resolve(group).text}:${resolve(artifact).text}`;
}

function versionFields(version: Resolved | undefined): Pick<PackageUse, "version" | "requirement" | "versionAt"> {
  if (!version) return {};
  const exact = version.isResolved ? exactMavenVersion(version.text) : undefined;
  const place = version.at ? { versionAt: spanOf(version.at) } : {};
  if (exact === undefined) return { requirement: version.text };
  return exact === version.text ? { version: exact, ...place } : { version: exact, requirement: version.text };
}

/** Classifiers and types are parts of one package; the place of the main one comes first. */
function put(uses: Map<string, PackageUse>, use: PackageUse, isPart: boolean): void {
  const key = `${use.name}\n${use.version ?? ""}\n${use.requirement ?? ""}`;
  const known = uses.get(key);
  if (!known) {
    uses.set(key, use);
    return;
  }
  const [first, second] = isPart ? [known, use] : [use, known];
  const groups = [...new Set([...(known.groups ?? []), ...(use.groups ?? [])])].slice(0, 50);
  const alsoAt = [...(known.alsoAt ?? []).slice(0, 50), second.at];
  uses.set(key, {
    ...first,
    alsoAt,
    isDevelopment: known.isDevelopment && use.isDevelopment,
    ...(groups.length > 0 ? { groups } : {}),
  });
}

/** They run when the project is built, and only then. */
function addPlugins({ family, uses }: Reading): void {
  const usual: Written = { text: "org.apache.maven.plugins" };
  const managed = new Map<string, Resolved>();
  for (const { pluginManagement } of family.poms) {
    for (const { group = usual, artifact, version } of pluginManagement) {
      if (!artifact || !version) continue;
      const name = nameOf(family, group, artifact);
      if (!managed.has(name)) managed.set(name, family.resolve(version));
    }
  }
  const seen = new Set<string>();
  for (const { plugins } of family.poms) {
    for (const { group = usual, artifact, version, at, profile } of plugins) {
      if (!artifact || (profile && !profile.isDefault)) continue;
      const name = nameOf(family, group, artifact);
      if (seen.has(name)) continue;
      seen.add(name);
      const fields = versionFields(version ? family.resolve(version) : managed.get(name));
      const plugin = { ecosystem: "Maven", name, ...fields, at: spanOf(at), relation: "direct" } as const;
      uses.set(`plugin\n${name}`, { ...plugin, isDevelopment: true, groups: ["plugin"] });
    }
  }
}

/** One notice for the file: who asks for a version gets it from somewhere else. */
function unresolved({ family, management, uses }: Reading, pom: Pom): readonly Problem[] {
  const open = [...uses.values()].filter(({ version, groups }) => version === undefined && !groups?.includes("plugin"));
  if (open.length === 0) return [];
  const last = family.poms.at(-1)?.parent;
  const parent =
    last && !family.isWhole ? [[last.group, last.artifact, last.version].map((one) => one?.text).join(":")] : [];
  const outside = [...parent, ...management.missing];
  const from =
    outside.length > 0
      ? ` They may come from ${outside.slice(0, 3).join(", ")}, which this repository does not hold.`
      : "";
  const names = open.slice(0, 3).map(({ name }) => name);
  const rest = open.length > 3 ? ` and ${open.length - 3} more` : "";
  const place = { file: pom.file, start: 0, end: 0 };
  return [noticeAt(place, "unresolved", `No version can be told for ${names.join(", ")}${rest}.${from}`)];
}
