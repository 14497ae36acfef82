/** Pipelines that nobody needs any more, and values that whoever starts a run puts where they are run. */
import type { ProjectFacts } from "#model/posture/organization-facts.ts";
import type { DefinitionFact, RunFact } from "#model/posture/pipeline-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import { exampleConnection, exampleDefinition, examplePipeline, exampleRun } from "../../example-facts.ts";
import { definitionResource } from "../../facts/definition-resource.ts";
import { judgedPipelineOf } from "../../facts/judged-pipeline-of.ts";
import { privilegedPipelines, sayPrivileges } from "../../facts/privileged-pipelines.ts";
import type { JudgedPipeline } from "../../pipelines/judged-pipeline.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, notEvaluated, onProjects, type PostureRule, pass, type ResourceAnswer } from "../../posture-rule.ts";

const connection = exampleConnection();

const lastRun = (queuedAt: string) => exampleRun({ queuedAt });

function used(runs: readonly RunFact[], changedAt = "2024-01-01T00:00:00Z", definitionIds: readonly number[] = [7]) {
  return {
    project: {
      definitions: [exampleDefinition({ changedAt }), exampleDefinition({ id: 8, changedAt: "2026-02-20T00:00:00Z" })],
      runs,
      connections: [connection],
      variableGroups: [],
      environments: [],
      pipelinePermissions: [
        { kind: "connection", id: connection.id, allPipelines: false, definitionIds: [...definitionIds, 8] },
      ],
    },
    pipelines: [examplePipeline()],
  } as const;
}

function overridable(allowOverride: boolean, says: string | undefined) {
  const definition = exampleDefinition({ variables: [{ name: "target.host", isSecret: false, allowOverride }] });
  const injections =
    says === undefined
      ? []
      : [{ by: "whoever-queues" as const, job: "build", evidence: { what: `azure-pipelines.yml:6: ${says}` } }];
  return { project: { definitions: [definition] }, pipelines: [examplePipeline({ definition, injections })] };
}

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/pipeline-idle-with-access",
    aliases: ["ado-def-stale-privileged", "ADO_Build_DP_Review_Inactive_Build"],
    category: "pipeline",
    title: "A pipeline that nobody runs any more still may use something worth having",
    severity: "low",
    risks: ["CICD-SEC-7", "CICD-SEC-5"],
    why: "What nobody uses nobody watches: whoever starts it has its access, and no one wonders.",
    abuse: "Somebody changes the script of a forgotten pipeline and runs it once.",
    fix: "Take the pipeline out of the permissions of the resource, or disable or delete the pipeline.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/policies/permissions"],
    needs: ["definitions", "runs", "pipelinePermissions"],
    checkProject({ definitions, runs, project }, context) {
      const last = lastRuns(runs);
      return definitions.flatMap((definition): readonly ResourceAnswer[] => {
        const answer = idleAnswer(definition, last.get(definition.id), project, context);
        return answer ? [{ resource: definitionResource(project, definition), answer }] : [];
      });
    },
    examples: {
      bad: [used([]), used([lastRun("2025-03-01T00:00:00Z")])],
      good: [
        used([lastRun("2026-02-01T00:00:00Z")]),
        used([lastRun("2025-03-01T00:00:00Z"), lastRun("2026-02-01T00:00:00Z")]),
        // It was made a moment ago.
        used([], "2026-02-25T00:00:00Z"),
        used([], "2024-01-01T00:00:00Z", []),
      ],
    },
  }),
  onProjects({
    id: "cicd/pipeline-queue-variable-reaches-command",
    aliases: ["ado-def-queue-time-var-to-sink", "ADO_Build_SI_Review_URL_Variables_Settable_At_Queue_Time"],
    category: "pipeline",
    title: "A variable that may be set when a run is queued becomes part of a command",
    severity: "medium",
    risks: ["CICD-SEC-4"],
    why: "The right to start the pipeline is the right to run anything in it.",
    abuse: "Somebody queues a run and gives the variable a value that ends the command and begins their own.",
    fix: 'Edit the pipeline > Variables: switch off "Let users override this value when running this pipeline", and give what people should choose as a parameter with `values:`.',
    links: ["https://learn.microsoft.com/azure/devops/pipelines/security/inputs"],
    needs: ["definitions"],
    checkProject: ({ definitions, project }, context) =>
      definitions.map((definition) => ({
        resource: definitionResource(project, definition),
        answer: variableAnswer(definition, judgedPipelineOf(definition.id, project, context)),
      })),
    examples: {
      bad: [overridable(true, "build: target.host may be set by whoever starts the run")],
      good: [
        overridable(true, undefined),
        overridable(false, undefined),
        overridable(true, "build: the parameter other takes any text from whoever starts the run"),
      ],
    },
  }),
];

