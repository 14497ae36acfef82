/** Jobs of an instance that is paused or being deleted are over at once; a delivery says on its record that nothing was done. */
import type { InstanceId } from "#model/ids.ts";
import { finishHookEvent, getHookEvent } from "#store/hooks/hook-events.ts";
import { getInstance } from "#store/instances/instances.ts";
import { getOrganization } from "#store/instances/organizations.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { getCredential } from "#store/people/credentials.ts";
import type { App } from "../app.ts";
import type { JobData, QueueName } from "./queues.ts";

/** True if there is nothing to do. Deleting goes on, and so does what a person asked for with an answer to wait for. */
export async function skipPaused(app: App, queue: QueueName, data: JobData[QueueName]): Promise<boolean> {
  if (queue === "forget-instance" || queue === "validate-hooks" || queue === "maintenance") return false;
  const id = await instanceOf(app, data);
  if (id === undefined || (await getInstance(app.db, id))?.state !== "disabled") return false;
  if ("event" in data) {
    const note = "The instance was paused; what this tells of is looked up when it goes on";
    await finishHookEvent(app.db, data.event, "ignored", note);
  }
  return true;
}

async function instanceOf({ db }: App, data: JobData[QueueName]): Promise<InstanceId | undefined> {
  if ("event" in data) return (await getHookEvent(db, data.event))?.instanceId;
  if ("repository" in data) return (await getRepository(db, data.repository))?.instanceId;
  if ("organization" in data) return (await getOrganization(db, data.organization))?.instanceId;
  return "credential" in data ? (await getCredential(db, data.credential))?.instanceId : undefined;
}
