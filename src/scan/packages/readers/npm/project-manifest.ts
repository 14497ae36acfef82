/** The manifest of a package.json that no lock file completes: what is asked for, without what was installed. */
import { valid } from "semver";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { spanOf } from "../../../formats/text-file.ts";
import type { PackagesRead } from "../../package-reader.ts";
import { nothingRead } from "../../package-reader.ts";
import { notLocked } from "../../reading/manifest-text.ts";
import { npmSpecOf } from "./npm-spec.ts";
import type { Ask, ProjectFile, Section } from "./project-file.ts";

export function manifestOfProject(project: ProjectFile): PackagesRead {
  const { file, name, version, nameAt, licenses, asks, isOfAnotherKind, problems } = project;
  if (isOfAnotherKind) return nothingRead;
  const root: PackageUse | undefined =
    name === undefined || !nameAt
      ? undefined
      : {
          ecosystem: "npm",
          name,
          ...(version === undefined ? {} : { version }),
          at: spanOf(nameAt),
          relation: "root",
          isDevelopment: false,
          ...(licenses.length === 0 ? {} : { licenses }),
        };
  const packages = merged(asks.map((ask) => useOf(ask, project)));
  if (!root && packages.length === 0) return { manifests: [], problems };
  const manifest: Manifest = {
    path: file.path,
    format: "package.json",
    ecosystem: "npm",
    ...(root ? { root: { name: root.name, ...(version === undefined ? {} : { version }) } } : {}),
    isLocked: false,
    packages: root ? [root, ...packages] : packages,
  };
  const notice =
    packages.length === 0 ? [] : [notLocked(file, "package-lock.json, yarn.lock, pnpm-lock.yaml or bun.lock")];
  return { manifests: [manifest], problems: [...problems, ...notice] };
}

const groupsOf: Readonly<Record<Section, readonly string[]>> = {
  dependencies: [],
  devDependencies: ["dev"],
  optionalDependencies: ["optional"],
  peerDependencies: ["peer"],
  overrides: ["overrides"],
  resolutions: ["resolutions"],
};

function useOf(ask: Ask, { bundled }: ProjectFile): PackageUse {
  const spec = npmSpecOf(ask.spec);
  const isOverride = ask.section === "overrides" || ask.section === "resolutions";
  const groups = [...groupsOf[ask.section], ...(bundled.has(ask.name) ? ["bundled"] : [])];
  const use: PackageUse = {
    ecosystem: "npm",
    name: ask.name,
    at: spanOf(ask.whole),
    // What is overridden may be asked for by anybody.
    relation: isOverride ? "unknown" : "direct",
    isDevelopment: ask.section === "devDependencies",
    ...(groups.length === 0 ? {} : { groups }),
  };
  if (spec.is === "elsewhere") return { ...use, requirement: ask.spec, source: spec.source };
  if (spec.is !== "registry") return { ...use, requirement: ask.spec };
  const range = spec.range.trim();
  return {
    ...use,
    ...(spec.isJsr ? { ecosystem: "Deno" } : {}),
    name: spec.name ?? ask.name,
    requirement: spec.range,
    // Only an exact version says what is installed.
    ...(/^v?\d/.test(range) && valid(range) !== null ? { version: range.replace(/^v/, "") } : {}),
    versionAt: spanOf({ ...ask.specAt, start: Math.min(ask.specAt.end, ask.specAt.start + spec.rangeAt) }),
  };
}

/** A package that is asked for twice in the same words, as one for development and a peer is, is one package. */
function merged(uses: readonly PackageUse[]): readonly PackageUse[] {
  const found = new Map<string, PackageUse>();
  for (const use of uses) {
    const key = `${use.ecosystem}\n${use.name}\n${use.requirement}`;
    const known = found.get(key);
    found.set(key, known ? joined(known, use) : use);
  }
  return [...found.values()];
}

function joined(first: PackageUse, other: PackageUse): PackageUse {
  const groups = [...new Set([...(first.groups ?? []), ...(other.groups ?? [])])];
  return {
    ...first,
    alsoAt: [...(first.alsoAt ?? []), other.at],
    relation: first.relation === "direct" ? "direct" : other.relation,
    isDevelopment: first.isDevelopment && other.isDevelopment,
    ...(groups.length === 0 ? {} : { groups }),
  };
}
