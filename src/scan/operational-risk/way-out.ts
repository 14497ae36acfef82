/** The next version up that its registry still stands by: neither withdrawn nor deprecated nor a preview. */
import type { PackageFacts } from "#model/package-facts.ts";
import type { Upgrade } from "#model/package-finding.ts";
import { compareVersions, isPrerelease } from "../packages/versions.ts";
import { crossesMajor } from "../vulnerabilities/choose-upgrade.ts";
import type { UsedVersion } from "./used-packages.ts";

const most = 5_000;

export function wayOut(facts: PackageFacts, { use, version }: UsedVersion): Upgrade | undefined {
  const { ecosystem, versions, abandoned } = facts;
  if (version === undefined || abandoned) return undefined;
  let next: string | undefined;
  for (const one of versions.slice(0, most)) {
    if (one.withdrawn !== undefined || one.deprecated !== undefined || isPrerelease(ecosystem, one.version)) continue;
    if (compareVersions(ecosystem, one.version, version) <= 0) continue;
    if (next === undefined || compareVersions(ecosystem, one.version, next) < 0) next = one.version;
  }
  if (next === undefined) return undefined;
  const isOwn = use.relation === "direct" || use.versionAt !== undefined;
  const crosses = crossesMajor(ecosystem, version, next);
  return {
    name: use.name,
    from: version,
    to: next,
    crossesMajor: crosses,
    isCertain: isOwn,
    by: isOwn ? "raise" : "override",
  };
}
