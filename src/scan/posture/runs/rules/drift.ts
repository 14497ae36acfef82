/** Runs whose pipeline code reaches for more than the code of the default branch does. */
import type { BillItem } from "#model/posture/pipeline-bill.ts";
import type { RunRecord } from "#model/posture/pipeline-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import { examplePipeline, exampleRepositoryId } from "../../example-facts.ts";
import type { JudgedPipeline, ResourceUse } from "../../pipelines/judged-pipeline.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, notEvaluated, pass } from "../../posture-rule.ts";
import { exampleConnectionId, examplePool } from "../../resource-examples.ts";
import { wasUsed } from "../did-run.ts";
import { privilegedUses, sayUses } from "../privileged-uses.ts";
import { reviewedRef } from "../reviewed-ref.ts";
import { type GivenRun, onRun, type RunRule } from "../run-rule.ts";

const use = (kind: ResourceUse["kind"], name: string, change: Partial<ResourceUse> = {}): ResourceUse => ({
  kind,
  name,
  certainty: "authorised",
  job: "deploy/apply",
  evidence: { what: "azure-pipelines.yml:14" },
  ...change,
});
const cloud = use("connection", "azure-payments", { id: exampleConnectionId });
const environment = use("environment", "production", { id: "5", isDeployment: true });
const download: BillItem = {
  kind: "download",
  name: "https://files.example/tool.sh",
  certainty: "authorised",
  jobs: ["build/compile"],
  evidence: [{ what: "azure-pipelines.yml:9" }],
};
const feature = { branch: "refs/heads/feature" };
const changed = (change: Partial<JudgedPipeline>) =>
  examplePipeline({
    source: {
      repositoryId: exampleRepositoryId,
      ref: feature.branch,
      commit: "d".repeat(40),
      path: "azure-pipelines.yml",
    },
    ...change,
  });
const standing = examplePipeline({ uses: [cloud, environment] });

export const rules: readonly RunRule[] = [
  onRun({
    id: "cicd/run-code-adds-privilege",
    aliases: ["ado-run-yaml-drift"],
    title: "A run used pipeline code that reaches for more than the default branch",
    severity: "high",
    risks: ["CICD-SEC-4"],
    why: "The branch changed the pipeline itself, and what it added has already run with the rights of the pipeline.",
    abuse:
      "Somebody adds a connection, a group of secrets or a download to the YAML file of a branch, or takes a deployment out of its environment, and pushes.",
    fix: "Look at the change of the YAML file in this branch and at what the run did. Restrict the resource to the branches that need it (branch control), and require reviewers for pipeline files.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/security/overview"],
    judge: driftAnswer,
    examples: {
      bad: [
        { run: feature, ran: changed({ uses: [cloud] }), standing: examplePipeline({}) },
        { run: feature, ran: changed({ items: [download] }), standing: examplePipeline({}) },
        { run: feature, ran: changed({ uses: [cloud] }), standing },
        { run: feature, ran: changed({ uses: [use("queue", "own-machines")] }), standing: examplePipeline({}) },
        {
          organization: { pools: [examplePool({ name: "Hosted here" })] },
          project: { queues: [{ id: 9, name: "Hosted here", poolId: 2 }] },
          run: feature,
          ran: changed({ uses: [use("queue", "Hosted here", { id: "9" })] }),
          standing: examplePipeline({}),
        },
      ],
      good: [
        { run: feature, ran: changed({ uses: standing.uses }), standing },
        { run: feature, ran: changed({}), standing },
        {
          run: feature,
          ran: changed({ uses: [use("queue", "Azure Pipelines")] }),
          standing: examplePipeline({}),
        },
        { ran: standing, standing: examplePipeline({}) },
        {
          run: feature,
          ran: changed({ items: [download] }),
          standing: examplePipeline({}),
          records: [{ is: "job", id: "j", name: "compile", identifier: "build.compile", result: "skipped" }],
        },
      ],
    },
  }),
];

function driftAnswer(given: GivenRun, context: PostureContext): PostureAnswer {
  const { ran, standing: stands, run, definition } = given;
  if (definition?.kind === "classic") return pass;
  const main = definition?.repository.defaultBranch;
  if (main !== undefined && run.branch === main) return pass;
  if (!ran) return notEvaluated("The code of the run could not be read.");
  if (!stands)
    return notEvaluated("The code of the default branch could not be read, so there is nothing to compare with.");
  if (ran.source && stands.source && ran.source.commit === stands.source.commit) return pass;
  const drift = driftOf(ran, stands, given);
  if (drift.added.length + drift.items.length + drift.gates.length > 0) return drifted(drift, given, context);
  const gap = ran.gaps[0];
  return gap === undefined ? pass : notEvaluated(`The code of the run is not fully known: ${gap}`);
}

