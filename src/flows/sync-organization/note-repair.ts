/** A line of the audit log for everything that was put right by itself, and as whom. */
import { insertAuditEvent } from "#store/people/audit-events.ts";
import type { App } from "../app.ts";
import { credentialWords } from "../credentials/credential-words.ts";
import type { SyncContext } from "./sync-context.ts";
import { type HookWish, placeOf } from "./wanted-hook.ts";

export async function noteRepair(app: App, context: SyncContext, hook: HookWish, why: string): Promise<void> {
  await insertAuditEvent(app.db, {
    actor: "Sallyport",
    action: "hook-repaired",
    subject: `${hook.eventType} of ${placeOf(hook, context)}`,
    instanceId: context.instance.id,
    data: { why, as: credentialWords(context.client.actsAs) },
    at: app.now(),
  });
}
