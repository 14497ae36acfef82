/** Routes that create, read, change and delete work items. */
import { isRecord, numberQuery, plain, record } from "../pull-requests/request-body.ts";
import { mayAct, requireGroup } from "../rights.ts";
import { type Call, list, type Route } from "../route.ts";
import { identityRef, requireProject } from "../shapes.ts";
import { nextId, type ProjectState, type WorkItemState, type World } from "../world.ts";
import { findWorkItem, requireWorkItem, workItemNotFound, workItemRefusal } from "./find-work-item.ts";
import { followRelations } from "./linked-work-items.ts";
import { applyPatch, patchDocument } from "./patch-work-item.ts";
import { raiseUpdated } from "./raise-updated.ts";
import { workItemNotes } from "./work-item-notes.ts";
import { type Expansion, workItemLinks, workItemShape, workItemUrl } from "./work-item-shape.ts";
import { findWorkItemType } from "./work-item-types.ts";

function expansion(call: Call): Expansion {
  const fields = call.query("fields")?.split(",").filter(Boolean);
  return { expand: (call.query("$expand") ?? "none").toLowerCase(), ...(fields ? { fields } : {}) };
}

/** A written item is shown with its relations and links. */
function written(call: Call, world: World, item: WorkItemState): Record<string, unknown> {
  const shape = workItemShape(world, call.organization, item, { expand: "relations" });
  return { ...shape, _links: workItemLinks(world, call.organization, item), url: shape.url };
}

function freshFields(call: Call, world: World, project: ProjectState, typeName: string): Record<string, unknown> {
  const type = findWorkItemType(project, typeName);
  if (!type)
    throw workItemRefusal(
      404,
      "WorkItemTypeNotFoundException",
      `VS402323: Work item type ${typeName} does not exist in project ${project.name} or you do not have permission to access it.`,
    );
  const now = world.clock.now().toISOString();
  const who = identityRef(world, call.user, call.organization);
  return {
    "System.AreaPath": project.name,
    "System.TeamProject": project.name,
    "System.IterationPath": project.name,
    "System.WorkItemType": type.name,
    "System.State": type.states[0]?.name,
    "System.Reason": "New",
    "System.CreatedDate": now,
    "System.CreatedBy": who,
    "System.ChangedDate": now,
    "System.ChangedBy": who,
    "System.CommentCount": 0,
    "Microsoft.VSTS.Common.StateChangeDate": now,
    "Microsoft.VSTS.Common.Priority": 2,
    ...(type.fields.includes("Microsoft.VSTS.Common.Severity")
      ? { "Microsoft.VSTS.Common.Severity": "3 - Medium" }
      : {}),
  };
}

function create(call: Call, world: World) {
  const project = requireProject(call, world);
  requireGroup(call, "contributors", project, "Edit work items in this node");
  const operations = patchDocument(call);
  const born = freshFields(call, world, project, call.params.type ?? "");
  const fresh = { rev: 1, fields: born, relations: [], projectId: project.id };
  const { fields, relations, history } = applyPatch(call, world, fresh, operations);
  const isTrial = call.query("validateOnly") === "true";
  const item: WorkItemState = {
    id: isTrial ? 0 : nextId(world, `work item ${call.organization.id}`),
    projectId: project.id,
    rev: 1,
    fields,
    relations,
    isDeleted: false,
  };
  if (isTrial) return { body: written(call, world, item) };
  call.organization.workItems.push(item);
  followRelations(call.organization, item);
  workItemNotes(item).revisions.push({ ...fields });
  if (history !== undefined) addComment(call, world, item, history);
  return { body: written(call, world, item) };
}

export function addComment(call: Call, world: World, item: WorkItemState, text: string) {
  const { comments } = workItemNotes(item);
  const now = world.clock.now();
  const id = nextId(world, `work item comment ${call.organization.id}`);
  const comment = { id, version: 1, text, createdBy: call.user.id, createdDate: now, modifiedDate: now };
  comments.push(comment);
  item.fields["System.CommentCount"] = comments.length;
  return comment;
}

