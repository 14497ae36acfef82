/** What a judge of packages is given. The same manifests are judged again whenever the world's knowledge changes. */
import type { AdvisoryKnowledge } from "#model/advisory.ts";
import type { Finding } from "#model/finding.ts";
import type { PackageKnowledge } from "#model/package-facts.ts";
import type { Reachability } from "#model/package-finding.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import type { PackageSettings } from "./settings/package-settings.ts";

export interface JudgeContext {
  readonly knowledge: AdvisoryKnowledge & PackageKnowledge;
  readonly settings: PackageSettings;
  /** ISO date: the room has no clock. */
  readonly today: string;
  /** What the source files say about the use of packages; absent if nobody looked. */
  readonly use?: UseEvidence;
}

export interface UseEvidence {
  /** Whether first-party code that the manifest is for imports the package at this position. */
  reachabilityOf(manifest: Manifest, position: number): Reachability;
  /** Whether it imports this very part (`golang.org/x/net/html`); undefined if there is no such code to look at. */
  importsPart(manifest: Manifest, part: string): boolean | undefined;
}

export interface Judgement {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

/** Judges all manifests of a repository together: what one says may matter for another. Never throws on what they hold. */
export type PackageJudge = (manifests: readonly Manifest[], context: JudgeContext) => Judgement;
