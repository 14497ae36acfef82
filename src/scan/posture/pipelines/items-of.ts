/** Everything that a pipeline is made of: code of others, tasks, images, what comes in and goes out, machines and what is secret. */
import type { BillItem } from "#model/posture/pipeline-bill.ts";
import type { ConnectionFact } from "#model/posture/resource-facts.ts";
import type { Container, Pipeline } from "../../cicd/azure/pipeline.ts";
import { itemsOf, type SourceText, textAt, textOf, valueAt } from "../../formats/azure-pipeline/source-node.ts";
import { parseImageName } from "../../iac/languages/dockerfile/image-name.ts";
import { checksOf, sayCheck } from "../facts/checks-of.ts";
import { type FoundItem, itemList } from "./item-list.ts";
import type { ResourceUse } from "./judged-pipeline.ts";
import type { Definition, PipelineCode } from "./read-code.ts";
import { resourcesByName } from "./resources-by-name.ts";
import { certaintyIn, feedItems, scriptItems } from "./script-items.ts";
import { byNumbers, classicTaskItems, taskItems } from "./task-items.ts";
import { groupsOf } from "./variable-facts.ts";

export function billItems(
  given: Definition,
  code: PipelineCode | undefined,
  uses: readonly ResourceUse[],
): readonly BillItem[] {
  return itemList(allItems(given, code, uses));
}

function* allItems(
  given: Definition,
  code: PipelineCode | undefined,
  uses: readonly ResourceUse[],
): Generator<FoundItem> {
  if (code) {
    const { pipeline } = code;
    yield* templates(code);
    yield* taskItems(given, pipeline, code);
    yield* images(pipeline, code);
    yield* scriptItems(pipeline, code);
    yield* feedItems(pipeline, code);
    yield* artifacts(pipeline, code);
    yield* hostedPools(pipeline, code);
    yield* webhooks(pipeline, code);
  } else yield* classicTaskItems(given);
  for (const use of uses) yield* usedItems(given, use);
  yield* secrets(given, uses);
}

/** A file of another repository is whatever its ref stands at when a run starts; only a commit cannot be moved. */
function* templates({ pipeline, source, evidenceOf }: PipelineCode): Generator<FoundItem> {
  const callers = new Map(
    pipeline.expanded.called.map((node) => [fileName((textOf(node) ?? "").replace(/@[^@]*$/, "")), node]),
  );
  for (const file of pipeline.expanded.files.slice(1) as readonly SourceText[]) {
    const { repository, path } = file;
    const other = repository === undefined ? undefined : source.others.get(repository);
    const caller = callers.get(fileName(path));
    const version = other ? (other.commit ?? other.ref) : source.commit;
    yield {
      ...{ kind: "template", name: other ? `${other.name}/${path}` : path, version },
      ...(other && { isMutable: !isCommit(other.ref), from: other.ref }),
      certainty: "authorised",
      evidence: [caller ? evidenceOf(caller.at) : evidenceOf({ file, start: 0, end: 0 })],
    };
  }
  for (const { alias, name, type, at, ref } of pipeline.repositories) {
    const other = source.others.get(alias);
    const branch = other?.ref ?? ref ?? "refs/heads/main";
    yield {
      ...{ kind: "repository", name, version: other?.commit ?? branch, isMutable: !isCommit(branch) },
      from: type === "git" ? branch : `${type}, ${branch}`,
      certainty: "authorised",
      evidence: [evidenceOf(at)],
    };
  }
}

function fileName(path: string): string {
  return path.slice(path.replaceAll("\\", "/").lastIndexOf("/") + 1);
}

function isCommit(ref: string): boolean {
  return /^[\da-f]{40}$/i.test(ref);
}

function* images({ jobs, containers }: Pipeline, code: PipelineCode): Generator<FoundItem> {
  const used = jobs.flatMap((job) =>
    [...(job.container ? [job.container] : []), ...job.services].map((container) => ({ container, job: job.address })),
  );
  const named = containers.map((container) => ({ container, job: undefined }));
  for (const { container, job } of [...used, ...named]) yield* imageOf(container, job, code);
}