function update(call: Call, world: World) {
  const item = requireWorkItem(call, world);
  requireGroup(call, "contributors", call.organization.projects.get(item.projectId), "Edit work items in this node");
  const result = applyPatch(call, world, item, patchDocument(call));
  if (call.query("validateOnly") === "true") return { body: written(call, world, { ...item, ...result }) };
  const now = world.clock.now().toISOString();
  const before = item.fields;
  const moved = before["System.State"] !== result.fields["System.State"];
  item.fields = {
    ...result.fields,
    "System.ChangedDate": now,
    "System.ChangedBy": identityRef(world, call.user, call.organization),
    ...(moved ? { "Microsoft.VSTS.Common.StateChangeDate": now } : {}),
  };
  item.relations = result.relations;
  item.rev += 1;
  followRelations(call.organization, item);
  workItemNotes(item).revisions.push({ ...item.fields });
  if (result.history !== undefined) addComment(call, world, item, result.history);
  raiseUpdated(call, world, item, before);
  return { body: written(call, world, item) };
}

function get(call: Call, world: World) {
  const item = requireWorkItem(call, world);
  const wanted = expansion(call);
  const shape = workItemShape(world, call.organization, item, wanted);
  if (wanted.fields || wanted.expand === "all") return { body: shape };
  return { body: { ...shape, _links: workItemLinks(world, call.organization, item), url: shape.url } };
}

function template(call: Call, world: World) {
  const project = requireProject(call, world);
  const fields = freshFields(call, world, project, call.params.type ?? "");
  return {
    body: {
      rev: 0,
      fields,
      url: `${workItemUrl(world, call.organization, { ...emptyItem, projectId: project.id }).replace(/\/0$/, "")}/$${encodeURIComponent(call.params.type ?? "")}`,
    },
  };
}

const emptyItem: WorkItemState = { id: 0, projectId: "", rev: 0, fields: {}, relations: [], isDeleted: false };

function many(call: Call, world: World, ids: readonly unknown[], wanted: Expansion, omits: boolean) {
  if (ids.length === 0 || ids.length > 200)
    throw workItemRefusal(
      400,
      "VssPropertyValidationException",
      `VS403474: You requested ${ids.length} work items; between 1 and 200 can be read at once.`,
    );
  const items = ids.map((id) => findWorkItem(call, Number(id)) ?? (omits ? null : Number(id)));
  const missing = items.find((item) => typeof item === "number");
  if (missing !== undefined) throw workItemNotFound(missing as number);
  return list(
    items.map((item) =>
      item === null || typeof item === "number" ? null : workItemShape(world, call.organization, item, wanted),
    ),
  );
}

function listByIds(call: Call, world: World) {
  const ids = (call.query("ids") ?? "").split(",").filter(Boolean);
  return many(call, world, ids, expansion(call), call.query("errorPolicy")?.toLowerCase() === "omit");
}

function batch(call: Call, world: World) {
  const body = record(call.body);
  const fields = Array.isArray(body.fields) ? body.fields.map(String) : undefined;
  const expands: Readonly<Record<string, string>> = {
    "0": "none",
    "1": "relations",
    "2": "fields",
    "3": "links",
    "4": "all",
  };
  const asked = (plain(body.$expand) || "none").toLowerCase();
  const omits = body.errorPolicy === 2 || plain(body.errorPolicy).toLowerCase() === "omit";
  const ids = Array.isArray(body.ids) ? body.ids : [];
  return many(call, world, ids, { expand: expands[asked] ?? asked, ...(fields ? { fields } : {}) }, omits);
}

