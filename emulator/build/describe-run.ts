/** What a run did, told in stages, jobs and tasks, as records of its timeline and the lines of its logs. */
import { createHash } from "node:crypto";

export interface TimelineRecord {
  readonly id: string;
  readonly parentId?: string;
  readonly type: string;
  readonly name: string;
  readonly identifier?: string;
  /** Absent: as the build. */
  readonly result?: string;
  readonly order: number;
  readonly task?: { readonly id: string; readonly name: string; readonly version: string };
  readonly workerName?: string;
  readonly logId?: number;
}

export interface RunRecords {
  readonly records: readonly TimelineRecord[];
  /** The first one has number 1. */
  readonly logs: readonly (readonly string[])[];
}

type Result = "succeeded" | "failed" | "skipped" | "canceled";

export interface RanTask {
  readonly name: string;
  readonly task?: { readonly id: string; readonly name: string; readonly version: string };
  readonly result?: Result;
  readonly log?: readonly string[];
}

export interface RanJob {
  readonly name: string;
  readonly worker?: string;
  readonly result?: Result;
  readonly tasks: readonly RanTask[];
}

export interface RanStage {
  readonly name: string;
  readonly result?: Result;
  /** What had to be passed before it. */
  readonly checks?: readonly {
    readonly is: "Approval" | "TaskCheck" | "ExtendsCheck" | "ExclusiveLock" | "Authorization";
    readonly name?: string;
    readonly result?: Result;
  }[];
  readonly jobs: readonly RanJob[];
}

export function stableGuid(text: string): string {
  const hash = createHash("sha256").update(text).digest("hex");
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join("-");
}

/** `seed` makes the ids: the same run has the same ones. */
export function describeRun(seed: string, stages: readonly RanStage[]): RunRecords {
  const records: TimelineRecord[] = [];
  const logs: (readonly string[])[] = [];
  const add = (path: string, record: Omit<TimelineRecord, "id">): string => {
    const id = stableGuid(`${seed} ${path}`);
    records.push({ id, ...record });
    return id;
  };
  for (const [index, stage] of stages.entries()) {
    const stageId = add(stage.name, {
      type: "Stage",
      name: stage.name,
      identifier: stage.name,
      order: index + 1,
      ...resultOf(stage),
    });
    addChecks(add, stage, stageId);
    for (const [place, job] of stage.jobs.entries()) {
      const identifier = `${stage.name}.${job.name}`;
      const about = { name: job.name, order: place + 1, ...resultOf(job) };
      const phaseId = add(`${identifier} phase`, { ...about, type: "Phase", parentId: stageId, identifier });
      const jobId = add(`${identifier} job`, {
        ...about,
        type: "Job",
        parentId: phaseId,
        identifier: `${identifier}.__default`,
        workerName: job.worker ?? "Hosted Agent",
      });
      for (const [number, task] of job.tasks.entries()) {
        if (task.log) logs.push(task.log);
        add(`${identifier} task ${number}`, {
          type: "Task",
          name: task.name,
          parentId: jobId,
          order: number + 1,
          ...resultOf(task),
          ...(task.task ? { task: task.task } : {}),
          ...(task.log ? { logId: logs.length } : {}),
        });
      }
    }
  }
  return { records, logs };
}

function resultOf({ result }: { readonly result?: Result }): { result?: Result } {
  return result === undefined ? {} : { result };
}

function addChecks(
  add: (path: string, record: Omit<TimelineRecord, "id">) => string,
  stage: RanStage,
  stageId: string,
): void {
  if (!stage.checks || stage.checks.length === 0) return;
  const name = "Checkpoint";
  const id = add(`${stage.name} checkpoint`, { type: name, name, parentId: stageId, identifier: name, order: 1 });
  for (const [index, check] of stage.checks.entries()) {
    add(`${stage.name} check ${index}`, {
      type: `${name}.${check.is}`,
      name: check.name ?? `${name}.${check.is}`,
      parentId: id,
      identifier: `${name}.${check.is}`,
      order: index + 1,
      ...resultOf(check),
    });
  }
}
