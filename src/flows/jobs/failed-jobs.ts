/**
 * What was given up after many tries and left no other trace: an instance says so, and a person has it done once more. Scans,
 * fixes and deliveries show their own failures where they stand (`give-up.ts`).
 */
import type { InstanceId } from "#model/ids.ts";
import type { StateReason } from "#model/instance.ts";
import type { Db } from "#store/database.ts";
import { listFailedJobs, takeFailedJobs } from "#store/jobs/failed-jobs.ts";
import type { App } from "../app.ts";
import type { QueueName } from "./queues.ts";

const words = {
  "give-feedback": "what pull requests are told",
  "sync-organization": "looking for repositories and changes",
  "catch-up": "looking for changes",
  "validate-hooks": "the test of hooks",
  "keep-gates": "gates",
  "check-credential": "the check of a credential",
  "forget-instance": "the removal of an instance",
  "apply-rule-setting": "a decision about a rule",
  "obey-comment": "commands in comments",
  "judge-packages": "judging packages",
  "gather-facts": "facts about packages",
  "check-secrets": "asking providers about secrets",
  "judge-unfinished": "pull requests whose scan does not end",
  "apply-policies": "what policies ask for",
  "read-policies": "policies as code",
  "sync-work-items": "work items",
  "deliver-webhook": "webhooks",
  "judge-posture": "the look at settings",
  "judge-run": "the look at a run",
  "score-issues": "the urgency of issues",
  maintenance: "clearing away old things",
} as const satisfies Partial<Record<QueueName, string>>;

const queues = Object.keys(words) as (keyof typeof words)[];

export async function failedReason({ db }: Pick<App, "db">, instanceId: InstanceId): Promise<StateReason | undefined> {
  const failed = await listFailedJobs(db, instanceId, queues);
  const [first] = failed;
  if (!first) return undefined;
  const what = failed.map(({ queue, count }) => `${words[queue as keyof typeof words]} (${count})`).join(", ");
  const since = new Date(Math.min(...failed.map((one) => one.first.getTime())));
  return {
    ...{ code: "jobs-failed", level: "warning", since: since.toISOString(), action: "try-again" },
    cause: `Given up after many tries: ${what}.`,
    affects: `It is not done. The last try ended with: ${messageOf(first.error)}`,
    remedy: 'Have it tried again. If it fails once more, the log of the server tells more ("job failed for good").',
  };
}

export async function tryFailedAgain(app: Pick<App, "jobs">, tx: Db, instanceId: InstanceId): Promise<void> {
  const taken = await takeFailedJobs(tx, instanceId, queues);
  for (const [queue, jobs] of [...Map.groupBy(taken, (one) => one.queue)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const again = jobs.map(({ data, key, group }) => ({ data, group, ...(key !== null && { key }) }));
    await app.jobs.enqueueMany(tx, queue, again);
  }
}

const longestMessage = 300;

function messageOf(error: unknown): string {
  const { message } = Object(error) as { readonly message?: unknown };
  return typeof message === "string" ? message.slice(0, longestMessage) : "an unknown error";
}
