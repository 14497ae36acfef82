/**
 * Our readers tell everything, with marks; each peer leaves something out or writes it otherwise. Here our manifests are
 * brought to a peer's convention. What is not named here is compared as it is.
 */
import { minVersion, validRange } from "semver";
import { packageKey } from "#model/package-key.ts";
import type { PackageUse } from "#model/package-manifest.ts";

export type PeerConvention = "osv-scalibr" | "trivy" | "syft";

export interface Listed {
  readonly name: string;
  readonly version: string;
  /** First and last line of each place. */
  readonly lines: readonly (readonly [number, number])[];
}

/** Of the case: its name, the text of its file, and whether an option of the peer is on. */
export interface CaseContext {
  readonly name: string;
  readonly text: string;
  readonly hasOptions: boolean;
}

/** What a peer makes of one package; undefined if it leaves it out. */
export type Rule = (use: PackageUse, context: CaseContext) => Pick<Listed, "name" | "version"> | undefined;

export const asIs = ({ name, version = "" }: PackageUse): Pick<Listed, "name" | "version"> => ({ name, version });

export const withoutRoots = (use: PackageUse) => (use.relation === "root" ? undefined : asIs(use));
const withoutOwn = (use: PackageUse) => (use.relation === "workspace" ? undefined : withoutRoots(use));
const withoutDevelopment = (use: PackageUse) => (use.isDevelopment ? undefined : withoutRoots(use));
const withoutPaths = (use: PackageUse) => (use.source?.is === "path" ? undefined : withoutOwn(use));
const withVersion = (use: PackageUse) => (use.version === undefined ? undefined : withoutOwn(use));
/** Of NuGet's own: no runtime, framework or tool that a project sets up. */
const ofNuGet = (use: PackageUse) => (use.ecosystem === "NuGet" ? withVersion(use) : undefined);
const isPlugin = ({ groups }: PackageUse) => groups?.includes("plugin") === true;
const itself = (use: PackageUse) => (use.relation === "root" ? asIs(use) : undefined);
const rootOnly = (use: PackageUse) => (use.relation === "root" && use.version !== undefined ? asIs(use) : undefined);

/** A runtime that a program brings along is listed as the file has it. */
function asInDepsFile({ ecosystem, name, version = "", groups }: PackageUse): Pick<Listed, "name" | "version"> {
  return { name: ecosystem === ".NET" ? `runtimepack.${name}.Runtime.${groups?.[1] ?? ""}` : name, version };
}

/** The version of a requirement that names exactly one with one of the operators. */
function pinned(operators: string, { version, requirement = "" }: PackageUse): string {
  const [, found] = new RegExp(`^\\s*(?:${operators})\\s*([^\\s,;*]+)\\s*(?:;.*)?$`).exec(requirement) ?? [];
  return found ?? (requirement === "" ? (version ?? "") : "");
}

