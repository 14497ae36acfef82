/** A delivery as it lies there before its job has run, without the job. */
import type { HookEventId, InstanceId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import { json } from "../json.ts";
import { newId } from "../new-id.ts";

export async function insertHookEvent(
  db: Db,
  event: {
    readonly subscriptionKey: string;
    readonly instanceId: InstanceId;
    readonly eventId: string;
    readonly eventType: string;
    readonly body: unknown;
    readonly receivedAt: Date;
  },
): Promise<HookEventId> {
  const id = newId<HookEventId>();
  await db
    .insertInto("hookEvents")
    .values({ ...event, id, body: json(event.body) })
    .execute();
  return id;
}
