import type { Hunk } from "#model/diff-of-fix.ts";
import type { FixedProblem } from "#model/fix.ts";
import type { FixRisk } from "#model/fix-plan.ts";
import type { FixOverview } from "#store/fixes/fixes.ts";
import { branchName } from "../shapes/branch-name.ts";
import { toTime } from "../shapes/time.ts";
import type { FixDetail, FixRow } from "./contract.ts";

export function rowOf(fix: FixOverview): FixRow {
  const { id, instanceId, title, goal, state, reason = null, askedBy, askedAt, changedAt } = fix;
  const { pullRequest: number, pullRequestUrl: webUrl = "" } = fix;
  return {
    ...{ id, instanceId, title, goal, state, reason },
    repository: {
      id: fix.repositoryId,
      name: fix.repositoryName,
      project: fix.projectName,
      organization: fix.organizationName,
    },
    targetBranch: branchName(fix.targetRef),
    branch: branchName(fix.branch),
    forPullRequest: fix.forPullRequest ?? null,
    pullRequest: number === undefined ? null : { number, webUrl },
    fixes: fix.fixes.length,
    example: fix.fixes[0]?.message ?? null,
    askedBy: { is: askedBy.is, name: askedBy.is === "policy" ? askedBy.policy : askedBy.name },
    ...{ askedAt: toTime(askedAt), changedAt: toTime(changedAt) },
  };
}

export function detailOf(fix: FixOverview & { readonly hunks: readonly Hunk[] }): FixDetail {
  return {
    ...rowOf(fix),
    ends: fix.fixes.map(problemOf),
    adds: fix.adds.map(problemOf),
    said: [...fix.said],
    risk: riskOf(fix.risk),
    baseCommit: fix.baseCommit ?? null,
    headCommit: fix.headCommit ?? null,
    diff: fix.hunks.map(hunkOf),
  };
}

function problemOf({ advisory, ...problem }: FixedProblem): FixDetail["ends"][number] {
  return { ...problem, advisory: advisory ?? null };
}

export function riskOf(risk: FixRisk | undefined): FixDetail["risk"] {
  if (!risk) return null;
  const { crossesMajor, licenseChange, adds = [] } = risk;
  const change = licenseChange && { from: [...licenseChange.from], to: [...licenseChange.to] };
  return { crossesMajor, licenseChange: change ?? null, adds: [...adds] };
}

export function hunkOf({ path, lines }: Hunk): FixDetail["diff"][number] {
  return { path, lines: lines.map(({ is, number = null, text }) => ({ is, number, text })) };
}
