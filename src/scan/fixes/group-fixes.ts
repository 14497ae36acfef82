/** Which findings one change ends together: those of one package, of one edit, or what somebody chose to have in one. */
import type { Finding } from "#model/finding.ts";
import type { FixGrouping, FixTarget } from "#model/fix-plan.ts";
import { packageKey } from "#model/package-key.ts";
import { isSpan } from "#model/span.ts";
import { compareVersions } from "../packages/versions.ts";
import { isPinFinding } from "./pins/pin-rules.ts";

/** Findings that nothing is known to do about are left out. */
export function groupFixes(findings: readonly Finding[], grouping: FixGrouping = "root-cause"): readonly FixTarget[] {
  const groups = Map.groupBy(findings.filter(isFixable), (finding) => keyOf(finding, grouping));
  return [...groups].map(([key, own]) => ({ key, ...wordsFor(own, grouping), findings: own }));
}

export function isFixable(finding: Finding): boolean {
  return isPackageFix(finding) || (finding.fix?.edits.length ?? 0) > 0 || isPinFinding(finding);
}

/** Judges of packages tell what to raise; the edits are worked out again from the files. */
export function isPackageFix(finding: Finding): boolean {
  return finding.package !== undefined && finding.upgrade !== undefined;
}

function keyOf(finding: Finding, grouping: FixGrouping): string {
  if (grouping === "scanner") return `scanner ${scannerOf(finding)}`;
  const { package: of, upgrade } = finding;
  if (of && upgrade) {
    return grouping === "ecosystem"
      ? `ecosystem ${of.ecosystem}`
      : `package ${of.ecosystem} ${packageKey(of.ecosystem, upgrade.name)}`;
  }
  if (grouping === "ecosystem") return `scanner ${scannerOf(finding)}`;
  // A rule's edit in one file is one thing to review; the same rule elsewhere is another.
  return `rule ${finding.rule} ${isSpan(finding.at) ? finding.at.path : ""}`;
}

function scannerOf({ rule }: Finding): string {
  return rule.slice(0, rule.indexOf("/"));
}

function wordsFor(own: readonly Finding[], grouping: FixGrouping): Pick<FixTarget, "title" | "goal"> {
  const [first] = own;
  const goal = goalOf(own);
  const { package: of, upgrade } = first ?? {};
  if (of && upgrade && grouping === "root-cause") return { title: `Raise ${upgrade.name} to ${goal}`, goal };
  if (of && upgrade && grouping === "ecosystem") return { title: `Raise packages of ${of.ecosystem}`, goal };
  if (grouping !== "root-cause" && first) return { title: `Fix what ${scannerOf(first)} found`, goal };
  const path = first && isSpan(first.at) ? ` in ${first.at.path}` : "";
  return { title: `${first?.fix?.title ?? "Pin what is used"}${path}`, goal };
}

/** The highest version of each package, or nothing. */
function goalOf(own: readonly Finding[]): string {
  const highest = new Map<string, string>();
  for (const { package: of, upgrade } of own) {
    if (!of || !upgrade) continue;
    const known = highest.get(upgrade.name);
    if (known === undefined || compareVersions(of.ecosystem, known, upgrade.to) < 0)
      highest.set(upgrade.name, upgrade.to);
  }
  if (highest.size <= 1) return [...highest.values()].join("");
  return [...highest]
    .map(([name, to]) => `${name} ${to}`)
    .sort()
    .join(", ");
}
