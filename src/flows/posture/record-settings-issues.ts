/** Brings the issues about settings to what rules say now, in the place of each project and of the organization. */
import type { RepositoryId } from "#model/ids.ts";
import type { Db } from "#store/database.ts";
import type { OrganizationRow } from "#store/instances/organizations.ts";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import { type Branch, listFindings } from "#store/issues/occurrences.ts";
import { notifyLive } from "#store/live.ts";
import type { JudgedResource } from "#store/posture/posture-results.ts";
import { settingsBranch } from "#store/posture/settings-places.ts";
import type { App } from "../app.ts";
import { askToApplyPolicies } from "../jobs/ask.ts";
import type { Changed } from "../urgency/novelty-of.ts";
import { scoreBranch } from "../urgency/score-issues.ts";
import { changedFindings } from "./changed-findings.ts";
import { findingsByPlace, isOfRun, settingPath } from "./findings-of-results.ts";
import { type Seen, unseenIn } from "./keep-unseen.ts";

export interface SettingsJudged extends Seen {
  readonly organization: OrganizationRow;
  readonly places: ReadonlySet<RepositoryId>;
  /** Resources of the look before. */
  readonly before: readonly JudgedResource[];
  readonly at: Date;
}

export async function recordSettingsIssues(app: Pick<App, "jobs">, tx: Db, given: SettingsJudged): Promise<void> {
  const { organization, places, results, before, at } = given;
  const { id, instanceId } = organization;
  const findings = findingsByPlace(id, results, places);
  const changed = changedSince(before, results);
  const isUnseen = unseenIn(given);
  // In the order of ids, so that two that write issues of the same places do not wait for each other.
  for (const repositoryId of [...places].sort()) {
    const where = { instanceId, repositoryId, branch: settingsBranch };
    const found = findings.get(repositoryId) ?? [];
    const prints = new Set(found.map(({ fingerprint }) => fingerprint));
    const place = { projectId: (repositoryId as string) === id ? undefined : repositoryId };
    // What runs did stays, whatever settings are now.
    const present = (await listFindings(tx, where)).filter((one) => !isOfRun(one));
    const kept = present.filter((one) => !prints.has(one.fingerprint) && isUnseen(one, place));
    const { replaced, findings: replacing } = changedFindings(present, [...found, ...kept]);
    if (replaced.length === 0) continue;
    await replaceSettingsFindings(app, tx, where, { at, replaced, findings: replacing, changed });
  }
}

/** What the first look finds, or another rule, was there before anybody looked; what was fine, or not there at all, was not. */
function changedSince(before: readonly JudgedResource[], results: readonly JudgedResource[]): Changed {
  if (before.length === 0) return { is: "nothing" };
  const known = new Set(before.map(settingPath));
  const fine = new Set(before.flatMap(({ fingerprint, answer }) => (answer === "pass" ? [fingerprint] : [])));
  const isNew = (one: JudgedResource) =>
    one.answer === "fail" && (fine.has(one.fingerprint) || !known.has(settingPath(one)));
  return { is: "files", paths: new Set(results.filter(isNew).map(settingPath)) };
}

/** Also what follows: urgency, policies, news. */
export async function replaceSettingsFindings(
  app: Pick<App, "jobs">,
  tx: Db,
  where: Branch,
  given: Pick<Parameters<typeof applyBranchFindings>[1], "at" | "replaced" | "findings"> & {
    readonly changed: Changed;
  },
): Promise<void> {
  const { at, replaced, findings, changed } = given;
  const changes = await applyBranchFindings(tx, { ...where, at, replaced, findings });
  await scoreBranch(tx, where, { at, changed });
  if (Object.values(changes).every(({ length }) => length === 0)) return;
  await askToApplyPolicies(app, tx, where, "push");
  await notifyLive(tx, { is: "issues-changed", instanceId: where.instanceId, repositoryId: where.repositoryId });
}
