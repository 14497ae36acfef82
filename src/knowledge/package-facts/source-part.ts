/** What one source says about a package. */
import type { Ecosystem } from "#model/ecosystem.ts";
import type { PackageFacts } from "#model/package-facts.ts";

export interface PackageName {
  readonly ecosystem: Ecosystem;
  /** Normalised (`packageKey`). */
  readonly name: string;
}

export interface AskedPackage extends PackageName {
  /** In use: asked for in detail where a source answers by version. */
  readonly versions?: readonly string[];
  /** The project asks for it itself: more is asked about it. */
  readonly isDirect?: boolean;
  /** The name may be the organization's own: it does not go to public addresses. */
  readonly mayBePrivate?: boolean;
}

export type PartFacts = Omit<PackageFacts, "ecosystem" | "name" | "source" | "asOf">;

export interface SourcePart {
  /** Its address, without what is secret: a host may have several feeds. */
  readonly place: string;
  /** The host's name, to be shown. */
  readonly source: string;
  /** ISO time when it was last known to be so. */
  readonly checked: string;
  /** Versions that were asked for in detail. */
  readonly detailed?: readonly string[];
  readonly validators?: Validators;
  /** Absent: the source does not know the package. */
  readonly facts?: PartFacts;
}

/** To ask whether an answer has changed. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** More versions of one package nobody has in use. */
export const mostVersions = 5;