const scalibr: Readonly<Record<string, Rule>> = {
  "Gemfile.lock": asIs,
  "go.mod": (use) => {
    if (use.relation === "root") return undefined;
    if (use.source?.is === "path") return { name: use.source.path, version: "" };
    return use.name === "stdlib" ? { name: use.name, version: use.version ?? use.requirement ?? "" } : asIs(use);
  },
  // A branch, a tag or a pull request of a git repository is no version; what has neither version nor commit is not listed.
  "Cargo.toml": ({ name, version, requirement, relation, source }) => {
    const isKnown = relation === "root" || (source?.is === "git" && source.commit !== undefined);
    const shown = version ?? requirement;
    return shown === undefined && !isKnown ? undefined : { name, version: shown ?? "" };
  },
  "package.json": (use, { hasOptions, text }) => {
    if (isForAnEditor(text)) return undefined;
    if (use.relation === "root" || !hasOptions) return rootOnly(use);
    const { name, version, requirement = version ?? "" } = use;
    if (validRange(requirement) === null) return undefined;
    return { name, version: minVersion(requirement)?.version ?? "" };
  },
  // A text behind the version that is not understood stays in it; an address without a name is nothing to it.
  "requirements.txt": (use) => {
    if (use.source && !use.requirement?.startsWith("@")) return undefined;
    const extended = /^==([\d.]+ [^,;*]+)$/.exec(use.requirement ?? "")?.[1];
    return { name: use.name, version: extended ?? pinned("===|==|>=|~=", use) };
  },
  "pom.xml": (use) => {
    if (isPlugin(use) || use.groups?.some((group) => group.endsWith("(not active by default)"))) return undefined;
    const bound = /^[[(]\s*([^,\])\s]+)/.exec(use.requirement ?? "")?.[1];
    return { name: use.name, version: use.version ?? bound ?? "" };
  },
  "libs.versions.toml": (use) => (isPlugin(use) ? undefined : asIs(use)),
  "setup.py": (use) => {
    const version = /^(?:==|>=|<=)\s*([^,\s]+)/.exec(use.requirement ?? "")?.[1] ?? use.version;
    // What a template leaves open is no version.
    return version === undefined || /[{}%$]/.test(version) ? undefined : { name: use.name, version };
  },
  "pyproject.toml": (use) => {
    if (use.relation === "root" || use.groups?.includes("build-system")) return undefined;
    const bound = /(?:==|>=|~=|\^|~)\s*v?([^,\s]+)/.exec(use.requirement ?? "")?.[1];
    return { name: use.name, version: use.version ?? bound ?? "" };
  },
  "gleam.toml": ({ name, relation, source, requirement = "" }) =>
    relation === "root" || source?.is === "path" ? undefined : { name, version: requirement },
  // Only constraints of any build target.
  "cabal.project.freeze": (use, { text }) => (text.includes(`any.${use.name} `) ? asIs(use) : undefined),
  "paket.lock": ({ name, version, source }) => ({
    name,
    // A commit is no version.
    version: source?.is === "git" && source.commit === version ? "" : (version ?? ""),
  }),
  "renv.lock": (use, { text }) => (use.source || !hasRepository(use.name, text) ? undefined : asIs(use)),
  // What names no version is left out; names of JSR are without their sign.
  "deno.json": ({ ecosystem, name, requirement }) => {
    if (requirement === undefined) return undefined;
    if (ecosystem !== "npm") return { name: name.replace(/^@/, ""), version: requirement };
    return { name, version: minVersion(requirement)?.version ?? "" };
  },
  "deno source": ({ ecosystem, name, version: exact, requirement }) => {
    const version = exact ?? /^[~^]?\d.*/.exec(requirement ?? "")?.[0];
    if (version === undefined) return undefined;
    const shown = ecosystem === "Deno" ? name.replace(/^@|^deno\.land\/x\//, "") : name;
    return { name: shown, version: version.replace(/^v/, "") };
  },
  "package-lock.json": withoutRoots,
  // Folders that are linked have the version of a workspace, which is none.
  "yarn.lock": withVersion,
  "pnpm-lock.yaml": withoutOwn,
  "bun.lock": withoutOwn,
  "uv.lock": withoutRoots,
  "Pipfile.lock": (use) => (use.version === undefined ? undefined : asIs(use)),
  "Cargo.lock": asIs,
  "*.deps.json": asInDepsFile,
  "*.csproj": ofNuGet,
  "Directory.Packages.props": ofNuGet,
  "packages.lock.json": (use) => (use.version === undefined ? undefined : withoutPaths(use)),
  "project.assets.json": (use) => (use.name === "NuGet.Frameworks" ? undefined : withoutPaths(use)),
  "*.gemspec": rootOnly,
  METADATA: rootOnly,
  "META.json": rootOnly,
  // As the component itself is called, which has no group in its name.
  CycloneDX: ({ name, version = "" }, { text }) => ({
    name: text.includes(`"${name}"`) || text.includes(`>${name}<`) ? name : lastPart(name),
    version,
  }),
  // The last part of the package URL, else the CPE; what has neither is left out.
  SPDX: ({ ecosystem, name, version, groups = [] }) => {
    const cpe = groups.find((group) => group.startsWith("cpe:"));
    if (cpe !== undefined) return { name: cpe, version: "" };
    if (ecosystem === "Generic" && version === undefined) return undefined;
    return { name: lastPart(name), version: version ?? "" };
  },
  "Manifest.toml": (use) => (use.version === undefined ? undefined : withoutRoots(use)),
};

const trivy: Readonly<Record<string, Rule>> = {
  "package.json": rootOnly,
  // The libraries of Julia have Julia's version.
  "Manifest.toml": ({ name, version, requirement }) => ({ name, version: version ?? requirement ?? "unknown" }),
  "Gemfile.lock": asIs,
  "go.mod": (use, { text }) => {
    const { name, version, relation, source } = use;
    // Before Go 1.17 not all indirect ones are there, and those that are do not count.
    if (relation === "transitive" && /^go 1\.(?:\d|1[0-6])(?:\.|\s|$)/m.test(text)) return undefined;
    if (relation === "root") return { name, version: "" };
    if (use.at.path.endsWith("go.sum")) return undefined;
    if (source?.is === "path") return undefined;
    if (name === "stdlib" && !/^\d+\.\d+\.\d+/.test(version ?? "")) return undefined;
    return { name, version: version === undefined ? "" : `v${version}` };
  },
  // One version of each module: the last one.
  "go.sum": ({ name, version = "" }, { text }) => {
    const last = text.split("\n").findLast((line) => line.startsWith(`${name} `));
    const isLast = last?.split(" ")[1]?.replace(/\/go\.mod$/, "") === `v${version}`;
    return isLast ? { name, version: `v${version}` } : undefined;
  },
  "package-lock.json": withoutRoots,
  "yarn.lock": withVersion,
  // Before version 9 without what is for development.
  "pnpm-lock.yaml": (use, { text }) =>
    /^lockfileVersion: ['"]?9/m.test(text) ? withoutOwn(use) : withoutDevelopment(use),
  "bun.lock": withoutRoots,
  "conan.lock": withoutDevelopment,
  // A branch stands for the version.
  "Package.resolved": ({ name, version, requirement }) => ({ name, version: version ?? requirement ?? "" }),
  "packages.lock.json": withoutPaths,
  "packages.config": withoutDevelopment,
  "build.sbt.lock": withoutDevelopment,
  // Properties are not looked up.
  "Directory.Packages.props": (use) => (use.requirement?.includes("$(") ? undefined : ofNuGet(use)),
  // "Trivy only includes runtime dependencies", says its documentation.
  "*.deps.json": (use) => (use.isDevelopment ? undefined : asInDepsFile(use)),
  // "Excluded" are development dependencies, says its table of languages.
  "Pipfile.lock": withoutDevelopment,
  // A git repository has no version here.
  "mix.lock": withVersion,
  "requirements.txt": (use) => {
    const version = pinned("==", use);
    return version === "" ? undefined : { name: use.name, version: withoutComment(version) };
  },
  "Cargo.lock": asIs,
  "uv.lock": asIs,
  "*.gemspec": rootOnly,
  METADATA: rootOnly,
};

const syft: Readonly<Record<string, Rule>> = {
  "package.json": rootOnly,
  "Cargo.lock": asIs,
  "go.mod": (use) =>
    use.relation === "root" || use.name === "stdlib"
      ? undefined
      : { name: use.name, version: use.version === undefined ? "" : `v${use.version}` },
  // Version 1 keeps what is for development, and does not list the project.
  "package-lock.json": (use, { text }) => {
    if (/"lockfileVersion"\s*:\s*1\b/.test(text)) return withoutRoots(use);
    return use.isDevelopment ? undefined : asIs(use);
  },
  // Workspaces with the version that Yarn writes for them.
  "yarn.lock": ({ name, version = "0.0.0-use.local" }) => ({ name, version }),
  "pnpm-lock.yaml": withoutOwn,
  "bun.lock": withoutRoots,
  "composer.lock": withoutDevelopment,
  "Pipfile.lock": withoutDevelopment,
  "gradle.lockfile": ({ name, version = "" }) => ({ name: name.slice(name.indexOf(":") + 1), version }),
  "requirements.txt": (use) => {
    const version = pinned("===|==", use);
    return version === "" ? undefined : { name: packageKey("PyPI", use.name), version: withoutComment(version) };
  },
  "Gemfile.lock": asIs,
  // Two readers of the peer: one for workflows that are called, one for actions.
  "GitHub Actions workflow": ({ ecosystem, name, version, requirement }, { name: caseName }) =>
    ecosystem === "GitHub Actions" && name.includes("/workflows/") === caseName.includes("WorkflowUsage")
      ? { name, version: version ?? requirement ?? "" }
      : undefined,
  "stack.yaml.lock": (use) => (use.source ? undefined : asIs(use)),
  "pubspec.yaml": itself,
  "OTP .app": itself,
  "pubspec.lock": ({ name, version = "", requirement = "", groups = [] }) =>
    groups.includes("sdk") ? { name, version: requirement.replace(/^[>=^\s]+/, "") } : { name, version },
  "rebar.lock": ({ name, version, source }) => ({
    name,
    version: version ?? (source?.is === "git" ? source.commit : undefined) ?? "",
  }),
  "Package.resolved": ({ name, version = "" }) => ({
    name: name.slice(name.lastIndexOf("/") + 1).toLowerCase(),
    version,
  }),
  "packages.lock.json": withoutPaths,
};

export const conventions: Readonly<Record<PeerConvention, Readonly<Record<string, Rule>>>> = {
  "osv-scalibr": scalibr,
  trivy,
  syft,
};

/** Extensions of VS Code and packages of Unity are no packages of npm. */
function isForAnEditor(text: string): boolean {
  if (!/"(?:vscode|unity)"/.test(text)) return false;
  const { engines, unity } = JSON.parse(text) as { engines?: Record<string, unknown>; unity?: unknown };
  return unity !== undefined || (typeof engines === "object" && engines !== null && "vscode" in engines);
}

function lastPart(name: string): string {
  return /[^/:]+$/.exec(name)?.[0] ?? name;
}

/** To pip a comment needs a blank before it; to some peers it does not. */
function withoutComment(version: string): string {
  return version.replace(/#.*$/, "");
}

function hasRepository(name: string, text: string): boolean {
  const { Packages: packages = {} } = JSON.parse(text) as { Packages?: Record<string, { Repository?: string }> };
  return packages[name]?.Repository !== undefined;
}
