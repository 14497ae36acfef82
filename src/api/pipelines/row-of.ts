/** What the store knows of pipelines and their bills, as it goes over the wire. */
import { compareBills } from "#flows/posture/compare-bills.ts";
import type { BillItem, PipelineBill } from "#model/posture/pipeline-bill.ts";
import type { ExposureAnswer, PipelineRun } from "#model/posture/pipeline-overview.ts";
import type { StoredBill } from "#store/posture/pipeline-bills.ts";
import type { PipelineRow as StoredPipeline } from "#store/posture/pipelines.ts";
import { evidenceOf } from "../shapes/evidence.ts";
import { toTime } from "../shapes/time.ts";
import type { BillDetail, BillItemRow, PipelineDetail, PipelineRow } from "./contract.ts";

export function pipelineRowOf(pipeline: StoredPipeline): PipelineRow {
  const { organizationId, organizationName, instanceId, projectId, projectName, definitionId, about } = pipeline;
  const { critical, high, medium, low, notEvaluated, attackPaths, lastRun, judgedAt } = pipeline;
  const { name, folder, url, kind, isEnabled, revision, repository, source, starts, identity, exposure } = about;
  return {
    ...{ organizationId, organization: organizationName, instanceId, definitionId },
    project: { id: projectId, name: projectName },
    ...{ name, folder, url, kind, isEnabled, revision, attackPaths, judgedAt: toTime(judgedAt) },
    repository: { kind: repository.kind, id: repository.id, name: repository.name },
    source: source ? { ...source } : null,
    starts: [...starts],
    identity: { ...identity },
    exposure: {
      pullRequests: answerOf(exposure.pullRequests),
      forks: answerOf(exposure.forks),
      openBranches: answerOf(exposure.openBranches),
      webhooks: answerOf(exposure.webhooks),
      injections: exposure.injections.map(evidenceOf),
    },
    risks: { critical, high, medium, low, notEvaluated },
    lastRun: lastRun ? runOf(lastRun) : null,
  };
}

function answerOf(answer: ExposureAnswer): PipelineRow["exposure"]["forks"] {
  if (answer.is !== "yes") return { is: answer.is, says: null, evidence: null };
  return { is: "yes", says: answer.says, evidence: evidenceOf(answer.evidence) };
}

export function runOf({ requestedFor, at, ...run }: PipelineRun): PipelineDetail["runs"][number] {
  return { ...run, at: new Date(at).toISOString(), requestedFor: requestedFor ?? null };
}

function itemOf({ kind, name, version, isMutable, from, id, certainty, jobs, evidence }: BillItem): BillItemRow {
  return {
    ...{ kind, name, version: version ?? null, isMutable: isMutable ?? null, from: from ?? null, id: id ?? null },
    ...{ certainty, jobs: [...jobs], evidence: evidence.map(evidenceOf) },
  };
}

function billOf(bill: PipelineBill): BillDetail["bill"] {
  const { name, revision, url, source, starts, identity, items, gaps } = bill;
  return {
    ...{ name, revision, url, source: source ? { ...source } : null, starts: [...starts], identity: { ...identity } },
    ...{ items: items.map(itemOf), gaps: [...gaps] },
  };
}

/** The bills of a pipeline, newest first, each compared with the one before it. */
export function billsOf(bills: readonly StoredBill[]): {
  readonly bill: PipelineDetail["bill"];
  readonly bills: PipelineDetail["bills"];
} {
  const [newest] = bills;
  return { bill: newest ? billOf(newest.bill) : null, bills: bills.map((_bill, index) => entryOf(bills, index)) };
}

function entryOf(bills: readonly StoredBill[], index: number): PipelineDetail["bills"][number] {
  const { id, revision, commit, at, seenAt, bill } = bills[index] as StoredBill;
  const before = bills[index + 1];
  const changes = before && compareBills(before.bill, bill);
  return {
    ...{ id, revision, commit: commit ?? null, at: toTime(at), seenAt: toTime(seenAt), items: bill.items.length },
    changes: changes
      ? { added: changes.added.length, removed: changes.removed.length, changed: changes.changed.length }
      : null,
  };
}

/** Undefined if there is no such bill. */
export function billDetailOf(bills: readonly StoredBill[], id: string): BillDetail | undefined {
  const index = bills.findIndex((one) => one.id === id);
  const found = bills[index];
  if (!found) return undefined;
  const before = bills[index + 1];
  return {
    ...entryOf(bills, index),
    bill: billOf(found.bill),
    diff: before ? { against: before.id, ...diffOf(before.bill, found.bill) } : null,
  };
}

function diffOf(before: PipelineBill, after: PipelineBill) {
  const { added, removed, changed } = compareBills(before, after);
  return {
    added: added.map(itemOf),
    removed: removed.map(itemOf),
    changed: changed.map((one) => ({ before: itemOf(one.before), after: itemOf(one.after), fields: [...one.fields] })),
  };
}
