/** Raises one package in one manifest, in the way of its format. What an editor cannot do soundly it says in words. */
import type { FixKnowledge } from "#model/fix-plan.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { TextChange } from "../text-edits.ts";
import type { Raising } from "./raising.ts";

export interface EditAsked {
  /** For `oncePerText`: what was parsed for one finding is there for the next. */
  readonly plan: object;
  readonly manifest: Manifest;
  /** All have the same name. */
  readonly raising: readonly [Raising, ...Raising[]];
  /** The text of a file as it is now, without its byte order mark; undefined if it is not there, or cannot be edited. */
  readonly textOf: (path: string) => string | undefined;
  /**
   * What the files say when the manifest's own is not there: of a lock file, what its projects ask for; `more` are asked too,
   * and some more may be left out.
   */
  readonly alone: (more?: readonly string[], without?: readonly string[]) => readonly Manifest[];
  /** All files of the repository that say something about packages. */
  readonly paths: () => readonly string[];
  readonly known: FixKnowledge;
  /** Whether an advisory names a version; absent if no advisories are at hand. */
  readonly isAffected?: ((name: string, version: string) => boolean) | undefined;
}

export type Edited =
  | {
      readonly is: "edited";
      /** By path. */
      readonly changes: ReadonlyMap<string, readonly TextChange[]>;
      /** Files that say the old until somebody lets their tool write them: the lock file, a list of checksums. */
      readonly stale: readonly string[];
      readonly said: readonly string[];
      /** Names that may go, come or change beside what is raised. */
      readonly beside?: readonly string[];
      /** Packages that come in, `name@version` each. */
      readonly adds?: readonly string[];
    }
  | { readonly is: "refused"; readonly because: string };

export type PackageEditor = (asked: EditAsked) => Edited;

export function refused(because: string): Edited {
  return { is: "refused", because };
}
