/** What the audit log says that a run used: deployments to environments, and connections where the log names the run. */
import type { AuditEventFact } from "#model/posture/organization-settings.ts";
import { eventEvidence } from "../facts/audit-event-resource.ts";
import { textOf } from "../facts/audit-guards.ts";
import type { ResourceUse } from "../pipelines/judged-pipeline.ts";
import type { GivenRun } from "./run-rule.ts";

export function auditedUses(given: GivenRun): readonly ResourceUse[] {
  const { auditEvents } = given.organization;
  if (auditEvents.is === "unknown") return [];
  return auditEvents.value.flatMap((event) => (isOfRun(event, given) ? (useOf(event) ?? []) : []));
}

function useOf(event: AuditEventFact): ResourceUse | undefined {
  const shared = { certainty: "run" as const, evidence: eventEvidence(event) };
  if (event.action === "Pipelines.DeploymentJobCompleted") {
    const name = textOf(event.data, "EnvironmentName");
    return name === undefined ? undefined : { kind: "environment", name, isDeployment: true, ...shared };
  }
  if (event.action !== "Library.ServiceConnectionExecuted") return undefined;
  const name = textOf(event.data, "ConnectionName");
  const id = textOf(event.data, "ConnectionId");
  return name === undefined ? undefined : { kind: "connection", name, ...(id !== undefined && { id }), ...shared };
}

/** By the number of the run, or by its name and that of its pipeline: names alone are those of many runs. */
function isOfRun({ projectId, data }: AuditEventFact, { run, projectId: own, definition }: GivenRun): boolean {
  if (projectId !== undefined && projectId !== own) return false;
  const id = textOf(data, "RunId", "BuildId");
  if (id !== undefined) return id === `${run.id}`;
  const pipelineId = textOf(data, "PipelineId");
  const isPipeline =
    pipelineId === undefined ? textOf(data, "PipelineName") === definition?.name : pipelineId === `${run.definitionId}`;
  return isPipeline && textOf(data, "RunName") === run.number;
}
