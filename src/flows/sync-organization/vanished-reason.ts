/**
 * Says that watched repositories are not listed any more. Azure DevOps answers the same for what was deleted and for what
 * an account may no longer see, so that a right taken away, or a successor with fewer rights, would else go unnoticed.
 */
import type { StateReason } from "#model/instance.ts";
import { listVanished } from "#store/instances/repositories.ts";
import type { App } from "../app.ts";
import { credentialWords } from "../credentials/credential-words.ts";
import type { SyncContext } from "./sync-context.ts";
import { syncReason } from "./sync-reason.ts";

const toldMilliseconds = 7 * 24 * 60 * 60_000;
const mostNames = 5;

/** `left`: how many watched ones are still listed. */
export async function vanishedReasons(app: App, context: SyncContext, left: number): Promise<readonly StateReason[]> {
  const since = new Date(app.now().getTime() - toldMilliseconds);
  const vanished = await listVanished(app.db, context.organization.id, since);
  if (vanished.length === 0) return [];
  const names = vanished.slice(0, mostNames).map(({ project, name }) => `${project}/${name}`);
  const more = vanished.length > names.length ? ` and ${vanished.length - names.length} more` : "";
  const who = credentialWords(context.client.actsAs);
  return [
    syncReason(app, context, {
      code: "repositories-vanished",
      level: left === 0 ? "warning" : "notice",
      cause: `Within the last week Azure DevOps stopped listing what was scanned: ${names.join(", ")}${more}. It was deleted, or ${who} may not see it any more.`,
      affects: `${left === 0 ? "Nothing of the organization is scanned any more" : "It is not scanned any more"}; its issues are archived, and come back with it.`,
      remedy: "If it still exists, give the account the right to read it. Otherwise nothing needs to be done.",
    }),
  ];
}
