/** What a run really did: its stages, jobs, tasks, and the checks that it passed or waited for. */
import type { RunRecord } from "#model/posture/pipeline-facts.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import {
  inner,
  isWire,
  optionalDate,
  optionalNumber,
  optionalText,
  requiredText,
  type Wire,
  wireList,
} from "../read-wire.ts";
import type { CollectedProject } from "./collector.ts";

const where = "timeline";
const mostRecords = 20_000;

/** Empty for a run that never began. */
export async function readTimeline(
  client: OrganizationClient,
  project: CollectedProject,
  runId: number,
): Promise<readonly RunRecord[]> {
  const { body } = await client.request({ path: path`/${project.id}/_apis/build/builds/${runId}/timeline` });
  const records = isWire(body) ? (body.records ?? []) : [];
  return wireList(records, where).slice(0, mostRecords).map(readRecord);
}

function readRecord(wire: Wire): RunRecord {
  const parentId = optionalText(wire, "parentId");
  const identifier = optionalText(wire, "identifier");
  const worker = optionalText(wire, "workerName");
  const logId = optionalNumber(inner(wire, "log"), "id");
  const startedAt = optionalDate(wire, "startTime");
  const task = isWire(wire.task) ? readTask(wire.task) : undefined;
  return {
    is: kindOf(optionalText(wire, "type") ?? ""),
    id: requiredText(wire, "id", where),
    ...(parentId !== undefined && { parentId }),
    name: optionalText(wire, "name") ?? "",
    ...(identifier !== undefined && { identifier }),
    result: resultOf(wire.result),
    ...(task && { task }),
    ...(worker !== undefined && { worker }),
    ...(logId !== undefined && { logId }),
    ...(startedAt && { startedAt: startedAt.toISOString() }),
  };
}

/** Checks come as `Checkpoint` with one `Checkpoint.Approval`, `Checkpoint.Authorization` ... for each. */
function kindOf(type: string): RunRecord["is"] {
  const word = type.toLowerCase();
  if (word.startsWith("checkpoint")) return "checkpoint";
  return word === "stage" || word === "job" || word === "task" ? word : "other";
}

const results: Readonly<Record<string, RunRecord["result"]>> = {
  succeeded: "succeeded",
  succeededwithissues: "succeeded",
  failed: "failed",
  canceled: "canceled",
  abandoned: "canceled",
  skipped: "skipped",
};

function resultOf(result: unknown): RunRecord["result"] {
  if (typeof result !== "string" || result === "") return "none";
  return results[result.toLowerCase()] ?? "other";
}

function readTask(wire: Wire): NonNullable<RunRecord["task"]> {
  return {
    id: (optionalText(wire, "id") ?? "").toLowerCase(),
    name: optionalText(wire, "name") ?? "",
    version: optionalText(wire, "version") ?? "",
  };
}
