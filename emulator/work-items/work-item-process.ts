/** Routes that describe the process: types, states, fields, relation types, tags. */
import { createHash } from "node:crypto";
import { plain } from "../pull-requests/request-body.ts";
import { type Call, list, type Route } from "../route.ts";
import { organizationUrl, requireProject } from "../shapes.ts";
import type { ProjectState, World } from "../world.ts";
import { workItemRefusal } from "./find-work-item.ts";
import type { WorkItemTypeData } from "./processes.ts";
import { fieldsOf, findWorkItemType, typesOf, workItemFields } from "./work-item-types.ts";

function typeShape(base: string, project: ProjectState, type: WorkItemTypeData): Record<string, unknown> {
  const fields = fieldsOf(project, type).map(({ referenceName, name, isRequired }) => ({
    alwaysRequired: isRequired,
    referenceName,
    name,
    url: `${base}/_apis/wit/fields/${referenceName}`,
  }));
  return {
    name: type.name,
    referenceName: type.referenceName,
    description: type.description,
    color: type.color,
    icon: { id: type.icon, url: `${base}/_apis/wit/workItemIcons/${type.icon}?color=${type.color}&v=2` },
    isDisabled: false,
    xmlForm: "",
    fields,
    fieldInstances: fields,
    transitions: Object.fromEntries(
      ["", ...type.states.map((state) => state.name)].map((from) => [
        from,
        type.states.filter((to) => to.name !== from).map((to) => ({ to: to.name })),
      ]),
    ),
    states: type.states,
    url: `${base}/_apis/wit/workItemTypes/${encodeURIComponent(type.name)}`,
  };
}

function baseOf(call: Call, world: World): string {
  return `${organizationUrl(world, call.organization)}/${requireProject(call, world).id}`;
}

function requireType(call: Call, world: World): WorkItemTypeData {
  const type = findWorkItemType(requireProject(call, world), call.params.type ?? "");
  if (type) return type;
  throw workItemRefusal(
    404,
    "WorkItemTypeNotFoundException",
    `VS402323: Work item type ${call.params.type} does not exist in project ${call.params.project} or you do not have permission to access it.`,
  );
}

function listTypes(call: Call, world: World) {
  const base = baseOf(call, world);
  const project = requireProject(call, world);
  return list(typesOf(project).map((type) => typeShape(base, project, type)));
}

function getType(call: Call, world: World) {
  return { body: typeShape(baseOf(call, world), requireProject(call, world), requireType(call, world)) };
}

function listStates(call: Call, world: World) {
  return list(requireType(call, world).states);
}

function listTypeFields(call: Call, world: World) {
  const base = baseOf(call, world);
  const showsValues = ["allowedvalues", "all"].includes((call.query("$expand") ?? "none").toLowerCase());
  return list(
    fieldsOf(requireProject(call, world), requireType(call, world)).map((field) => ({
      helpText: field.name,
      alwaysRequired: field.isRequired,
      ...(showsValues ? { defaultValue: field.defaultValue ?? null, allowedValues: field.allowedValues ?? [] } : {}),
      referenceName: field.referenceName,
      name: field.name,
      url: `${base}/_apis/wit/fields/${field.referenceName}`,
    })),
  );
}

function fieldShape(call: Call, world: World, referenceName: string) {
  const field = workItemFields[referenceName];
  return {
    name: field?.name,
    referenceName,
    description: "",
    type: field?.type,
    usage: "workItem",
    readOnly: field?.readOnly ?? false,
    canSortBy: true,
    isQueryable: true,
    supportedOperations: [{ referenceName: "SupportedOperations.Equals", name: "=" }],
    isIdentity: /By$|AssignedTo$/.test(referenceName),
    isPicklist: false,
    isPicklistSuggested: false,
    isDeleted: false,
    url: `${organizationUrl(world, call.organization)}/_apis/wit/fields/${referenceName}`,
  };
}

function listFields(call: Call, world: World) {
  return list(Object.keys(workItemFields).map((name) => fieldShape(call, world, name)));
}

