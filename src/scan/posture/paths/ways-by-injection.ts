/** From people who may only start a pipeline, and whoever knows the address of a webhook, to a shell that runs what they send. */
import type { Injection } from "../pipelines/judged-pipeline.ts";
import { mendInjection, takeFromPipelines } from "./code-settings.ts";
import { heldBy, type PipelineGround, type ProjectGround } from "./ground.ts";
import { addWay } from "./guarded-graph.ts";
import { addPipelineRun } from "./run-place.ts";
import { type Building, rightToQueue, upper } from "./ways-to-code.ts";

export function addInjectionWays(building: Building, project: ProjectGround): void {
  const { ground, graph, entry } = building;
  for (const pipeline of project.pipelines) {
    const injections = (pipeline.judged?.injections ?? []).filter(({ by }) => by === "whoever-queues");
    if (injections.length === 0) continue;
    const right = rightToQueue(ground, project, entry, pipeline);
    if (!right) continue;
    for (const injection of firstOfJobs(injections)) {
      const { evidence } = injection;
      const key = addShell(building, project, { pipeline, injection, tag: "queued" });
      addWay(graph, graph.start, key, {
        is: "can-queue",
        says: `${upper(entry.name)} may start ${pipeline.definition.name}, and what they enter reaches a shell.${right.doubt}`,
        certainty: right.certainty,
        evidence: [...right.evidence, evidence],
        endedBy: [
          ...(injections.filter(({ job }) => job === injection.job).length === 1
            ? [mendInjection(ground, pipeline, evidence.what)]
            : []),
          takeFromPipelines(ground, project, { right: "QueueBuilds", from: entry, pipeline }),
        ],
      });
    }
  }
}

/** One for each job is enough: it has what the job has. */
export function firstOfJobs(injections: readonly Injection[]): readonly Injection[] {
  const jobs = new Set<string | undefined>();
  return injections.filter(({ job }) => {
    const isFirst = !jobs.has(job);
    jobs.add(job);
    return isFirst;
  });
}

interface Shell {
  readonly pipeline: PipelineGround;
  readonly injection: Injection;
  readonly tag: string;
}

/** The code is as it stands on the pipeline's own branch: branch control lets it through. */
export function addShell(
  { graph, places }: Building,
  project: ProjectGround,
  { pipeline, injection, tag }: Shell,
): string {
  const { repository } = pipeline.definition;
  const own = project.repositories.find(({ id }) => id.toLowerCase() === repository.id.toLowerCase());
  const name = repository.defaultBranch ?? own?.defaultBranch ?? "refs/heads/main";
  const held = own && heldBy(project.facts, own, name);
  const isProtected = held && held.length > 0;
  return addPipelineRun(graph, places, {
    pipeline,
    project,
    theirs: "shell",
    hasSecrets: true,
    tag: `${tag} ${injection.job ?? ""}`,
    ref: { is: "named", name, isProtected, isFree: () => false, isUnchanged: true },
    ...(injection.job === undefined ? {} : { job: injection.job }),
  });
}
