/** Finds the work item that a call names, and the refusals of work-item tracking. */
import { mayAct } from "../rights.ts";
import { type Call, Refusal } from "../route.ts";
import { optionalProject } from "../shapes.ts";
import type { WorkItemState, World } from "../world.ts";

export function workItemRefusal(status: number, typeKey: string, message: string): Refusal {
  return new Refusal(
    status,
    typeKey,
    message,
    `Microsoft.TeamFoundation.WorkItemTracking.Server.${typeKey}, Microsoft.TeamFoundation.WorkItemTracking.Server`,
  );
}

export function findWorkItem(call: Call, id: string | number): WorkItemState | undefined {
  const item = call.organization.workItems.find((one) => String(one.id) === String(id));
  if (!item || item.isDeleted || !mayAct(call.organization, call.user.id, "readers", item.projectId)) return undefined;
  return item;
}

export function workItemNotFound(id: string | number): Refusal {
  return workItemRefusal(
    404,
    "WorkItemUnauthorizedAccessException",
    `TF401232: Work item ${id} does not exist, or you do not have permissions to read it.`,
  );
}

export function requireWorkItem(call: Call, world: World): WorkItemState {
  const project = optionalProject(call, world);
  const id = call.params.id ?? call.params.workItemId ?? "";
  const item = findWorkItem(call, id);
  if (!item || (project && item.projectId !== project.id)) throw workItemNotFound(id);
  return item;
}
