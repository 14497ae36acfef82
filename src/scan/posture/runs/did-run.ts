/** Whether a job of the code did run, by the timeline: names there have the stage, the job and the part of a matrix, with dots. */
import type { RunRecord } from "#model/posture/pipeline-facts.ts";
import type { ResourceUse } from "../pipelines/judged-pipeline.ts";

/** Undefined: the timeline has no such job. */
export function jobRecord(job: string, records: readonly RunRecord[]): RunRecord | undefined {
  const wanted = partsOf(job.replaceAll("/", "."));
  const found = records.filter(({ is, identifier }) => {
    if (is !== "job" || identifier === undefined) return false;
    const parts = partsOf(identifier);
    // Without stages Azure DevOps makes one up, and what is left of the name is the job's.
    return (
      startsWith(parts, wanted) || (wanted.length === 1 && parts[1] !== undefined && startsWith(parts.slice(1), wanted))
    );
  });
  return found.find(({ result }) => hasRun(result)) ?? found[0];
}

function partsOf(identifier: string): readonly string[] {
  return identifier
    .toLowerCase()
    .split(".")
    .filter((part) => part !== "__default" && part !== "");
}

function startsWith(parts: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length > 0 && wanted.every((part, index) => parts[index] === part);
}

function hasRun(result: RunRecord["result"]): boolean {
  return result === "succeeded" || result === "failed" || result === "canceled" || result === "other";
}

/**
 * Whether the run used it: its job is on the timeline and was not skipped. Where the timeline says nothing about the job,
 * the code decides, if it leaves no choice.
 */
export function wasUsed(
  { job, certainty }: Pick<ResourceUse, "job" | "certainty">,
  records: readonly RunRecord[],
): boolean {
  const record = job === undefined ? undefined : jobRecord(job, records);
  if (record) return hasRun(record.result);
  if (job !== undefined && isSkipped(job, records)) return false;
  return certainty !== "possible" && records.some(({ is, result }) => is === "job" && hasRun(result));
}

/** Of what is skipped the timeline has the stage or the phase, and no jobs. */
function isSkipped(job: string, records: readonly RunRecord[]): boolean {
  const wanted = partsOf(job.replaceAll("/", "."));
  return records.some(({ is, name, identifier = name, result }) => {
    if (result !== "skipped" || (is !== "stage" && is !== "other")) return false;
    const parts = partsOf(identifier);
    return is === "stage" ? wanted.length > 1 && startsWith(wanted, parts) : startsWith(parts, wanted);
  });
}
