/** One repository may be hidden, locked or just deleted; that must not hide the changes of the others. */
import type { StateReason } from "#model/instance.ts";
import type { App } from "../app.ts";
import { remoteAnswer } from "../remote-answer.ts";
import type { SyncContext } from "./sync-context.ts";
import { syncReason } from "./sync-reason.ts";

export async function ifReadable(
  app: App,
  context: SyncContext,
  what: string,
  look: () => Promise<void>,
): Promise<StateReason | undefined> {
  context.signal.throwIfAborted();
  const answer = await remoteAnswer(look);
  if (answer.is === "answer") return undefined;
  if (answer.error.code !== "not-found" && answer.error.code !== "forbidden") throw answer.error;
  return syncReason(app, context, {
    code: "repository-unreadable",
    level: "warning",
    cause: `${what} cannot be read. Azure DevOps says: ${answer.error.message}`,
    affects: "New commits there are not scanned.",
    remedy: "Give the account that is connected the right to read it, or leave it out of the choice of repositories.",
    action: "edit-choice",
  });
}