function* imageOf({ image, node }: Container, job: string | undefined, code: PipelineCode): Generator<FoundItem> {
  const written = image?.text.trim() ?? "";
  if (!image || written === "") return;
  const { name, tag, digest } = parseImageName(written);
  const version = digest ?? tag ?? "latest";
  const from = textAt(node, "endpoint");
  const isOpen = /\$[([{]/.test(written);
  yield {
    ...{ kind: "image", name, version, isMutable: digest === undefined, certainty: isOpen ? "possible" : "authorised" },
    ...(from !== undefined && { from }),
    ...{ job, evidence: [code.evidenceOf(image.at)] },
  };
}

function* artifacts({ steps, upstreams }: Pipeline, code: PipelineCode): Generator<FoundItem> {
  for (const step of steps) {
    const shared = {
      certainty: certaintyIn(step),
      job: step.job.address,
      evidence: [code.evidenceOf(step.node.at)],
    } as const;
    const inputs = valueAt(step.node, "inputs");
    const task = step.task?.name ?? "";
    const published = textAt(step.node, "publish");
    if (published !== undefined || /^publish(?:pipeline|build)artifacts?$/i.test(task)) {
      const name =
        textAt(step.node, "artifact") ?? textAt(inputs, "artifactName") ?? textAt(inputs, "artifact") ?? "drop";
      yield { kind: "artifact-out", name, ...shared };
    }
    const alias = textAt(step.node, "download");
    if (alias !== undefined && !/^none$/i.test(alias)) {
      const upstream = upstreams.find((one) => one.alias.toLowerCase() === alias.toLowerCase());
      const from = /^current$/i.test(alias) ? "this run" : (textAt(upstream?.node, "source") ?? alias);
      const version = textAt(upstream?.node, "version") ?? textAt(upstream?.node, "branch");
      const name = textAt(step.node, "artifact") ?? "all artifacts";
      yield { kind: "artifact-in", name, from, ...(version !== undefined && { version }), ...shared };
    }
    if (/^download(?:pipeline|build)artifacts?$/i.test(task)) {
      const name = textAt(inputs, "artifactName") ?? textAt(inputs, "artifact") ?? "all artifacts";
      const isOther = /^specific/i.test(textAt(inputs, "buildType") ?? textAt(inputs, "source") ?? "current");
      const from = isOther
        ? (textAt(inputs, "definition") ?? textAt(inputs, "pipeline") ?? "another pipeline")
        : "this run";
      const version = textAt(inputs, "branchName") ?? textAt(inputs, "runBranch") ?? textAt(inputs, "runVersion");
      yield { kind: "artifact-in", name, from, ...(version !== undefined && { version }), ...shared };
    }
  }
}

/** Pools of one's own come from the uses. */
function* hostedPools({ jobs }: Pipeline, code: PipelineCode): Generator<FoundItem> {
  for (const { pool, address } of jobs) {
    if (!pool?.image) continue;
    yield {
      ...{ kind: "pool", name: "Azure Pipelines", version: pool.image.text, isMutable: true, certainty: "authorised" },
      ...{ from: "Microsoft", job: address, evidence: [code.evidenceOf(pool.image.at)] },
    };
  }
}

function* webhooks({ root }: Pipeline, code: PipelineCode): Generator<FoundItem> {
  for (const item of itemsOf(valueAt(valueAt(root, "resources"), "webhooks"))) {
    const name = textAt(item, "webhook") ?? "";
    const from = textAt(item, "connection");
    const evidence = [code.evidenceOf(item.at)];
    yield { kind: "webhook", name, ...(from !== undefined && { from }), certainty: "authorised", evidence };
  }
}

function* usedItems(given: Definition, use: ResourceUse): Generator<FoundItem> {
  const { kind, name, id, certainty, job, evidence } = use;
  // Repositories are told with their refs.
  if (kind === "repository") return;
  const about = detailsOf(given, use);
  yield {
    ...{ kind: kind === "queue" ? "pool" : kind, name, certainty, job, evidence: [evidence] },
    ...(id !== undefined && { id }),
    ...about,
  };
}

function detailsOf({ project, organization }: Definition, { kind, name, id }: ResourceUse): Partial<FoundItem> {
  const found = resourcesByName(project, organization);
  if (kind === "connection") {
    const connection = found.connections.get(id?.toLowerCase() ?? name.toLowerCase());
    return connection ? { from: accountOf(connection) } : {};
  }
  if (kind === "variable-group") {
    const group = found.groups.get(name.toLowerCase());
    return group?.vault ? { from: `vault ${group.vault.name}` } : {};
  }
  if (kind === "queue") {
    const pool = found.queues.get(name.toLowerCase())?.pool;
    if (!pool) return {};
    const versions = [...new Set(pool.agents.map(({ version }) => version))].toSorted(byNumbers);
    return {
      from: pool.isHosted ? "Microsoft" : `pool ${pool.name}`,
      ...(versions.length > 0 && { version: versions.join(", ").slice(0, 200) }),
    };
  }
  if (kind === "environment" && id !== undefined && project.checks.is === "known") {
    const checks = checksOf(project.checks.value, "environment", id).map(sayCheck);
    return { from: checks.length > 0 ? checks.join(", ") : "no checks" };
  }
  return {};
}

/** The account in the cloud or at the other server. */
export function accountOf({ type, url, data, parameters, scheme }: ConnectionFact): string {
  const subscription = data.subscriptionName ?? data.subscriptionId;
  const principal = parameters.serviceprincipalid ?? parameters.roleToAssume ?? parameters.username;
  const where = subscription ?? data.managementGroupName ?? data.accountId ?? hostOf(url);
  const as = principal === undefined ? "" : ` as ${principal}`;
  return `${type} ${where}${as} (${scheme})`;
}

function hostOf(address: string): string {
  return /^[a-z][\w+.-]*:\/\/(?:[^/@]*@)?([^/?#]+)/i.exec(address)?.[1] ?? address.replace(/[?#].*$/, "");
}

/** Of a group that very many jobs name: each of its secrets names some of them. */
const mostJobs = 50;

function* secrets(given: Definition, uses: readonly ResourceUse[]): Generator<FoundItem> {
  const { definition } = given;
  const used = uses.filter(({ kind }) => kind === "variable-group");
  const names = new Set(used.map(({ name }) => name));
  for (const { name: group, variables, vault, url } of groupsOf(given, names)) {
    const own = used.filter(({ name }) => name === group).slice(0, mostJobs);
    const certainty = own[0]?.certainty ?? "possible";
    if (vault)
      yield {
        kind: "vault",
        name: vault.name,
        from: group,
        certainty,
        evidence: [{ what: `variable group ${group}`, url }],
      };
    for (const { name, isSecret } of variables) {
      if (!isSecret && !vault) continue;
      const evidence = [{ what: `variable group ${group}: ${name} is secret`, url }];
      for (const { job } of own.length > 0 ? own : [{ job: undefined }])
        yield { kind: "secret", name, from: group, certainty, job, evidence };
    }
  }
  for (const { name, isSecret } of definition.variables) {
    if (!isSecret) continue;
    const evidence = [{ what: `definition ${definition.id}: ${name} is secret`, url: definition.url }];
    yield { kind: "secret", name, from: "the definition", certainty: "authorised", evidence };
  }
}
