/** What a project's process knows: types of work items, their states and fields, areas and iterations. */
import type { ProjectId } from "#model/ids.ts";
import { type OrganizationClient, path } from "./organization-client.ts";
import { inner, isWire, optionalText, requiredText, type Wire, wireList } from "./read-wire.ts";

export interface WorkItemType {
  readonly name: string;
  readonly referenceName: string;
}

/** As the process sorts its states, whatever they are called. */
export type StateCategory = "Proposed" | "InProgress" | "Resolved" | "Completed" | "Removed";

export interface WorkItemTypeState {
  readonly name: string;
  readonly category: StateCategory | undefined;
}

export interface WorkItemTypeField {
  readonly referenceName: string;
  readonly name: string;
  readonly isRequired: boolean;
  /** Empty: anything goes. */
  readonly allowedValues: readonly string[];
  readonly hasDefault: boolean;
}

/** Without those that are switched off. */
export async function listWorkItemTypes(
  client: OrganizationClient,
  projectId: ProjectId,
): Promise<readonly WorkItemType[]> {
  const { body } = await client.request({ path: path`/${projectId}/_apis/wit/workitemtypes` });
  const where = "the types of work items";
  return wireList(body, where)
    .filter(({ isDisabled }) => isDisabled !== true)
    .map((wire) => {
      const name = requiredText(wire, "name", where);
      return { name, referenceName: optionalText(wire, "referenceName") ?? name };
    });
}

const categories: readonly string[] = ["Proposed", "InProgress", "Resolved", "Completed", "Removed"];

export async function listWorkItemStates(
  client: OrganizationClient,
  projectId: ProjectId,
  type: string,
): Promise<readonly WorkItemTypeState[]> {
  const { body } = await client.request({ path: path`/${projectId}/_apis/wit/workitemtypes/${type}/states` });
  return wireList(body, "states of a type").map((wire) => {
    const category = optionalText(wire, "category");
    const known = category !== undefined && categories.includes(category) ? (category as StateCategory) : undefined;
    return { name: requiredText(wire, "name", "states of a type"), category: known };
  });
}

export async function listWorkItemFields(
  client: OrganizationClient,
  projectId: ProjectId,
  type: string,
): Promise<readonly WorkItemTypeField[]> {
  const { body } = await client.request({
    path: path`/${projectId}/_apis/wit/workitemtypes/${type}/fields`,
    query: { $expand: "all" },
  });
  return wireList(body, "fields of a type").map((wire) => {
    const referenceName = requiredText(wire, "referenceName", "fields of a type");
    const values = Array.isArray(wire.allowedValues) ? wire.allowedValues : [];
    const { defaultValue } = wire;
    return {
      referenceName,
      name: optionalText(wire, "name") ?? referenceName,
      isRequired: wire.alwaysRequired === true,
      allowedValues: values.flatMap(valueText),
      hasDefault: defaultValue !== undefined && defaultValue !== null && defaultValue !== "",
    };
  });
}

/** Allowed people come as identities. */
function valueText(value: unknown): readonly string[] {
  if (isWire(value))
    return [optionalText(value, "uniqueName") ?? optionalText(value, "displayName") ?? ""].filter(Boolean);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? [String(value)] : [];
}

/** Paths as fields hold them: `Payments\Team A`. The first is the root. */
export async function listAreasAndIterations(
  client: OrganizationClient,
  projectId: ProjectId,
): Promise<{ readonly areas: readonly string[]; readonly iterations: readonly string[] }> {
  const { body } = await client.request({
    path: path`/${projectId}/_apis/wit/classificationnodes`,
    query: { $depth: deepestNode },
  });
  const roots = wireList(body, "areas and iterations");
  const of = (structureType: string) =>
    roots.filter((root) => root.structureType === structureType).flatMap((root) => pathsUnder(root, "", 0));
  return { areas: of("area"), iterations: of("iteration") };
}

/** Azure DevOps allows 14. */
const deepestNode = 14;

function pathsUnder(node: Wire, above: string, depth: number): readonly string[] {
  const name = requiredText(node, "name", "an area or iteration");
  const own = above === "" ? name : `${above}\\${name}`;
  const children = Array.isArray(node.children) && depth < deepestNode ? node.children.filter(isWire) : [];
  return [own, ...children.flatMap((child) => pathsUnder(child, own, depth + 1))];
}

/** Whether a state means that the work is done, or will not be. */
export function isDoneCategory(category: StateCategory | undefined): boolean {
  return category === "Completed" || category === "Removed";
}

export function fieldText(fields: Wire, name: string): string | undefined {
  return optionalText(fields, name) ?? optionalText(inner(fields, name), "displayName");
}
