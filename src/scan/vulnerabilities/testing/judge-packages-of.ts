/** Judges packages that are written in a few words by advisories that are written in a few words. */
import type { Advisory, AdvisoryKnowledge } from "#model/advisory.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { PackageFacts, PackageKnowledge } from "#model/package-facts.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { UseEvidence } from "../../package-judge.ts";
import { defaultPackageSettings } from "../../settings/package-settings.ts";
import { judgeVulnerabilities } from "../judge-vulnerabilities.ts";

type Known = AdvisoryKnowledge & PackageKnowledge;

export interface KnownWorld extends Partial<Omit<Known, "advisoriesOf" | "factsOf">> {
  /** By normalised name. */
  readonly advisories?: Readonly<Record<string, readonly Advisory[]>>;
  readonly versions?: Readonly<Record<string, readonly string[]>>;
  readonly use?: UseEvidence;
}

export function judged(manifest: Manifest, { advisories, versions, use, ...rest }: KnownWorld) {
  const knowledge: Known = {
    advisoriesOf: (_, name) => advisories?.[name] ?? [],
    factsOf: (ecosystem, name) => factsOf(ecosystem, name, versions?.[name]),
    exploitLikelihood: () => undefined,
    knownExploited: () => undefined,
    runtimes: [],
    ...rest,
  };
  const context = { knowledge, settings: defaultPackageSettings, today: "2026-01-31", ...(use && { use }) };
  return judgeVulnerabilities([manifest], context);
}

function factsOf(ecosystem: Ecosystem, name: string, versions?: readonly string[]): PackageFacts | undefined {
  if (!versions) return undefined;
  return {
    ecosystem,
    name,
    source: "a.example",
    asOf: "2026-01-31",
    versions: versions.map((version) => ({ version })),
  };
}

/** `range` is `>=1 <2` in events: from, to; without `to` there is no fix. */
export function advisory(
  id: string,
  [from, to]: readonly [from: string, to?: string],
  more: Partial<Advisory> = {},
): Advisory {
  return {
    id,
    aliases: [],
    isMalicious: false,
    title: "Prototype pollution",
    vectors: [],
    severityWord: "high",
    weaknesses: [],
    references: [],
    affected: [
      { ranges: [{ events: [{ introduced: from }, ...(to === undefined ? [] : [{ fixed: to }])] }], versions: [] },
    ],
    source: "A database (CC-BY-4.0)",
    ...more,
  };
}
