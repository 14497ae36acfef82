/** From people without an account, and readers without the right to push, to runs: by webhooks and by pull requests of forks. */
import type { PathNode } from "#model/posture/attack-path.ts";
import type { Evidence } from "#model/posture/posture-result.ts";
import { gitTokens } from "../facts/access-of.ts";
import { switchSetting } from "./code-settings.ts";
import type { CutSetting } from "./cut-settings.ts";
import type { EntryClass } from "./entry-classes.ts";
import { type Ground, knownOf, type PipelineGround, type ProjectGround, proof } from "./ground.ts";
import { addWay, type WayWords } from "./guarded-graph.ts";
import { rightOf } from "./rights-of.ts";
import { addPipelineRun, joinCrossing } from "./run-place.ts";
import { addShell, firstOfJobs } from "./ways-by-injection.ts";
import { type Building, upper } from "./ways-to-code.ts";

export function outsiders({ facts }: Ground): EntryClass {
  const name = `anybody outside ${facts.name}`;
  const node: PathNode = { kind: "identity", id: "outsiders", name };
  return { node, is: "members", name, subjects: [] };
}

export function addOutsiderWays(building: Building): void {
  for (const project of building.ground.projects) {
    for (const pipeline of project.pipelines) {
      addWebhooks(building, project, pipeline);
      addForks(building, project, { pipeline, start: outsideFork(building, project, pipeline) });
    }
  }
}

/** Those who may open a pull request of a fork, but not push. */
export function addReaderForks(building: Building, project: ProjectGround): void {
  for (const pipeline of project.pipelines) {
    if (pipeline.definition.repository.kind !== "azure-repos") continue;
    addForks(building, project, { pipeline, start: insideFork(building, project, pipeline) });
  }
}

function addWebhooks(building: Building, project: ProjectGround, pipeline: PipelineGround): void {
  const { ground, graph } = building;
  const hooks = (pipeline.judged?.exposure.webhooks ?? []).filter(({ hasSecret }) => hasSecret !== true);
  const injections = (pipeline.judged?.injections ?? []).filter(({ by }) => by === "webhook");
  for (const { connection, hasSecret, evidence } of hooks) {
    for (const injection of firstOfJobs(injections)) {
      const key = addShell(building, project, { pipeline, injection, tag: "webhook" });
      const why = hasSecret === false ? "has no secret" : "has a secret only perhaps: that is not known";
      addWay(graph, graph.start, key, {
        is: "starts",
        says: `Whoever knows the address of the webhook starts ${pipeline.definition.name}, and a shell runs what they send: ${connection} ${why}`,
        certainty: hasSecret === false ? "authorised" : "possible",
        evidence: [evidence, injection.evidence],
        endedBy: [
          ground.kept.get(`webhook ${project.facts.id} ${connection}`, () => ({
            what: `Service connection ${connection} (${project.facts.name}): set a secret and the header that holds its checksum.`,
            url: knownOf(project.facts.connections)?.find(({ name }) => name === connection)?.pageUrl,
            price: 1,
          })),
        ],
      });
    }
  }
}

interface Fork {
  readonly withSecrets: boolean;
  readonly words: WayWords;
}

function addForks(
  { graph, places }: Building,
  project: ProjectGround,
  { pipeline, start }: { readonly pipeline: PipelineGround; readonly start: Fork | undefined },
): void {
  if (!start) return;
  const key = addPipelineRun(graph, places, {
    pipeline,
    project,
    theirs: pipeline.definition.kind === "yaml" ? "all" : "steps",
    hasSecrets: start.withSecrets,
    tag: "fork",
    ref: { is: "pull", isFree: () => false },
  });
  addWay(graph, graph.start, key, start.words);
  joinCrossing(graph, places, key, `fork ${pipeline.definition.id}`);
}