function remove(call: Call, world: World) {
  const item = requireWorkItem(call, world);
  requireGroup(
    call,
    "contributors",
    call.organization.projects.get(item.projectId),
    "Delete work items in this project",
  );
  item.isDeleted = true;
  if (call.query("destroy") === "true") {
    call.organization.workItems.splice(call.organization.workItems.indexOf(item), 1);
    return { status: 204 };
  }
  return {
    body: {
      id: item.id,
      type: item.fields["System.WorkItemType"],
      name: item.fields["System.Title"],
      project: item.fields["System.TeamProject"],
      deletedDate: world.clock.now().toISOString(),
      deletedBy: call.user.displayName,
      code: 200,
      url: workItemUrl(world, call.organization, item).replace("/workItems/", "/recyclebin/"),
      resource: workItemShape(world, call.organization, item),
    },
  };
}

function revisions(call: Call, world: World) {
  const item = requireWorkItem(call, world);
  const skip = numberQuery(call, "$skip", 0);
  const all = workItemNotes(item).revisions.map((fields, index) =>
    workItemShape(world, call.organization, { ...item, fields, rev: index + 1 }),
  );
  return list(all.slice(skip, skip + numberQuery(call, "$top", 200)));
}

function updates(call: Call, world: World) {
  const item = requireWorkItem(call, world);
  const all = workItemNotes(item).revisions.map((fields, index, revisionList) => {
    const before = revisionList[index - 1] ?? {};
    const changed = Object.keys(fields).filter((name) => JSON.stringify(fields[name]) !== JSON.stringify(before[name]));
    const who = fields["System.ChangedBy"];
    return {
      id: index + 1,
      workItemId: item.id,
      rev: index + 1,
      ...(isRecord(who) ? { revisedBy: who } : {}),
      revisedDate: String(fields["System.ChangedDate"]),
      fields: Object.fromEntries(
        changed.map((name) => [
          name,
          { ...(name in before ? { oldValue: before[name] } : {}), newValue: fields[name] },
        ]),
      ),
      url: `${workItemUrl(world, call.organization, item)}/updates/${index + 1}`,
    };
  });
  const skip = numberQuery(call, "$skip", 0);
  return list(all.slice(skip, skip + numberQuery(call, "$top", 200)));
}

/** Which work items link to these artifacts. */
function artifactQuery(call: Call, world: World) {
  const uris = record(call.body).artifactUris;
  const result: Record<string, unknown[]> = {};
  for (const uri of Array.isArray(uris) ? uris.map(String) : []) {
    const linked = call.organization.workItems.filter(
      (item) =>
        !item.isDeleted &&
        mayAct(call.organization, call.user.id, "readers", item.projectId) &&
        item.relations.some((one) => String(one.url).toLowerCase() === uri.toLowerCase()),
    );
    result[uri] = linked.map((item) => ({ id: item.id, url: workItemUrl(world, call.organization, item) }));
  }
  return { body: { artifactUrisQueryResult: result } };
}

const at = "/{organization}/{project?}/_apis/wit";

export const routes: readonly Route[] = [
  { method: "GET", path: `${at}/workItems`, scopes: ["work"], handle: listByIds },
  { method: "POST", path: `${at}/workItemsBatch`, scopes: ["work"], handle: batch },
  { method: "POST", path: `${at}/artifactUriQuery`, scopes: ["work"], handle: artifactQuery },
  { method: "GET", path: `${at}/workItems/$\{type}`, scopes: ["work"], handle: template },
  { method: "POST", path: `${at}/workItems/$\{type}`, scopes: ["work_write"], handle: create },
  { method: "GET", path: `${at}/workItems/{id}`, scopes: ["work"], handle: get },
  { method: "PATCH", path: `${at}/workItems/{id}`, scopes: ["work_write"], handle: update },
  { method: "DELETE", path: `${at}/workItems/{id}`, scopes: ["work_write"], handle: remove },
  { method: "GET", path: `${at}/workItems/{id}/revisions`, scopes: ["work"], handle: revisions },
  { method: "GET", path: `${at}/workItems/{id}/updates`, scopes: ["work"], handle: updates },
];
