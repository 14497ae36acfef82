/**
 * Our readers tell everything, with marks; each peer leaves something out or writes it otherwise. Here our manifests are
 * brought to a peer's convention. What is not named here is compared as it is.
 */
import { minVersion, validRange } from "semver";
import { packageKey } from "#model/package-key.ts";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";

export type PeerConvention = "osv-scalibr" | "trivy" | "syft";

export interface Listed {
  readonly name: string;
  readonly version: string;
  /** First and last line of each place. */
  readonly lines: readonly (readonly [number, number])[];
}

/** What a peer makes of one package; undefined if it leaves it out. `hasOptions`: an option of the peer is on. */
type Rule = (use: PackageUse, hasOptions: boolean) => Pick<Listed, "name" | "version"> | undefined;

const asIs = ({ name, version = "" }: PackageUse): Pick<Listed, "name" | "version"> => ({ name, version });

const withoutRoots = (use: PackageUse) => (use.relation === "root" ? undefined : asIs(use));
const withoutOwn = (use: PackageUse) => (use.relation === "workspace" ? undefined : withoutRoots(use));
const withoutDevelopment = (use: PackageUse) => (use.isDevelopment ? undefined : withoutRoots(use));
const withoutPaths = (use: PackageUse) => (use.source?.is === "path" ? undefined : withoutOwn(use));
const isPlugin = ({ groups }: PackageUse) => groups?.includes("plugin") === true;
const rootOnly = (use: PackageUse) => (use.relation === "root" && use.version !== undefined ? asIs(use) : undefined);

/** The version of a requirement that names exactly one with one of the operators. */
function pinned(operators: string, { version, requirement = "" }: PackageUse): string {
  const [, found] = new RegExp(`^\\s*(?:${operators})\\s*([^\\s,;*]+)\\s*(?:;.*)?$`).exec(requirement) ?? [];
  return found ?? (requirement === "" ? (version ?? "") : "");
}

const scalibr: Readonly<Record<string, Rule>> = {
  "go.mod": (use) => {
    if (use.relation === "root") return undefined;
    if (use.source?.is === "path") return { name: use.source.path, version: "" };
    return asIs(use);
  },
  "package.json": (use, hasOptions) => {
    if (use.relation === "root" || !hasOptions) return rootOnly(use);
    const { name, version, requirement = version ?? "" } = use;
    if (validRange(requirement) === null) return undefined;
    return { name, version: minVersion(requirement)?.version ?? "" };
  },
  // A text behind the version that is not understood stays in it.
  "requirements.txt": (use) => {
    const extended = /^==([\d.]+ [^,;*]+)$/.exec(use.requirement ?? "")?.[1];
    return { name: use.name, version: extended ?? pinned("==|===|>=|~=", use) };
  },
  "pom.xml": (use) => {
    if (isPlugin(use) || use.groups?.some((group) => group.endsWith("(not active by default)"))) return undefined;
    const bound = /^[[(]\s*([^,\])\s]+)/.exec(use.requirement ?? "")?.[1];
    return { name: use.name, version: use.version ?? bound ?? "" };
  },
  "libs.versions.toml": (use) => (isPlugin(use) ? undefined : asIs(use)),
  "setup.py": (use) => {
    const version = /^(?:==|>=|<=)\s*([^,\s]+)/.exec(use.requirement ?? "")?.[1] ?? use.version;
    return version === undefined ? undefined : { name: use.name, version };
  },
  "pyproject.toml": (use) => {
    if (use.relation === "root" || use.groups?.includes("build-system")) return undefined;
    const bound = /(?:==|>=|~=|\^|~)\s*v?([^,\s]+)/.exec(use.requirement ?? "")?.[1];
    return { name: use.name, version: use.version ?? bound ?? "" };
  },
  "gleam.toml": ({ name, relation, source, requirement = "" }) =>
    relation === "root" || source?.is === "path" ? undefined : { name, version: requirement },
  "renv.lock": (use) => (use.source ? undefined : asIs(use)),
  "package-lock.json": withoutRoots,
  "yarn.lock": withoutOwn,
  "pnpm-lock.yaml": withoutOwn,
  "bun.lock": withoutOwn,
  "uv.lock": asIs,
  "Cargo.lock": asIs,
  "*.deps.json": asIs,
  "packages.lock.json": withoutPaths,
  "project.assets.json": (use) => (use.name === "NuGet.Frameworks" ? undefined : withoutPaths(use)),
  "*.gemspec": rootOnly,
  METADATA: rootOnly,
  "META.json": rootOnly,
};

const trivy: Readonly<Record<string, Rule>> = {
  "go.mod": (use) => {
    const { name, version, relation, source } = use;
    if (relation === "root") return { name, version: "" };
    if (source?.is === "path") return undefined;
    if (name === "stdlib" && !/^\d+\.\d+\.\d+/.test(version ?? "")) return undefined;
    return { name, version: version === undefined ? "" : `v${version}` };
  },
  "go.sum": ({ name, version = "" }) => ({ name, version: `v${version}` }),
  "package-lock.json": withoutRoots,
  "yarn.lock": withoutOwn,
  "pnpm-lock.yaml": withoutOwn,
  "bun.lock": withoutRoots,
  "packages.lock.json": withoutPaths,
  "packages.config": withoutDevelopment,
  "build.sbt.lock": withoutDevelopment,
  "Directory.Packages.props": (use) => (use.version === undefined ? undefined : asIs(use)),
  "requirements.txt": (use) => {
    const version = pinned("==", use);
    return version === "" ? undefined : { name: use.name, version };
  },
  "Cargo.lock": asIs,
  "uv.lock": asIs,
  "*.gemspec": rootOnly,
  METADATA: rootOnly,
};