function outsideFork(building: Building, project: ProjectGround, pipeline: PipelineGround): Fork | undefined {
  const { definition } = pipeline;
  const { kind, isPublic, name } = definition.repository;
  if (kind === "azure-repos") {
    if (project.facts.visibility !== "public") return undefined;
    const says = `${project.facts.name} is public: whoever signs in may fork ${name}, and a pull request of the fork runs ${definition.name}`;
    return forkOf(building, project, {
      pipeline,
      says,
      isPossible: true,
      more: proof(`project ${project.facts.name}: visibility = public`),
    });
  }
  if (isPublic === false) return undefined;
  const where = isPublic ? `${name} is public` : `Whether ${name} is public is not known`;
  const says = `${where}: a pull request of any fork runs ${definition.name} with the code of the fork`;
  const more = proof(`definition ${definition.id}: repository ${name}${isPublic ? ", public" : ""}`, {
    url: definition.url,
  });
  return forkOf(building, project, { pipeline, says, isPossible: isPublic !== true, more });
}

function insideFork(building: Building, project: ProjectGround, pipeline: PipelineGround): Fork | undefined {
  const { ground, entry } = building;
  const id = pipeline.definition.repository.id.toLowerCase();
  const repository = project.repositories.find((one) => one.id.toLowerCase() === id);
  if (!repository || repository.allowsForks === false) return undefined;
  const tokens = gitTokens(project.facts.id, repository.id);
  const asked = { space: "git", tokens, isUsual: false } as const;
  if (rightOf(ground, project, entry, { ...asked, actions: ["GenericContribute"] })) return undefined;
  const right = rightOf(ground, project, entry, { ...asked, actions: ["PullRequestContribute"] });
  const [more] = right?.evidence ?? [];
  if (!more) return undefined;
  const says = `${upper(entry.name)} may fork ${repository.name}, and a pull request of the fork runs ${pipeline.definition.name}`;
  return forkOf(building, project, { pipeline, says, isPossible: repository.allowsForks === undefined, more });
}

interface Asking {
  readonly pipeline: PipelineGround;
  readonly says: string;
  readonly isPossible: boolean;
  readonly more: Evidence;
}

function forkOf(
  building: Building,
  project: ProjectGround,
  { pipeline, says, isPossible, more }: Asking,
): Fork | undefined {
  const { judged, definition } = pipeline;
  const trigger = definition.triggers.find(({ is }) => is === "pull-request");
  const told = judged?.exposure.forks;
  const declared = trigger?.forks?.enabled
    ? {
        withSecrets: trigger.forks.allowSecrets,
        evidence: proof(`definition ${definition.id}: forks.enabled`, definition),
      }
    : undefined;
  const forks = told ?? declared;
  if (!forks || asksFirst(project, pipeline)) return undefined;
  const comment = trigger?.commentRequired === undefined ? [] : [`A comment is asked for: ${trigger.commentRequired}`];
  return {
    withSecrets: forks.withSecrets,
    words: {
      is: "starts",
      says: `${says}${forks.withSecrets ? ", with secrets" : ", without secrets"}`,
      guards: comment,
      certainty: isPossible ? "possible" : "authorised",
      evidence: [more, forks.evidence],
      endedBy: forkSettings(building.ground, project),
    },
  };
}

/** Somebody of the team has to write a comment before anything runs. */
function asksFirst({ facts }: ProjectGround, { definition }: PipelineGround): boolean {
  const asked = definition.triggers.find(({ is }) => is === "pull-request")?.commentRequired;
  if (asked === "all" || asked === "non-team") return true;
  const general = knownOf(facts.generalSettings);
  return general?.isCommentRequiredForPullRequest === true && general.forkProtectionEnabled !== false;
}

function forkSettings(ground: Ground, project: ProjectGround): readonly CutSetting[] {
  const meets = () =>
    project.pipelines.flatMap(({ definition, runs }) =>
      runs.filter(({ reason }) => reason === "pullRequest").map((run) => ({ pipeline: definition.name, run })),
    );
  return [
    switchSetting(ground, project, {
      id: "fork comment",
      what: "limit building pull requests from forked repositories: require a team member's comment before building a pull request.",
      meets,
    }),
    switchSetting(ground, project, {
      id: "fork builds",
      what: "disable building pull requests from forked repositories.",
      meets,
    }),
  ];
}
