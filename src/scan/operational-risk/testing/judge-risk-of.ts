/** Judges packages that are written in a few words by facts that are written in a few words. */
import type { AdvisoryKnowledge } from "#model/advisory.ts";
import type { Finding } from "#model/finding.ts";
import type { PackageFacts, VersionFacts } from "#model/package-facts.ts";
import { packageKey } from "#model/package-key.ts";
import type { Manifest } from "#model/package-manifest.ts";
import { defaultPackageSettings } from "../../settings/package-settings.ts";
import { judgeOperationalRisk } from "../judge-operational-risk.ts";

export const today = "2026-01-31";

export interface KnownWorld extends Partial<AdvisoryKnowledge> {
  readonly facts?: readonly PackageFacts[];
}

export function judged(manifests: readonly Manifest[], { facts = [], ...rest }: KnownWorld): readonly Finding[] {
  const knowledge = {
    advisoriesOf: () => [],
    exploitLikelihood: () => undefined,
    knownExploited: () => undefined,
    runtimes: [],
    factsOf: (ecosystem: string, name: string) =>
      facts.find((one) => one.ecosystem === ecosystem && packageKey(one.ecosystem, one.name) === name),
    ...rest,
  };
  return judgeOperationalRisk(manifests, { knowledge, settings: defaultPackageSettings, today }).findings;
}

/** `versions`: `1.0.0 2025-03-01`, one each. */
export function factsOf(name: string, versions: readonly string[], more: Partial<PackageFacts> = {}): PackageFacts {
  return {
    ecosystem: "npm",
    name,
    source: "a.example",
    asOf: "2026-01-30T08:00:00Z",
    versions: versions.map((text): VersionFacts => {
      const [version = "", published] = text.split(" ");
      return { version, ...(published !== undefined && { published }) };
    }),
    ...more,
  };
}
