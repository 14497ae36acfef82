/** Tells subscribers that a work item was changed. */
import { raise } from "../hooks/raise.ts";
import type { Call } from "../route.ts";
import type { WorkItemState, World } from "../world.ts";
import { workItemUrl } from "./work-item-shape.ts";

export function raiseUpdated(
  call: Call,
  world: World,
  item: WorkItemState,
  before: Readonly<Record<string, unknown>>,
): void {
  const { fields } = item;
  const names = [...new Set([...Object.keys(before), ...Object.keys(fields)])];
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(fields[name]));
  const url = workItemUrl(world, call.organization, item);
  raise(world, call.organization, {
    eventType: "workitem.updated",
    projectId: item.projectId,
    resourceVersion: "1.0",
    message: `${String(fields["System.WorkItemType"])} #${item.id} (${String(fields["System.Title"])}) updated by ${call.user.displayName}`,
    resource: {
      id: item.rev,
      workItemId: item.id,
      rev: item.rev,
      revisedBy: fields["System.ChangedBy"],
      revisedDate: "9999-01-01T00:00:00Z",
      fields: Object.fromEntries(
        changed.map((name) => [name, { oldValue: before[name] ?? null, newValue: fields[name] ?? null }]),
      ),
      url: `${url}/updates/${item.rev}`,
      revision: { id: item.id, rev: item.rev, fields, url: `${url}/revisions/${item.rev}` },
    },
    filters: {
      areaPath: String(fields["System.AreaPath"]),
      workItemType: String(fields["System.WorkItemType"]),
      changedFields: changed,
    },
  });
}
