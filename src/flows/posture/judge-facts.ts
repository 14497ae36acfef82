/** From all that was read of an organization to what rules say, what its pipelines are made of, and who gets where. Pure. */
import type { ProjectId } from "#model/ids.ts";
import type { AttackPath } from "#model/posture/attack-path.ts";
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { PipelineBill } from "#model/posture/pipeline-bill.ts";
import type { RunFact } from "#model/posture/pipeline-facts.ts";
import type { PostureResult } from "#model/posture/posture-result.ts";
import { billOf } from "#scan/posture/bill/bill-of.ts";
import { judgePosture } from "#scan/posture/judge-posture.ts";
import { findAttackPaths } from "#scan/posture/paths/find-attack-paths.ts";
import { judgePipelines } from "#scan/posture/pipelines/judge-pipelines.ts";
import type { PipelineSource } from "#scan/posture/pipelines/pipeline-source.ts";
import type { PostureSettings } from "#scan/posture/posture-settings.ts";
import type { NewPipeline } from "#store/posture/pipelines.ts";
import { overviewOfPipeline, runAtAGlance } from "./overview-of-pipeline.ts";

export interface ToJudge {
  readonly facts: OrganizationFacts;
  readonly sources: readonly PipelineSource[];
  readonly settings: PostureSettings;
  readonly now: Date;
  /** As `PostureContext` has it. */
  readonly ownAccountId?: string;
}

export interface Judgement {
  readonly results: readonly PostureResult[];
  readonly paths: readonly AttackPath[];
  readonly pipelines: readonly NewPipeline[];
  readonly bills: readonly PipelineBill[];
  /** What could not be taken into account, as sentences. */
  readonly gaps: readonly string[];
}

export function judgeFacts({ facts, sources, settings, now, ownAccountId }: ToJudge): Judgement {
  const judged = judgePipelines(facts, sources, settings);
  const { paths, gaps } = findAttackPaths(facts, { settings, now, pipelines: judged });
  const own = ownAccountId === undefined ? {} : { ownAccountId: ownAccountId.toLowerCase() };
  const results = judgePosture(facts, { settings, now, pipelines: judged, paths, ...own });
  const bills = judged.map((one) => billOf(one, facts));
  const lastRuns = lastRunsOf(facts);
  const pipelines = judged.map((one, index): NewPipeline => {
    const projectId = one.projectId as ProjectId;
    const definitionId = one.definition.id;
    const lastRun = lastRuns.get(`${projectId}/${definitionId}`);
    const about = overviewOfPipeline(one, bills[index] as PipelineBill);
    return { projectId, definitionId, about, ...(lastRun && { lastRun: runAtAGlance(lastRun) }) };
  });
  return { results, paths, pipelines, bills, gaps: [...gaps, ...withoutPreview(sources)] };
}

/** Nothing is missing from what is said of any of them: it only was not held against anything. */
function withoutPreview(sources: readonly PipelineSource[]): readonly string[] {
  const [reason, ...others] = sources.flatMap(({ previewRefused }) => previewRefused ?? []);
  if (reason === undefined) return [];
  const count = `${others.length + 1} of ${sources.length} pipelines`;
  return [
    `How Azure DevOps itself puts ${count} together it does not tell this account, so how Sallyport does could not be checked: ${reason}`,
  ];
}

function lastRunsOf({ projects }: OrganizationFacts): ReadonlyMap<string, RunFact> {
  const last = new Map<string, RunFact>();
  for (const { id, runs } of projects) {
    if (runs.is !== "known") continue;
    for (const run of runs.value) {
      const key = `${id}/${run.definitionId}`;
      const before = last.get(key);
      if (!before || before.queuedAt < run.queuedAt) last.set(key, run);
    }
  }
  return last;
}
