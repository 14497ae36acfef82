/** What a fix would change: whole texts, planned from the files as they were read. Nothing in here was done yet. */
import type { Ecosystem } from "./ecosystem.ts";
import type { Finding } from "./finding.ts";

/** What one change ends: all findings of one root cause, or of a group that somebody chose. */
export interface FixTarget {
  /** The same for a newer version to go to: a plan with the same key takes the place of an older one. */
  readonly key: string;
  /** `Raise lodash to 4.17.21`. */
  readonly title: string;
  /** The version or the like that it goes to; another one under the same key supersedes. Empty where there is none. */
  readonly goal: string;
  readonly findings: readonly Finding[];
}

export const fixGroupings = ["root-cause", "ecosystem", "scanner"] as const;

export type FixGrouping = (typeof fixGroupings)[number];

export interface PlannedFix {
  readonly is: "planned";
  readonly title: string;
  readonly files: readonly FixedFile[];
  /** Fingerprints of the findings that it is meant to end. */
  readonly fixes: readonly string[];
  readonly risk: FixRisk;
  /** What people must run or should know, a sentence each. */
  readonly said: readonly string[];
  /** True if a lock file says the old until somebody has run what `said` names: a scan still finds what it finds. */
  readonly needsRestore: boolean;
}

export interface RefusedFix {
  readonly is: "refused";
  /** Why nothing was planned, and what people can do instead. */
  readonly because: string;
}

export type FixPlan = PlannedFix | RefusedFix;

/** Texts whose UTF-8 is exactly the file, a byte order mark included. */
export interface FixedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface FixRisk {
  readonly crossesMajor: boolean;
  /** Only if both are known and differ. */
  readonly licenseChange?: LicenseChange;
  /** Packages that come in beside what is raised, `name@version` each. */
  readonly adds?: readonly string[];
  /** Of those, by the same text, where they are known. */
  readonly addedLicenses?: Readonly<Record<string, readonly string[]>>;
}

export interface LicenseChange {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** What only registries and forges know, as whoever plans passes it in. Everything may be unknown: then it is said. */
export interface FixKnowledge {
  readonly publishedOf: (ecosystem: Ecosystem, name: string, version: string) => PublishedVersion | undefined;
  /** Every version that is published and not withdrawn, in any order. */
  readonly versionsOf?: (ecosystem: Ecosystem, name: string) => readonly string[] | undefined;
  /** npm: the checksum that Yarn 4 writes of a version, of the archive that it makes itself; hex digits. */
  readonly yarnChecksumOf?: (name: string, version: string) => string | undefined;
  /** The commit behind `owner/action` at a tag or branch. */
  readonly commitOf?: (action: string, ref: string) => string | undefined;
  /** `sha256:...` of an image as it is written in the file, tag included. */
  readonly digestOf?: (image: string) => string | undefined;
}

/** One version of a package, as a lock file must write it down. */
export interface PublishedVersion {
  /** As the ecosystem's lock files write it: `sha512-...` (npm), the content hash (NuGet), `h1:...` (Go), hex digits (Cargo). */
  readonly integrity?: string;
  /** Go: of its go.mod. */
  readonly modIntegrity?: string;
  /** Where its archive lies. */
  readonly resolved?: string;
  /** Python: each file of the release. */
  readonly files?: readonly PublishedFile[];
  /** What it asks for where it runs, by name; absent if that is not known. */
  readonly dependencies?: Readonly<Record<string, string>>;
  /** NuGet: what it asks for by target framework as it is published; an empty framework stands for any. */
  readonly frameworks?: readonly FrameworkDependencies[];
  /** Python: `Requires-Dist` as it is published, extras and markers included. */
  readonly requirements?: readonly string[];
  /** Python: `Requires-Python`. */
  readonly requiresPython?: string;
  /** What else its entry in a lock file repeats, as the registry has it: `peerDependencies`, `engines` (npm), `summary` (Python). */
  readonly entry?: Readonly<Record<string, unknown>>;
  /** Cargo: what its line in the registry says. */
  readonly crate?: PublishedCrate;
  /** RubyGems: each platform's archive. */
  readonly gems?: readonly PublishedGem[];
  /** Cargo, RubyGems, Composer: who told it. What two places say of one package is not put together. */
  readonly place?: string;
  readonly licenses?: readonly string[];
}

export interface PublishedFile {
  readonly name: string;
  /** `sha256:...` */
  readonly hash: string;
  readonly url?: string;
  /** In bytes. */
  readonly size?: number;
  /** ISO time, as precise as it is published. */
  readonly uploadedAt?: string;
}

export interface FrameworkDependencies {
  readonly framework: string;
  /** Ranges by name. */
  readonly dependencies: Readonly<Record<string, string>>;
}

export interface PublishedCrate {
  readonly dependencies: readonly CrateDependency[];
  /** With those that optional dependencies stand for only if they are written. */
  readonly features: Readonly<Record<string, readonly string[]>>;
  readonly links?: string;
  readonly isYanked: boolean;
}

export interface CrateDependency {
  /** As the features call it; `crate` is its own name. */
  readonly name: string;
  readonly crate: string;
  readonly requirement: string;
  readonly kind: "normal" | "build" | "dev";
  readonly isOptional: boolean;
  readonly features: readonly string[];
  readonly usesDefault: boolean;
  /** Of another registry than the crate that asks for it. */
  readonly isElsewhere: boolean;
}

export interface PublishedGem {
  /** `ruby` for any. */
  readonly platform: string;
  /** Hex digits. */
  readonly sha256?: string;
  /** Requirements by name, as published: `>= 1.0&< 3`. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** Of Ruby and of RubyGems themselves. */
  readonly requires: Readonly<Record<string, string>>;
}
