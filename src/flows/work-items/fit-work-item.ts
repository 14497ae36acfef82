/** Makes of a wish what the project's process takes, or says in words what is missing and where to give it. */
import type { WorkItemTypeField } from "#azure-devops/work-item-types.ts";
import type { WorkItemDraft } from "#azure-devops/work-items.ts";
import type { Severity } from "#model/severity.ts";
import type { FieldValue, WorkItemSettings } from "#model/work-item.ts";
import { type Process, stateFor, typeForDefects } from "./open-process.ts";

export interface WorkItemWords {
  readonly title: string;
  /** HTML. */
  readonly description: string;
  readonly tags: readonly string[];
  /** Of the worst issue. */
  readonly severity: Severity;
  readonly links: WorkItemDraft["links"];
}

export type Fitted =
  | { readonly is: "fits"; readonly draft: WorkItemDraft }
  | { readonly is: "problems"; readonly problems: readonly string[] };

const reproSteps = "Microsoft.VSTS.TCM.ReproSteps";
/** What is set by the service, or by us for every type. */
const given: readonly string[] = [
  "System.Title",
  "System.State",
  "System.Reason",
  "System.AreaPath",
  "System.AreaId",
  "System.IterationPath",
  "System.IterationId",
  "System.WorkItemType",
  "System.TeamProject",
];

const priorities: Readonly<Record<Severity, string>> = { critical: "1", high: "2", medium: "3", low: "4" };
const severityWords: Readonly<Record<Severity, string>> = {
  critical: "1 - Critical",
  high: "2 - High",
  medium: "3 - Medium",
  low: "4 - Low",
};

export async function fitWorkItem(process: Process, settings: WorkItemSettings, words: WorkItemWords): Promise<Fitted> {
  const types = await process.types();
  const names = types.map(({ name }) => `"${name}"`).join(", ");
  const wanted = settings.type?.toLowerCase();
  const type = wanted === undefined ? typeForDefects(types) : types.find(({ name }) => name.toLowerCase() === wanted);
  if (!type) {
    const problem =
      wanted === undefined
        ? `The project has no type of work item for defects; choose one of ${names} in the settings.`
        : `The project has no work items of type "${settings.type}"; it has ${names}.`;
    return { is: "problems", problems: [problem] };
  }
  const known = await process.fields(type.name);
  const fields = fieldsFor(known, settings, words);
  const problems = [
    ...(await placeProblems(process, settings)),
    ...(await stateProblems(process, settings, type.name)),
    ...fieldProblems(type.name, known, fields),
  ];
  if (problems.length > 0) return { is: "problems", problems };
  const { title, links } = words;
  return { is: "fits", draft: { type: type.name, title, fields: Object.fromEntries(fields), links } };
}

function fieldsFor(
  known: readonly WorkItemTypeField[],
  settings: WorkItemSettings,
  { description, tags, severity }: WorkItemWords,
): ReadonlyMap<string, FieldValue> {
  const takes = (name: string, value: string) =>
    known.some(({ referenceName, allowedValues }) => {
      return referenceName === name && (allowedValues.length === 0 || allowedValues.includes(value));
    });
  const chosen = { "Microsoft.VSTS.Common.Priority": priorities, "Microsoft.VSTS.Common.Severity": severityWords };
  const own = Object.entries(chosen).flatMap(([name, values]): [string, FieldValue][] => {
    const value = values[severity];
    return takes(name, value) ? [[name, name.endsWith("Priority") ? Number(value) : value]] : [];
  });
  const text = known.some(({ referenceName }) => referenceName === reproSteps) ? reproSteps : "System.Description";
  const { area, iteration, assignedTo } = settings;
  return new Map<string, FieldValue>([
    ...own,
    [text, description],
    ["System.Tags", tags.join("; ")],
    ...(area === undefined ? [] : ([["System.AreaPath", area]] as const)),
    ...(iteration === undefined ? [] : ([["System.IterationPath", iteration]] as const)),
    ...(assignedTo === undefined ? [] : ([["System.AssignedTo", assignedTo]] as const)),
    ...Object.entries(settings.fields),
    ...Object.entries(settings.severities[severity] ?? {}),
  ]);
}

function fieldProblems(
  type: string,
  known: readonly WorkItemTypeField[],
  fields: ReadonlyMap<string, FieldValue>,
): readonly string[] {
  const byName = new Map(known.map((field) => [field.referenceName, field]));
  const unknown = [...fields.keys()]
    .filter((name) => !byName.has(name) && name.includes(".") && !name.startsWith("System."))
    .map((name) => `The type "${type}" has no field ${name}; take it out of the settings.`);
  const wrong = [...fields].flatMap(([name, value]) => {
    const field = byName.get(name);
    const isFree = !field || field.allowedValues.length === 0 || field.allowedValues.includes(String(value));
    return isFree || given.includes(name) || name === "System.AssignedTo"
      ? []
      : [`The field "${field.name}" (${name}) does not take "${value}"; it takes ${listed(field.allowedValues)}.`];
  });
  const missing = known
    .filter(({ referenceName, isRequired, hasDefault }) => {
      return isRequired && !hasDefault && !fields.has(referenceName) && !given.includes(referenceName);
    })
    .map(({ referenceName, name, allowedValues }) => {
      const values = allowedValues.length > 0 ? `, one of ${listed(allowedValues)}` : "";
      return `The type "${type}" requires the field "${name}" (${referenceName}): give it a value in the settings${values}.`;
    });
  return [...unknown, ...wrong, ...missing];
}

function listed(values: readonly string[]): string {
  const rest = values.length > 20 ? ` and ${values.length - 20} more` : "";
  return `${values
    .slice(0, 20)
    .map((value) => `"${value}"`)
    .join(", ")}${rest}`;
}

async function placeProblems(process: Process, { area, iteration }: WorkItemSettings): Promise<readonly string[]> {
  if (area === undefined && iteration === undefined) return [];
  const { areas, iterations } = await process.places();
  const isThere = (path: string, all: readonly string[]) => all.some((one) => one.toLowerCase() === path.toLowerCase());
  return [
    ...(area !== undefined && !isThere(area, areas) ? [`The project has no area "${area}".`] : []),
    ...(iteration !== undefined && !isThere(iteration, iterations)
      ? [`The project has no iteration "${iteration}".`]
      : []),
  ];
}

async function stateProblems(
  process: Process,
  { closedState, reopenedState }: WorkItemSettings,
  type: string,
): Promise<readonly string[]> {
  const states = await process.states(type);
  return [stateFor(states, "closed", closedState), stateFor(states, "reopened", reopenedState)].flatMap((found) =>
    "problem" in found ? [found.problem] : [],
  );
}
