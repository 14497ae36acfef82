/** How answers show a work item. */
import { organizationUrl } from "../shapes.ts";
import type { OrganizationState, WorkItemState, World } from "../world.ts";

export interface Expansion {
  /** Reference names; absent = all. */
  readonly fields?: readonly string[];
  readonly expand: string;
}

export function workItemUrl(world: World, organization: OrganizationState, item: WorkItemState): string {
  return `${organizationUrl(world, organization)}/${item.projectId}/_apis/wit/workItems/${item.id}`;
}

export function workItemShape(
  world: World,
  organization: OrganizationState,
  item: WorkItemState,
  { fields, expand }: Expansion = { expand: "none" },
): Record<string, unknown> {
  const url = workItemUrl(world, organization, item);
  const isAll = expand === "all";
  const shown = isAll || fields ? { "System.Id": item.id, "System.Rev": item.rev, ...item.fields } : item.fields;
  const picked = fields
    ? Object.fromEntries(fields.flatMap((name) => (name in shown ? [[name, shown[name]]] : [])))
    : shown;
  const withRelations = isAll || expand === "relations";
  return {
    id: item.id,
    rev: item.rev,
    fields: picked,
    ...(fields ? {} : { multilineFieldsFormat: {} }),
    ...(withRelations && item.relations.length > 0 ? { relations: item.relations } : {}),
    ...(isAll || expand === "links" ? { _links: workItemLinks(world, organization, item) } : {}),
    url,
  };
}

export function workItemLinks(world: World, organization: OrganizationState, item: WorkItemState) {
  const base = `${organizationUrl(world, organization)}/${item.projectId}`;
  const url = workItemUrl(world, organization, item);
  const type = encodeURIComponent(String(item.fields["System.WorkItemType"]));
  return {
    self: { href: url },
    workItemUpdates: { href: `${url}/updates` },
    workItemRevisions: { href: `${url}/revisions` },
    workItemComments: { href: `${url}/comments` },
    html: { href: `${base}/_workitems/edit/${item.id}` },
    workItemType: { href: `${base}/_apis/wit/workItemTypes/${type}` },
    fields: { href: `${base}/_apis/wit/fields` },
  };
}
