/** Judges what a branch depends on, as it is stored, by what the world knows now, under what its settings file allows. Git is not asked. */
import type { Renames } from "#model/follow-renames.ts";
import type { ScanId } from "#model/ids.ts";
import type { Problem } from "#model/scan-result.ts";
import { judgePackages } from "#scan/judge-packages.ts";
import { packageJudges } from "#scan/packages/package-judges.ts";
import type { Db } from "#store/database.ts";
import { listAllows } from "#store/instances/branch-allows.ts";
import { applyBranchFindings, lockIssues } from "#store/issues/apply-branch-findings.ts";
import type { Branch } from "#store/issues/occurrences.ts";
import { listManifests } from "#store/packages/manifests.ts";
import { listImports } from "#store/packages/source-imports.ts";
import type { App } from "../app.ts";
import { underAllows } from "../scan-settings/under-settings.ts";
import { judgeContext } from "./judge-context.ts";

export interface Judged {
  /** Some issue is not what it was. */
  readonly areChanged: boolean;
  /** What could not be judged; what was known of it stands. */
  readonly problems: readonly Problem[];
}

export async function judgeBranch(
  app: Pick<App, "knowledge">,
  tx: Db,
  branch: Branch,
  { scanId, at, renames }: { readonly scanId?: ScanId; readonly at: Date; readonly renames?: Renames | undefined },
): Promise<Judged> {
  const { repositoryId, branch: name } = branch;
  // Before anything is read: what a scan records meanwhile would be judged by what was there before it.
  if (!(await lockIssues(tx, repositoryId))) return { areChanged: false, problems: [] };
  const manifests = await listManifests(tx, repositoryId, name);
  const imports = await listImports(tx, repositoryId, name);
  const { context, problems: unread } = await judgeContext(app, tx, {
    instanceId: branch.instanceId,
    manifests,
    imports,
    at,
  });
  const judgement = await judgePackages(manifests, context);
  const allows = await listAllows(tx, repositoryId, name);
  const { findings, silenced, problems } = underAllows({ ...judgement, silenced: [] }, allows, at);
  const unjudged = problems.filter(({ code }) => code === "failed").map(({ scanner }) => scanner);
  const of = packageJudges.filter((judge) => !unjudged.includes(judge));
  const found = { replaced: "all", findings, silenced, renames } as const;
  const changes = await applyBranchFindings(tx, { ...branch, scanId, at, of, ...found });
  return { areChanged: Object.values(changes).some(({ length }) => length > 0), problems: [...unread, ...problems] };
}
