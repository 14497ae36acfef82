/** What is shown of a pipeline at a glance, out of all that was understood of it. */
import type { PipelineBill } from "#model/posture/pipeline-bill.ts";
import type { RunFact } from "#model/posture/pipeline-facts.ts";
import type { ExposureAnswer, PipelineOverview, PipelineRun } from "#model/posture/pipeline-overview.ts";
import type { Exposure, JudgedPipeline } from "#scan/posture/pipelines/judged-pipeline.ts";

const mostUses = 200;

export function overviewOfPipeline(judged: JudgedPipeline, bill: PipelineBill): PipelineOverview {
  const { definition, source, exposure, uses, injections, gaps } = judged;
  const { name, folder, url, kind, isEnabled, revision, repository } = definition;
  return {
    ...{ name, folder, url, kind, isEnabled, revision, repository, starts: bill.starts, identity: bill.identity },
    ...(source && { source: { ref: source.ref, commit: source.commit, path: source.path } }),
    exposure: { ...exposureOf(exposure), injections: injections.map(({ evidence }) => evidence) },
    uses: usesOf(uses),
    gaps,
  };
}

/** Each resource once, as it is used the surest. */
function usesOf(uses: JudgedPipeline["uses"]): PipelineOverview["uses"] {
  const order = ["run", "authorised", "possible"];
  const byName = Map.groupBy(uses, ({ kind, name, id }) => `${kind} ${id ?? name}`);
  return [...byName.values()].slice(0, mostUses).map((all) => {
    const [{ kind, name, certainty }] = all.toSorted(
      (a, b) => order.indexOf(a.certainty) - order.indexOf(b.certainty),
    ) as [JudgedPipeline["uses"][number]];
    return { kind, name, certainty, isDeployment: all.some(({ isDeployment }) => isDeployment === true) };
  });
}

type Answers = Omit<PipelineOverview["exposure"], "injections">;

function exposureOf({ pullRequests, forks, openBranches, webhooks }: Exposure): Answers {
  const [first] = webhooks;
  return {
    pullRequests: answerOf(pullRequests, (evidence) => ({
      says: "Pull requests, before anybody reviewed them",
      evidence,
    })),
    forks: answerOf(forks, ({ withSecrets, evidence }) => ({
      says: withSecrets ? "Pull requests of forks, with secrets" : "Pull requests of forks, without secrets",
      evidence,
    })),
    openBranches: answerOf(openBranches, ({ patterns, evidence }) => ({
      says: `Pushes to branches that nothing protects: ${patterns.slice(0, 5).join(", ")}`,
      evidence,
    })),
    webhooks: answerOf(first ?? false, ({ connection, hasSecret, evidence }) => ({
      says: `Whoever knows the address of ${connection}${hasSecret === false ? ", which has no secret" : ""}`,
      evidence,
    })),
  };
}

function answerOf<T>(
  given: T | false | undefined,
  say: (value: T) => Omit<ExposureAnswer & { readonly is: "yes" }, "is">,
): ExposureAnswer {
  if (given === undefined) return { is: "unknown" };
  return given === false ? { is: "no" } : { is: "yes", ...say(given) };
}

export function runAtAGlance(run: RunFact): PipelineRun {
  const { id, number, url, reason, result, branch, queuedAt, finishedAt = queuedAt, requestedFor } = run;
  return {
    ...{ id, number, url, reason, result, branch, at: finishedAt },
    ...(requestedFor && { requestedFor: requestedFor.name }),
  };
}
