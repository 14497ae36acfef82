/** Begins a try of all hooks of an instance; one that runs already is answered instead. */
import type { InstanceId } from "#model/ids.ts";
import { insertValidation, latestValidation } from "#store/hooks/hook-validations.ts";
import { lockInstance } from "#store/instances/instances.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askForValidation } from "../jobs/ask.ts";

/** One that has not ended by then belongs to a process that did. */
const longestMilliseconds = 10 * 60_000;

/** The id of the validation; undefined if there is no such instance. */
export async function startValidation(
  app: Pick<App, "db" | "jobs" | "now">,
  instanceId: InstanceId,
  by: string,
): Promise<string | undefined> {
  const startedAt = app.now();
  return inTransaction(app.db, async (tx) => {
    // Two clicks at once begin one.
    if (!(await lockInstance(tx, instanceId))) return undefined;
    const latest = await latestValidation(tx, instanceId);
    const isRunning = latest && !latest.finishedAt;
    if (isRunning && latest.startedAt.getTime() > startedAt.getTime() - longestMilliseconds) return latest.id;
    const validation = await insertValidation(tx, { instanceId, startedBy: by, startedAt });
    await askForValidation(app, tx, { instance: instanceId, validation });
    return validation;
  });
}
