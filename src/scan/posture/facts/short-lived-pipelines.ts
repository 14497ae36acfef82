/**
 * Pipelines that were made, run and taken away within an hour by the same person: how tools that gather secrets work. The
 * audit log tells it; the number of a pipeline, or its name, joins the events.
 */
import type { AuditEventFact } from "#model/posture/organization-settings.ts";

export const hour = 60 * 60 * 1000;

export interface PipelineLife {
  readonly created: AuditEventFact;
  readonly authorized: readonly AuditEventFact[];
  /** By whoever created it. */
  readonly deleted?: AuditEventFact;
}

/** Of each pipeline that was created in the time that the log covers. */
export function pipelineLives(events: readonly AuditEventFact[]): readonly PipelineLife[] {
  const about = new Map<string, AuditEventFact[]>();
  for (const event of events) {
    if (event.action !== authorizing && event.action !== deleting) continue;
    for (const key of keysOf(event)) {
      const list = about.get(key);
      if (list && list.length >= most) continue;
      if (list) list.push(event);
      else about.set(key, [event]);
    }
  }
  return events
    .filter(({ action }) => action === creating)
    .slice(-most)
    .map((created) => {
      const own = [...new Set(keysOf(created).flatMap((key) => about.get(key) ?? []))].filter(
        ({ at, actor }) => isSameActor(actor, created.actor) && isWithin(created.at, at, hour),
      );
      const deleted = own.find(({ action }) => action === deleting);
      const authorized = own.filter(({ action }) => action === authorizing);
      return { created, authorized, ...(deleted && { deleted }) };
    });
}

/** Of pipelines, and of events about pipelines of the same name: the newest, in a log that is longer than any day's. */
const most = 2000;

const creating = "Pipelines.PipelineCreated";
const deleting = "Pipelines.PipelineDeleted";
const authorizing = "Pipelines.ResourceAuthorizedForPipeline";

/** By number and by name: not every event has both. */
function keysOf({ projectId, data }: AuditEventFact): readonly string[] {
  const id = idOf(data);
  const name = nameOfPipeline(data);
  const project = (projectId ?? String(data.ProjectId ?? "")).toLowerCase();
  return [
    ...(id === undefined ? [] : [`${project} #${id}`]),
    ...(name === undefined ? [] : [`${project} ${name.toLowerCase()}`]),
  ];
}

export function isLifeOf(
  { created }: PipelineLife,
  pipeline: { readonly projectId: string; readonly id: number; readonly name?: string },
): boolean {
  const project = created.projectId ?? created.data.ProjectId;
  if (project !== undefined && String(project).toLowerCase() !== pipeline.projectId.toLowerCase()) return false;
  const id = idOf(created.data);
  if (id !== undefined) return id === `${pipeline.id}`;
  return pipeline.name !== undefined && nameOfPipeline(created.data)?.toLowerCase() === pipeline.name.toLowerCase();
}

function idOf(data: AuditEventFact["data"]): string | undefined {
  const id = data.PipelineId ?? data.DefinitionId;
  return id === undefined || id === "" ? undefined : String(id);
}

export function nameOfPipeline(data: AuditEventFact["data"]): string | undefined {
  const name = data.PipelineName;
  return name === undefined || name === "" ? undefined : String(name);
}

/** From `start` on, for so long. */
export function isWithin(start: string, at: string, length: number): boolean {
  const passed = Date.parse(at) - Date.parse(start);
  return passed >= 0 && passed <= length;
}

export function isSameActor(a: AuditEventFact["actor"], b: AuditEventFact["actor"]): boolean {
  return a.id !== "" && b.id !== "" ? a.id.toLowerCase() === b.id.toLowerCase() : a.name === b.name;
}

/** What a pipeline is allowed to use that is worth stealing: connections, groups and files, not agents. */
export function isValuable({ data }: AuditEventFact): boolean {
  return /endpoint|connection|variablegroup|securefile/i.test(String(data.ResourceType ?? ""));
}

export function sayEvent({ id, action, at, actor }: AuditEventFact): string {
  return `audit log ${id}: ${action} by ${actor.name} at ${at}`;
}