function getField(call: Call, world: World) {
  const wanted = (call.params.field ?? "").toLowerCase();
  const name = Object.keys(workItemFields).find(
    (one) => one.toLowerCase() === wanted || workItemFields[one]?.name.toLowerCase() === wanted,
  );
  if (!name)
    throw workItemRefusal(404, "InvalidFieldReferenceException", `TF51535: Cannot find field ${call.params.field}.`);
  return { body: fieldShape(call, world, name) };
}

const relationTypes = [
  ["System.LinkTypes.Hierarchy-Forward", "Child", "workItemLink"],
  ["System.LinkTypes.Hierarchy-Reverse", "Parent", "workItemLink"],
  ["System.LinkTypes.Related", "Related", "workItemLink"],
  ["System.LinkTypes.Duplicate-Forward", "Duplicate", "workItemLink"],
  ["System.LinkTypes.Duplicate-Reverse", "Duplicate Of", "workItemLink"],
  ["AttachedFile", "Attached File", "resourceLink"],
  ["Hyperlink", "Hyperlink", "resourceLink"],
  ["ArtifactLink", "Artifact Link", "resourceLink"],
] as const;

function relationShape(call: Call, world: World, [referenceName, name, usage]: (typeof relationTypes)[number]) {
  return {
    attributes: { usage, editable: false, enabled: true },
    referenceName,
    name,
    url: `${organizationUrl(world, call.organization)}/_apis/wit/workItemRelationTypes/${referenceName}`,
  };
}

function listRelationTypes(call: Call, world: World) {
  return list(relationTypes.map((type) => relationShape(call, world, type)));
}

function getRelationType(call: Call, world: World) {
  const type = relationTypes.find(([name]) => name.toLowerCase() === (call.params.relation ?? "").toLowerCase());
  if (!type)
    throw workItemRefusal(
      404,
      "WorkItemLinkTypeNotFoundException",
      `TF201035: There is no relation type ${call.params.relation}.`,
    );
  return { body: relationShape(call, world, type) };
}

function listTags(call: Call, world: World) {
  const project = requireProject(call, world);
  const names = call.organization.workItems
    .filter((item) => item.projectId === project.id && !item.isDeleted)
    .flatMap((item) => plain(item.fields["System.Tags"]).split(";"))
    .map((name) => name.trim())
    .filter(Boolean);
  const base = `${organizationUrl(world, call.organization)}/${project.id}/_apis/wit/tags`;
  return list([...new Set(names)].sort().map((name) => ({ id: tagId(name), name, url: `${base}/${tagId(name)}` })));
}

function tagId(name: string): string {
  const hash = createHash("sha256").update(name.toLowerCase()).digest("hex");
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join("-");
}

const inProject = "/{organization}/{project}/_apis/wit";
const anywhere = "/{organization}/{project?}/_apis/wit";

export const routes: readonly Route[] = [
  { method: "GET", path: `${inProject}/workItemTypes`, scopes: ["work"], handle: listTypes },
  { method: "GET", path: `${inProject}/workItemTypes/{type}`, scopes: ["work"], handle: getType },
  { method: "GET", path: `${inProject}/workItemTypes/{type}/states`, scopes: ["work"], handle: listStates },
  { method: "GET", path: `${inProject}/workItemTypes/{type}/fields`, scopes: ["work"], handle: listTypeFields },
  { method: "GET", path: `${inProject}/tags`, scopes: ["work"], handle: listTags },
  { method: "GET", path: `${anywhere}/fields`, scopes: ["work"], handle: listFields },
  { method: "GET", path: `${anywhere}/fields/{field}`, scopes: ["work"], handle: getField },
  {
    method: "GET",
    path: "/{organization}/_apis/wit/workItemRelationTypes",
    scopes: ["work"],
    handle: listRelationTypes,
  },
  {
    method: "GET",
    path: "/{organization}/_apis/wit/workItemRelationTypes/{relation}",
    scopes: ["work"],
    handle: getRelationType,
  },
];
