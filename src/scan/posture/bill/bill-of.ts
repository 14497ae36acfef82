/** What one revision of a pipeline is made of: all that was found in its code and its settings, in an order that does not change. */
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import { type BillItem, billKinds, type PipelineBill } from "#model/posture/pipeline-bill.ts";
import { inOrder } from "../../sbom/plain-text.ts";
import { buildIdentityOf } from "../pipelines/build-identity.ts";
import type { JudgedPipeline } from "../pipelines/judged-pipeline.ts";
import { repositoryById } from "../pipelines/resources-by-name.ts";

export function billOf(judged: JudgedPipeline, facts: OrganizationFacts): PipelineBill {
  const { projectId, definition, source, items, gaps } = judged;
  const { id: definitionId, name, revision, url } = definition;
  const project = facts.projects.find(({ id }) => id === projectId);
  const found = source && repositoryById(facts, source.repositoryId);
  const repository = found ? `${found.project.name}/${found.repository.name}` : definition.repository.name;
  return {
    ...{ projectId, definitionId, name, revision, url },
    ...(source && { source: { repository, commit: source.commit, path: source.path } }),
    starts: startsOf(judged),
    identity: project
      ? buildIdentityOf({ organization: facts, project, definition })
      : { name: "its build identity", reach: "unknown" },
    items: items.toSorted(byKindAndName).map((item) => ({ ...item, jobs: item.jobs.toSorted(inOrder) })),
    gaps: [...new Set(gaps)],
  };
}

function byKindAndName(a: BillItem, b: BillItem): number {
  return (
    billKinds.indexOf(a.kind) - billKinds.indexOf(b.kind) ||
    inOrder(a.name, b.name) ||
    inOrder(a.version ?? "", b.version ?? "") ||
    inOrder(a.from ?? "", b.from ?? "")
  );
}

/** In the order of how far those who start it stand from it. */
function startsOf({ exposure, definition }: JudgedPipeline): readonly string[] {
  const { pullRequests, forks, openBranches, webhooks } = exposure;
  if (!definition.isEnabled) return ["nobody: the pipeline is switched off"];
  const triggers = new Set(definition.triggers.map(({ is }) => is));
  return [
    ...webhooks.map(({ connection, hasSecret }) => `requests to the webhook ${connection}${sayHasSecret(hasSecret)}`),
    ...(forks ? [`pull requests of forks, ${forks.withSecrets ? "with" : "without"} secrets`] : []),
    ...(pullRequests ? ["pull requests"] : []),
    ...(openBranches ? [`pushes to ${openBranches.patterns.join(", ")}, which no review guards`] : []),
    ...(triggers.has("schedule") ? ["a schedule"] : []),
    ...(triggers.has("build-completion") ? ["runs of other pipelines"] : []),
    "people who may queue it",
  ];
}

function sayHasSecret(hasSecret: boolean | undefined): string {
  return hasSecret === undefined ? "" : hasSecret ? ", with a secret" : ", by anybody who knows its address";
}
