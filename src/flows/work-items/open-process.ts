/** The process of one project, read as far as it is asked about, and each part once. */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import {
  isDoneCategory,
  listAreasAndIterations,
  listWorkItemFields,
  listWorkItemStates,
  listWorkItemTypes,
  type WorkItemType,
  type WorkItemTypeField,
  type WorkItemTypeState,
} from "#azure-devops/work-item-types.ts";
import type { ProjectId } from "#model/ids.ts";

export interface Process {
  types(): Promise<readonly WorkItemType[]>;
  states(type: string): Promise<readonly WorkItemTypeState[]>;
  fields(type: string): Promise<readonly WorkItemTypeField[]>;
  places(): ReturnType<typeof listAreasAndIterations>;
}

export function openProcess(client: OrganizationClient, projectId: ProjectId): Process {
  const read = new Map<string, Promise<unknown>>();
  const once = <T>(name: string, ask: () => Promise<T>): Promise<T> => {
    const known = (read.get(name) as Promise<T> | undefined) ?? ask();
    read.set(name, known);
    return known;
  };
  return {
    types: () => once("types", () => listWorkItemTypes(client, projectId)),
    states: (type) => once(`states ${type}`, () => listWorkItemStates(client, projectId, type)),
    fields: (type) => once(`fields ${type}`, () => listWorkItemFields(client, projectId, type)),
    places: () => once("places", () => listAreasAndIterations(client, projectId)),
  };
}

/** What processes have for defects, from the best to what must do: Agile, Scrum and CMMI know bugs, Basic knows issues. */
const defects = ["Bug", "Issue", "Product Backlog Item", "User Story", "Requirement", "Task"];

/** An inherited process keeps the reference names of what it inherits, whatever it calls the type. */
export function typeForDefects(types: readonly WorkItemType[]): WorkItemType | undefined {
  for (const wanted of defects) {
    const reference = `Microsoft.VSTS.WorkItemTypes.${wanted.replaceAll(" ", "")}`;
    const found = types.find(({ name, referenceName }) => name === wanted || referenceName === reference);
    if (found) return found;
  }
  return undefined;
}

export function isDone(states: readonly WorkItemTypeState[], state: string): boolean {
  return isDoneCategory(states.find(({ name }) => name === state)?.category);
}

/** The state that means "done", or "taken up again"; in words why there is none. */
export function stateFor(
  states: readonly WorkItemTypeState[],
  is: "closed" | "reopened",
  wanted: string | undefined,
): { readonly name: string } | { readonly problem: string } {
  const names = states.map(({ name }) => `"${name}"`).join(", ");
  if (wanted !== undefined) {
    const found = states.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
    return found ?? { problem: `The settings name the state "${wanted}", and this type has only ${names}.` };
  }
  const categories = is === "closed" ? (["Completed"] as const) : (["InProgress", "Proposed"] as const);
  const found = categories.flatMap((category) => states.find((state) => state.category === category) ?? [])[0];
  return found ?? { problem: `None of the states ${names} means that work is ${is}; name one in the settings.` };
}
