/** The packages of all manifests together, each once, in an order that does not depend on the order of the manifests. */
import type { Ecosystem } from "#model/ecosystem.ts";
import type { PackageSource } from "#model/package-manifest.ts";
import type { DeclaredLicenses } from "./declared-licenses.ts";
import type { FileHash } from "./integrity-hashes.ts";

export interface BillOfMaterials {
  /** By reference. */
  readonly parts: readonly BillPart[];
  /** References of what the subject itself asks for, in order. */
  readonly asked: readonly string[];
  /** True if every manifest is a lock that tells what is asked for. */
  readonly isComplete: boolean;
}

export interface BillPart {
  /** Unique: the package URL, with a place where several parts have the same one. */
  readonly reference: string;
  readonly purl: string;
  readonly ecosystem: Ecosystem;
  /** As the ecosystem writes it. */
  readonly name: string;
  readonly version: string | undefined;
  /** A part of the subject itself. */
  readonly isWorkspace: boolean;
  readonly scope: "required" | "optional" | "development";
  readonly hashes: readonly FileHash[];
  readonly licenses: DeclaredLicenses | undefined;
  readonly source: PackageSource | undefined;
  readonly occurrences: readonly Occurrence[];
  /** The manifests that name it, by their paths. */
  readonly manifests: readonly string[];
  /** True if a lock file says it. */
  readonly isLocked: boolean;
  /** References, in order. */
  readonly dependsOn: readonly string[];
  /** True if `dependsOn` is known to be everything. */
  readonly isComplete: boolean;
  /** What formats have no field for: names and values, in order. */
  readonly notes: readonly Note[];
}

export interface Occurrence {
  readonly path: string;
  readonly line: number;
}

export interface Note {
  readonly name: "requirement" | "framework" | "providedBy" | "integrity";
  readonly value: string;
}

/** Stands for the subject where a package depends on it. */
export const subjectReference = "subject";
