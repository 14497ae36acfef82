/** A project of npm, or settings of a package manager, as rules see them: what is asked for, what is locked, whence it comes. */
import type { Place } from "../../formats/text-file.ts";

export interface PackageUnit {
  readonly root: string;
  /** Of the root and its workspaces. */
  readonly projects: readonly Project[];
  readonly locks: readonly LockFile[];
  /** Addresses that files name as sources of packages. */
  readonly sources: readonly Source[];
}

export interface Project {
  readonly path: string;
  readonly name: string | undefined;
  readonly nameAt: Place | undefined;
  /** Where its packages are listed; undefined if it needs none from elsewhere. */
  readonly asksAt: Place | undefined;
  readonly isPrivate: boolean;
  /** Under `publishConfig`. */
  readonly publishesTo: string | undefined;
  /** A lock file stands beside it, or where its workspaces are held together. */
  readonly isLocked: boolean;
}

export interface LockFile {
  readonly path: string;
  /** Packages that nothing strong vouches for. */
  readonly weak: readonly LockedPackage[];
}

export interface LockedPackage {
  readonly name: string;
  readonly at: Place;
  readonly why: "sha1" | "nothing";
}

export interface Source {
  readonly path: string;
  readonly address: string;
  /** Of the address. */
  readonly at: Place;
  /** One among many that a program wrote. */
  readonly isLocked: boolean;
}