const syft: Readonly<Record<string, Rule>> = {
  "go.mod": (use) =>
    use.relation === "root" || use.name === "stdlib"
      ? undefined
      : { name: use.name, version: use.version === undefined ? "" : `v${use.version}` },
  "package-lock.json": (use) => (use.isDevelopment ? undefined : asIs(use)),
  "yarn.lock": withoutOwn,
  "pnpm-lock.yaml": withoutOwn,
  "bun.lock": withoutRoots,
  "composer.lock": withoutDevelopment,
  "Pipfile.lock": withoutDevelopment,
  "gradle.lockfile": ({ name, version = "" }) => ({ name: name.slice(name.indexOf(":") + 1), version }),
  "requirements.txt": (use) => {
    const version = pinned("===|==", use);
    return version === "" ? undefined : { name: packageKey("PyPI", use.name), version };
  },
  "pubspec.yaml": rootOnly,
  "OTP .app": rootOnly,
  "PEAR .reg": rootOnly,
  "Package.resolved": ({ name, version = "" }) => ({
    name: name.slice(name.lastIndexOf("/") + 1).toLowerCase(),
    version,
  }),
  "packages.lock.json": withoutPaths,
};

const rules: Readonly<Record<PeerConvention, Readonly<Record<string, Rule>>>> = { "osv-scalibr": scalibr, trivy, syft };

/** Formats of which a peer takes the first version of a name only. */
const firstVersions: ReadonlySet<string> = new Set(["osv-scalibr pom.xml"]);

/** Formats whose subject a peer lists, though it is no package of the file. */
const listsRoot: ReadonlySet<string> = new Set([
  "osv-scalibr package.json",
  "osv-scalibr *.deps.json",
  "osv-scalibr *.gemspec",
  "osv-scalibr Cargo.toml",
  "osv-scalibr METADATA",
  "osv-scalibr META.json",
  "trivy *.gemspec",
  "trivy METADATA",
  "trivy *.deps.json",
  "trivy go.mod",
  "syft package-lock.json",
  "syft pubspec.yaml",
  "syft OTP .app",
  "syft conaninfo.txt",
  "syft PEAR .reg",
]);

export function listedAs(
  peer: PeerConvention,
  format: string,
  manifests: readonly Manifest[],
  hasOptions: boolean,
): readonly Listed[] {
  const rule = rules[peer][format] ?? (listsRoot.has(`${peer} ${format}`) ? asIs : withoutRoots);
  const found = new Map<string, Listed>();
  const names = new Map<string, string>();
  for (const manifest of manifests) {
    for (const use of [...rootOf(peer, format, manifest), ...manifest.packages]) {
      const listed = rule(use, hasOptions);
      if (listed === undefined) continue;
      const first = names.get(listed.name) ?? listed.version;
      names.set(listed.name, first);
      if (firstVersions.has(`${peer} ${format}`) && first !== listed.version) continue;
      const key = `${listed.name}@${listed.version}`;
      // Of a manifest's own project a peer shows the line of its name; it is all of the file to us.
      const lines = use.relation === "root" && !manifest.isLocked ? [] : linesOf(use, manifest.path);
      found.set(key, { ...listed, lines: [...(found.get(key)?.lines ?? []), ...lines] });
    }
  }
  // osv-scalibr has one line, which is that of the main entry.
  if (peer === "osv-scalibr") return [...found.values()];
  return [...found.values()].map((one) => ({ ...one, lines: one.lines.toSorted(([a], [b]) => a - b) }));
}

function rootOf(peer: PeerConvention, format: string, manifest: Manifest): readonly PackageUse[] {
  const { root, packages, ecosystem, path } = manifest;
  if (!root || !listsRoot.has(`${peer} ${format}`) || packages.some(({ relation }) => relation === "root")) return [];
  const at = { path, startLine: 0, startColumn: 1, endLine: 0, endColumn: 1 };
  return [{ ecosystem, ...root, at, relation: "root", isDevelopment: false }];
}

/** In the manifest itself: a peer shows there what comes in from other files. */
function linesOf({ at, alsoAt = [] }: PackageUse, path: string): readonly (readonly [number, number])[] {
  const own = [at, ...alsoAt].filter((one) => one.path === path && one.startLine > 0);
  return own.map(({ startLine, endLine, endColumn }) => [
    startLine,
    // A span may end before the first column of the line after it.
    endColumn === 1 && endLine > startLine ? endLine - 1 : endLine,
  ]);
}

/** Lock files in TOML, of which osv-scalibr shows the line of the package's name, not that of its header. */
const namesLine: ReadonlySet<string> = new Set(["Cargo.lock", "poetry.lock", "pdm.lock", "pylock.toml", "uv.lock"]);

export function atNames(format: string, listed: readonly Listed[], text: string): readonly Listed[] {
  if (!namesLine.has(format)) return listed;
  const rows = text.split("\n");
  const named = (from: number, to: number) => {
    const found = rows.slice(from - 1, to).findIndex((row) => /^name\s*=/.test(row));
    return found < 0 ? from : from + found;
  };
  return listed.map((one) => ({ ...one, lines: one.lines.map(([from, to]) => [named(from, to), to] as const) }));
}