const day = 86_400_000;

function lastRuns(runs: readonly RunFact[]): ReadonlyMap<number, RunFact> {
  const last = new Map<number, RunFact>();
  for (const run of runs) {
    const known = last.get(run.definitionId);
    if (!known || Date.parse(run.queuedAt) > Date.parse(known.queuedAt)) last.set(run.definitionId, run);
  }
  return last;
}

/** Only what is allowed by name counts: a pipeline that might use what is open to all is not what is wrong there. */
function idleAnswer(
  { id, url, isEnabled, changedAt }: DefinitionFact,
  last: RunFact | undefined,
  project: ProjectFacts,
  context: PostureContext,
): PostureAnswer | undefined {
  if (!isEnabled) return undefined;
  const privileges = privilegedPipelines(project, context).of(id);
  if (privileges.length === 0) return undefined;
  const { now, settings } = context;
  const since = now.getTime() - settings.idleAfter * day;
  const active = [last?.queuedAt, changedAt].some((at) => at !== undefined && Date.parse(at) >= since);
  if (active) return pass;
  const when = last ? `ran last on ${last.queuedAt.slice(0, 10)}` : "did not run, as far as runs are kept";
  return fail("low", `it ${when}, and may use ${sayPrivileges(privileges)}`, {
    evidence: [
      last
        ? { what: `builds: newest run ${last.id} queued ${last.queuedAt}`, url: last.url }
        : { what: `builds?definitions=${id}: none`, url },
      ...privileges.slice(0, 5).map(({ evidence }) => evidence),
    ],
    fix: `Take the pipeline out of the permissions of ${sayPrivileges(privileges)}, or disable it.`,
  });
}

function variableAnswer(
  { id, kind, url, variables }: DefinitionFact,
  judged: JudgedPipeline | undefined,
): PostureAnswer {
  const names = variables.filter(({ allowOverride }) => allowOverride).map(({ name }) => name);
  if (names.length === 0) return pass;
  if (kind === "classic")
    return notEvaluated("The texts of classic steps are not kept, so where its variables go is not known.");
  if (!judged) return notEvaluated("Its code was not read.");
  const hits = judged.injections.flatMap(({ by, evidence }) => {
    const name = by === "whoever-queues" ? names.find((one) => mentions(evidence.what, one)) : undefined;
    return name === undefined ? [] : [{ name, evidence }];
  });
  const [first] = hits;
  if (!first) {
    const [gap] = judged.source ? [] : judged.gaps;
    return gap === undefined ? pass : notEvaluated(gap);
  }
  const fields = [...new Set(hits.map(({ name }) => name))].map((name) => ({
    what: `pipeline ${id}: variables.${name}.allowOverride = true`,
    url,
  }));
  return fail("medium", `the variable ${first.name}, which whoever queues a run may set, is pasted into a command`, {
    evidence: [...fields.slice(0, 10), ...hits.slice(0, 10).map(({ evidence }) => evidence)],
    fix: `Switch off "Let users override this value when running this pipeline" for ${first.name}.`,
  });
}

/** As a word of its own: names of variables hold dots. */
function mentions(text: string, name: string): boolean {
  const where = text.toLowerCase();
  const sought = name.toLowerCase();
  for (let at = where.indexOf(sought); at >= 0; at = where.indexOf(sought, at + 1)) {
    const around = [where[at - 1], where[at + sought.length]];
    if (around.every((char) => char === undefined || !/[a-z0-9_.]/.test(char))) return true;
  }
  return false;
}
