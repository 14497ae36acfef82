/** What a project's process offers, and whether work items as they are wanted would be taken. Nothing is made. */
import { refusalOfWorkItem } from "#azure-devops/work-items.ts";
import type { InstanceId, ProjectId } from "#model/ids.ts";
import type { WorkItemSettings } from "#model/work-item.ts";
import { listProjects } from "#store/instances/projects.ts";
import type { App } from "../app.ts";
import { openOrganization } from "../instances/open-organization.ts";
import { fitWorkItem } from "./fit-work-item.ts";
import { openProcess, type Process, typeForDefects } from "./open-process.ts";

export interface OfferedProcess {
  readonly types: Awaited<ReturnType<Process["types"]>>;
  /** What is taken if the settings name none. */
  readonly defaultType: string | undefined;
  /** Of the type that was asked about, or the default. */
  readonly states: Awaited<ReturnType<Process["states"]>>;
  readonly fields: Awaited<ReturnType<Process["fields"]>>;
  readonly areas: readonly string[];
  readonly iterations: readonly string[];
}

/** Undefined: the instance has no such project. */
export async function readOfferedProcess(
  app: App,
  of: { readonly instanceId: InstanceId; readonly projectId: ProjectId; readonly type?: string | undefined },
): Promise<OfferedProcess | undefined> {
  const opened = await open(app, of);
  if (!opened) return undefined;
  const { process } = opened;
  const types = await process.types();
  const defaultType = typeForDefects(types)?.name;
  const known = types.find(({ name }) => name === of.type)?.name ?? defaultType;
  const states = known === undefined ? [] : await process.states(known);
  const fields = known === undefined ? [] : await process.fields(known);
  return { types, defaultType, states, fields, ...(await process.places()) };
}

/** In words; empty: work items can be made. Undefined: the instance has no such project. */
export async function checkWorkItemSettings(
  app: App,
  of: { readonly instanceId: InstanceId; readonly projectId: ProjectId },
  settings: WorkItemSettings,
): Promise<readonly string[] | undefined> {
  const opened = await open(app, of);
  if (!opened) return undefined;
  const words = { title: "A trial of Sallyport", description: "<p>A trial</p>", tags: ["Sallyport"], links: [] };
  const fitted = await fitWorkItem(opened.process, settings, { ...words, severity: "high" });
  if (fitted.is === "problems") return fitted.problems;
  const refusal = await refusalOfWorkItem(opened.client, of.projectId, fitted.draft);
  return refusal === undefined ? [] : [`Azure DevOps would not take it: ${refusal}`];
}

async function open(
  app: App,
  { instanceId, projectId }: { readonly instanceId: InstanceId; readonly projectId: ProjectId },
) {
  const project = (await listProjects(app.db, instanceId)).find(({ id }) => id === projectId);
  if (!project) return undefined;
  const client = await openOrganization(app, project.organizationId, "person");
  return { client, process: openProcess(client, projectId) };
}
