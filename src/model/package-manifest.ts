/** What a repository depends on, as its files say it. No judgement is in here: it holds also when the world's knowledge changes. */
import type { Ecosystem } from "./ecosystem.ts";
import type { Span } from "./span.ts";

/** One file, or one project with the files that complete it, and the packages that it names. */
export interface Manifest {
  /** The file that stands for it: the lock file, the project file. */
  readonly path: string;
  /** The reader's name: `package-lock.json`, `*.csproj`. */
  readonly format: string;
  readonly ecosystem: Ecosystem;
  /** What the file describes, where it says so. */
  readonly root?: { readonly name: string; readonly version?: string };
  /** True if the versions are those that are installed; false if they were derived from what a project asks for. */
  readonly isLocked: boolean;
  /** In the order of the file. The same package twice only if it differs in version or source. */
  readonly packages: readonly PackageUse[];
  /** Where the project can decide the version of what others bring in; absent if the files have no sound place for it. */
  readonly pinAt?: PinPlace;
  /** Where packages may come from, as the settings of a package manager say it; only those that are asked over a network. */
  readonly feeds?: readonly Feed[];
}

/** One place that a package manager asks for packages. */
export interface Feed {
  readonly name?: string;
  /** As written, without user and password. */
  readonly address: string;
  /** Only names in these scopes, or of these patterns, come from it: `@contoso`, `Contoso.*`. */
  readonly scopes?: readonly string[];
  /** Names that are taken from it and from no other place, though others may come from it, too; `*` at the end for all that begin so. */
  readonly names?: readonly string[];
  /** It is settled which names come from it, and no other place gives them. */
  readonly isMapped?: boolean;
  /** Asked together with the places that the machine knows, mostly public ones, and not instead of them. */
  readonly isBesideOthers?: boolean;
  readonly at: Span;
}

/** An empty place, and what to write there, with `NAME` and `VERSION` where they belong. */
export interface PinPlace {
  readonly at: Span;
  readonly text: string;
}

/** One package as one manifest names it. */
export interface PackageUse {
  readonly ecosystem: Ecosystem;
  /** As the ecosystem writes it: `@scope/name`, `group:artifact`, `Newtonsoft.Json`. */
  readonly name: string;
  /** Absent where the files cannot tell it; then `requirement` has the words that they have. */
  readonly version?: string;
  /** What is asked for, as written: `^1.2.0`, `[1.0,2.0)`, `$(JsonVersion)`. */
  readonly requirement?: string;
  /** The whole entry. Its path may be another file's than the manifest's. */
  readonly at: Span;
  /** Further places that say the same: other target frameworks, the project file beside the lock file. */
  readonly alsoAt?: readonly Span[];
  /** Where its version is written, if that can be edited: the text between the quotes. */
  readonly versionAt?: Span;
  /** Asked for by the project itself, by another package, the project itself, or unknown because the file does not say it. */
  readonly relation: Relation;
  /** True if nothing that runs in production needs it. */
  readonly isDevelopment: boolean;
  /** The groups, scopes and configurations that it is in, as written: `dev`, `test`, `optional`, `provided`. */
  readonly groups?: readonly string[];
  /** Not from a registry: where from instead. */
  readonly source?: PackageSource;
  /** Where the lock file says that it was found: an address, or "" for the package manager's own default. Absent where it does not say it. */
  readonly registry?: string;
  /** As the file has it: `sha512-...` for npm, `contentHash` for NuGet. */
  readonly integrity?: string;
  /** Licence expressions as the file declares them. */
  readonly licenses?: readonly string[];
  /** .NET: the target frameworks that it is in, if not all. */
  readonly frameworks?: readonly string[];
  /** .NET: the shared framework that carries the same or a newer one, so that this one never runs. */
  readonly providedBy?: string;
  /** Positions in the manifest's packages of what it depends on; absent if the file has no graph. */
  readonly dependsOn?: readonly number[];
}

export type Relation = "root" | "workspace" | "direct" | "transitive" | "unknown";

export type PackageSource =
  | { readonly is: "git"; readonly url: string; readonly commit?: string }
  | { readonly is: "path"; readonly path: string }
  | { readonly is: "archive"; readonly url: string };