interface Drift {
  readonly added: readonly ResourceUse[];
  readonly items: readonly BillItem[];
  readonly gates: readonly ResourceUse[];
}

function driftOf(ran: JudgedPipeline, stands: JudgedPipeline, given: GivenRun): Drift {
  const { records } = given;
  const added = ran.uses.filter(
    (one) =>
      isWorthTelling(one, given) &&
      !stands.uses.some((other) => isSame(one, other)) &&
      (records.is === "unknown" || records.value.length === 0 || wasUsed(one, records.value)),
  );
  const items = addedItems(ran, stands).filter((item) => records.is === "unknown" || mayHaveRun(item, records.value));
  return { added: unique(added), items, gates: lostGates(ran, stands) };
}

function drifted({ added, items, gates }: Drift, given: GivenRun, { settings }: PostureContext): PostureAnswer {
  const { run, project } = given;
  const names = items.slice(0, 3).map(({ name }) => name.slice(0, 200));
  const said = [
    ...(added.length > 0 ? [`it adds ${sayUses(added)}`] : []),
    ...(items.length > 0 ? [`it adds ${names.join(", ")}`] : []),
    ...(gates.length > 0 ? [`it takes ${gates.map(({ name }) => `the environment ${name}`).join(", ")} out`] : []),
  ];
  const isGreat = gates.length > 0 || privilegedUses(added, project, settings).length > 0;
  const isReviewed = reviewedRef(given).is === "reviewed";
  const severity = isReviewed ? "low" : isGreat ? "high" : "medium";
  const because = isReviewed
    ? "a policy asks for a review on this branch"
    : "what it adds holds no secrets and reaches no cloud";
  const source = `build ${run.id}: sourceBranch = ${run.branch}, sourceVersion = ${run.commit ?? "(none)"}`;
  return fail(severity, said.join("; "), {
    ...(severity !== "high" && { severityBecause: because }),
    evidence: [
      { what: source, url: run.url },
      ...added.slice(0, 10).map(({ evidence }) => evidence),
      ...items.slice(0, 10).flatMap(({ evidence }) => evidence.slice(0, 1)),
      ...gates.slice(0, 10).map(({ evidence }) => evidence),
    ],
  });
}

function isSame(a: ResourceUse, b: ResourceUse): boolean {
  if (a.kind !== b.kind) return false;
  if (a.id !== undefined && b.id !== undefined) return a.id.toLowerCase() === b.id.toLowerCase();
  return a.name.toLowerCase() === b.name.toLowerCase();
}

function unique(uses: readonly ResourceUse[]): readonly ResourceUse[] {
  return uses.filter((one, index) => uses.findIndex((other) => isSame(one, other)) === index);
}

/** Hosted machines and repositories without secrets are everybody's; own machines are not, whatever they are called. */
function isWorthTelling({ kind, id, name }: ResourceUse, { project, organization }: GivenRun): boolean {
  if (kind === "repository") return false;
  if (kind !== "queue") return true;
  const queues = project?.queues.is === "known" ? project.queues.value : [];
  const queue = queues.find((one) => `${one.id}` === id || one.name.toLowerCase() === name.toLowerCase());
  const pools = organization.pools.is === "known" ? organization.pools.value : [];
  const isHosted = queue?.isHosted ?? pools.find((pool) => pool.id === queue?.poolId)?.isHosted;
  return !(isHosted ?? /^(?:azure pipelines|hosted\b|default hosted)/i.test(name));
}

/** Not if each of its jobs was skipped. */
function mayHaveRun({ jobs, certainty }: BillItem, records: readonly RunRecord[]): boolean {
  if (jobs.length === 0 || records.length === 0) return true;
  return jobs.some((job) => wasUsed({ job, certainty }, records));
}

/** Vaults, and addresses that are fetched. */
function addedItems(ran: JudgedPipeline, stands: JudgedPipeline): readonly BillItem[] {
  return ran.items.filter(
    ({ kind, name }) =>
      (kind === "vault" || kind === "download") &&
      !stands.items.some((other) => other.kind === kind && other.name === name),
  );
}

/** Environments that the branch deploys past: what was used behind them is used without them. */
function lostGates(ran: JudgedPipeline, stands: JudgedPipeline): readonly ResourceUse[] {
  const lost = stands.uses.filter(
    (one) => one.kind === "environment" && one.isDeployment === true && !ran.uses.some((other) => isSame(one, other)),
  );
  return unique(lost).filter(({ job }) =>
    stands.uses.some(
      (one) =>
        one.kind !== "environment" &&
        one.kind !== "queue" &&
        one.job === job &&
        ran.uses.some((other) => isSame(one, other)),
    ),
  );
}
