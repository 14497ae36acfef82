/**
 * A bill of a pipeline as CycloneDX 1.6: how software is made is its `formulation`. What code the pipeline takes in are
 * components, what it talks to are services, its jobs are tasks of one workflow. The same bill gives the same bytes.
 */
import type { BillItem, BillKind, PipelineBill } from "#model/posture/pipeline-bill.ts";
import { noUuid } from "../../sbom/content-uuid.ts";
import { inOrder, plainText, shortText } from "../../sbom/plain-text.ts";
import { timeText, toolName } from "../../sbom/sbom-subject.ts";
import { writeDocument } from "../../sbom/write-document.ts";

export interface BillSubject {
  /** ISO time: when the settings and the code were read. */
  readonly time: string;
  /** Of this product. */
  readonly toolVersion?: string;
}

const pipelineReference = "pipeline";
/** The schema takes no longer ones. */
const longestVersion = 1024;

export function billToCyclonedx(bill: PipelineBill, subject: BillSubject): string {
  const head = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${noUuid}`,
    version: 1,
    metadata: {
      timestamp: timeText(subject.time),
      lifecycles: [{ phase: "pre-build" }],
      tools: { components: [{ type: "application", name: toolName, version: subject.toolVersion }] },
      component: rootOf(bill),
    },
  };
  return writeDocument(head, {
    formulation: [formulaOf(bill)],
    compositions: [{ aggregate: bill.gaps.length === 0 ? "complete" : "incomplete", assemblies: [pipelineReference] }],
  });
}

function rootOf({ name, revision, url, source, identity, starts, gaps }: PipelineBill) {
  return {
    type: "application",
    "bom-ref": pipelineReference,
    name: plainText(name),
    version: source ? `${revision} (${source.commit})` : `${revision}`,
    externalReferences: isAddress(url) ? [{ type: "build-system", url }] : undefined,
    properties: [
      ...(source ? [property("source", `${source.repository}/${source.path}`)] : []),
      property("identity", `${identity.name}, which reaches the ${identity.reach}`),
      ...starts.map((start) => property("starts", start)),
      ...gaps.map((gap) => property("gap", gap)),
    ],
  };
}

function property(name: string, value: string) {
  return { name: `sallyport:${name}`, value: plainText(value) };
}

function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s\p{Cc}<>"{}|\\^`]+$/u.test(text);
}

const services: ReadonlySet<BillKind> = new Set(["pool", "connection", "environment", "feed", "vault", "webhook"]);
const componentTypes: Readonly<Partial<Record<BillKind, string>>> = {
  template: "file",
  task: "application",
  image: "container",
  download: "file",
  "artifact-in": "file",
  "artifact-out": "file",
  repository: "application",
};

interface Referenced {
  readonly item: BillItem;
  readonly reference: string;
}

function formulaOf(bill: PipelineBill) {
  const all = bill.items.map((item, index): Referenced => ({ item, reference: `${item.kind}-${index + 1}` }));
  const components = all.filter(({ item }) => !services.has(item.kind));
  const used = all.filter(({ item }) => services.has(item.kind));
  return {
    "bom-ref": "formula",
    components: components.map(componentOf),
    services: used.map(serviceOf),
    workflows: [workflowOf(bill, all)],
  };
}

function componentOf({ item, reference }: Referenced) {
  const { kind, name, version, from } = item;
  const digest = /^sha256:([\da-f]{64})$/.exec(version ?? "")?.[1];
  return {
    type: componentTypes[kind] ?? "data",
    "bom-ref": reference,
    publisher: kind === "task" && from !== undefined ? plainText(from) : undefined,
    name: plainText(name),
    version: version === undefined ? undefined : shortText(version, longestVersion),
    hashes: digest === undefined ? undefined : [{ alg: "SHA-256", content: digest }],
    externalReferences: kind === "download" && isAddress(name) ? [{ type: "distribution", url: name }] : undefined,
    properties: propertiesOf(item),
  };
}

function serviceOf({ item, reference }: Referenced) {
  const { kind, name, version, from } = item;
  return {
    "bom-ref": reference,
    provider: kind === "pool" && from !== undefined ? { name: plainText(from) } : undefined,
    name: plainText(name),
    version: version === undefined ? undefined : shortText(version, longestVersion),
    // Connections and vaults are what lies beyond the pipeline's own trust.
    "x-trust-boundary": kind === "connection" || kind === "webhook" || kind === "vault" ? true : undefined,
    properties: propertiesOf(item),
  };
}

function propertiesOf({ kind, id, from, isMutable, certainty, evidence }: BillItem) {
  return [
    property("kind", kind),
    property("certainty", certainty),
    ...(id === undefined ? [] : [property("id", id)]),
    ...(from === undefined ? [] : [property("from", from)]),
    ...(isMutable === undefined ? [] : [property("mutable", `${isMutable}`)]),
    ...evidence.map(({ what, url }) => property("evidence", url === undefined ? what : `${what} ${url}`)),
  ];
}

function workflowOf({ name, projectId, definitionId, starts, items }: PipelineBill, all: readonly Referenced[]) {
  const jobs = [...new Set(items.flatMap((item) => item.jobs))].toSorted(inOrder);
  const uid = `${projectId}/${definitionId}`;
  const tasks = jobs.map((job, index) => ({
    "bom-ref": `job-${index + 1}`,
    uid: `${uid}/${plainText(job)}`,
    name: plainText(job),
    resourceReferences: ifAny(referencesTo(all.filter(({ item }) => item.jobs.includes(job)))),
    taskTypes: taskTypesOf(all, job),
  }));
  const [first] = starts;
  return {
    "bom-ref": "workflow",
    uid,
    name: plainText(name),
    resourceReferences: ifAny(referencesTo(all.filter(({ item }) => item.jobs.length === 0))),
    tasks: ifAny(tasks),
    taskTypes: [...new Set(["build", ...tasks.flatMap((task) => task.taskTypes)])],
    trigger: {
      "bom-ref": "trigger",
      uid: `${uid}/trigger`,
      type: triggerType(starts),
      description: first === undefined ? undefined : plainText(starts.join("; ")),
    },
    inputs: ifAny(resources(all, "artifact-in").map((resource) => ({ resource }))),
    outputs: ifAny(resources(all, "artifact-out").map((resource) => ({ type: "artifact", resource }))),
  };
}

/** The schema knows four kinds of start; a push comes to the pipeline as an event from outside. */
function triggerType(starts: readonly string[]): "webhook" | "scheduled" | "manual" {
  if (starts.some((start) => /^(?:requests|pull requests|pushes|runs)/.test(start))) return "webhook";
  return starts.includes("a schedule") ? "scheduled" : "manual";
}

function taskTypesOf(all: readonly Referenced[], job: string): readonly string[] {
  return all.some(({ item }) => item.kind === "environment" && item.jobs.includes(job)) ? ["deploy"] : ["build"];
}

function referencesTo(all: readonly Referenced[]): readonly { readonly ref: string }[] {
  return all.map(({ reference }) => ({ ref: reference }));
}

function resources(all: readonly Referenced[], kind: BillKind): readonly { readonly ref: string }[] {
  return referencesTo(all.filter(({ item }) => item.kind === kind));
}

function ifAny<T>(all: readonly T[]): readonly T[] | undefined {
  return all.length > 0 ? all : undefined;
}
