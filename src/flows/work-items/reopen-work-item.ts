/** A person decides that what was closed in Boards is to be done after all. */
import { updateWorkItem } from "#azure-devops/work-items.ts";
import type { WorkItem } from "#model/work-item.ts";
import { getWorkItemSettings } from "#store/fixes/work-item-settings.ts";
import { changeWorkItem } from "#store/fixes/work-items.ts";
import type { App } from "../app.ts";
import { openOrganization } from "../instances/open-organization.ts";
import { findLive } from "./join-live.ts";
import { openProcess, stateFor } from "./open-process.ts";

/** In words why not; undefined: it is open again. */
export async function reopenWorkItem(app: App, item: WorkItem): Promise<string | undefined> {
  const { projectId, number, type = "" } = item;
  if (item.state !== "closed-by-people" || number === undefined) {
    return "Only a work item that people closed in Boards while issues are open can be taken up again.";
  }
  const other = await findLive(app, item);
  if (other) {
    return `${other.number === undefined ? "Another work item" : `#${other.number}`} has taken its issues meanwhile.`;
  }
  const client = await openOrganization(app, item.organizationId, "person");
  const { settings } = await getWorkItemSettings(app.db, item.instanceId, projectId);
  const states = await openProcess(client, projectId).states(type);
  const target = stateFor(states, "reopened", settings.reopenedState);
  if ("problem" in target) return target.problem;
  const remote = await updateWorkItem(client, projectId, number, { fields: { "System.State": target.name } });
  const change = { state: "open", remoteState: remote.state, revision: remote.revision, reason: null } as const;
  await changeWorkItem(app.db, item.id, change, app.now());
  return undefined;
}
