/** What the world knows of a package that is in use: for people who look at it, not for a judgement. */
import type { Advisory } from "#model/advisory.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { PackageFacts } from "#model/package-facts.ts";
import type { Risk } from "#model/package-finding.ts";
import { categoryOf } from "#scan/licenses/category-of.ts";
import { riskOf } from "#scan/operational-risk/risk-of.ts";
import { compareVersions, isVersionAffected } from "#scan/packages/versions.ts";
import { defaultPackageSettings, type LicenseCategory } from "#scan/settings/package-settings.ts";
import type { App } from "../app.ts";

export interface AboutPackage {
  readonly advisories: readonly {
    readonly advisory: Advisory;
    /** Of the versions in use. */
    readonly affected: readonly string[];
  }[];
  readonly risks: readonly { readonly version: string; readonly risk: Risk | undefined }[];
}

export function aboutPackage(
  { knowledge, now }: Pick<App, "knowledge" | "now">,
  {
    ecosystem,
    key,
    versions,
  }: {
    readonly ecosystem: Ecosystem;
    readonly key: string;
    readonly versions: readonly string[];
  },
): AboutPackage {
  const known = knowledge.current();
  const facts = known.factsOf(ecosystem, key);
  const today = now().toISOString().slice(0, 10);
  const settings = defaultPackageSettings.operationalRisk;
  const advisories = known.advisoriesOf(ecosystem, key).map((advisory) => ({
    advisory,
    affected: versions.filter((version) => isVersionAffected(ecosystem, version, advisory.affected)),
  }));
  return {
    advisories: advisories.toSorted((a, b) => b.affected.length - a.affected.length),
    risks: versions.map((version) => ({
      version,
      risk:
        facts &&
        riskOf({
          ...{ facts, settings, today },
          used: usedOf(facts, version),
          isVulnerable: advisories.some(({ affected }) => affected.includes(version)),
        }),
    })),
  };
}

function usedOf({ versions }: PackageFacts, version: string) {
  const own = versions.find((one) => one.version === version);
  return { version, ...(own && { facts: own }) };
}

export function categoryOfLicense(license: string): LicenseCategory {
  return categoryOf(license);
}

/** Newest first. */
export function newestFirst(ecosystem: Ecosystem, versions: readonly string[]): readonly string[] {
  return versions.toSorted((a, b) => compareVersions(ecosystem, b, a));
}
