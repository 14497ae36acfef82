/** Pipelines that were made for one run. */
import type { AuditEventFact } from "#model/posture/organization-settings.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import {
  hour,
  isLifeOf,
  isValuable,
  isWithin,
  type PipelineLife,
  pipelineLives,
  sayEvent,
} from "../../facts/short-lived-pipelines.ts";
import { exampleProjectId } from "../../posture-example.ts";
import { fail, notEvaluated, pass } from "../../posture-rule.ts";
import { type GivenRun, onRun, type RunRule } from "../run-rule.ts";

const event = (action: string, at: string, change: Partial<AuditEventFact> = {}): AuditEventFact => ({
  id: `${action} ${at}`,
  action: `Pipelines.${action}`,
  at: `2026-03-01T${at}:00Z`,
  actor: { id: "mallory", name: "Mallory" },
  projectId: exampleProjectId,
  details: "",
  data: { PipelineId: 7, PipelineName: "tmp" },
  ...change,
});
const made = event("PipelineCreated", "10:50");
const authorized = event("ResourceAuthorizedForPipeline", "10:55", {
  data: { PipelineId: 7, ResourceType: "endpoint", ResourceId: "c1" },
});
const other = { actor: { id: "ada", name: "Ada" } };

export const rules: readonly RunRule[] = [
  onRun({
    id: "cicd/run-of-short-lived-pipeline",
    aliases: ["ado-run-shortlived-definition"],
    title: "A pipeline was made, run and deleted within an hour",
    severity: "high",
    risks: ["CICD-SEC-4"],
    why: "Tools that gather secrets work like this: a pipeline that lists all groups and connections, one run that prints them, and no trace.",
    abuse:
      "With a stolen session somebody makes a pipeline of a branch of their own, authorises what it asks for, reads the log, and deletes both.",
    fix: "Act as if credentials were stolen: revoke the person's sessions and tokens, change every secret that the run could read (the audit log names the resources), and look for their other runs.",
    links: ["https://learn.microsoft.com/azure/devops/organizations/audit/auditing-events"],
    judge: shortLivedAnswer,
    examples: {
      bad: [
        { organization: { auditEvents: [made, event("PipelineDeleted", "11:20")] } },
        { organization: { auditEvents: [made, authorized, event("PipelineDeleted", "11:20")] } },
        { organization: { auditEvents: [made] }, run: { isDeleted: true } },
        { organization: { auditEvents: [made, authorized] } },
      ],
      good: [
        { organization: { auditEvents: [] } },
        { organization: { auditEvents: [event("PipelineCreated", "09:00"), event("PipelineDeleted", "11:20")] } },
        {
          organization: { auditEvents: [event("PipelineCreated", "10:50"), event("PipelineDeleted", "11:20", other)] },
        },
        { organization: { auditEvents: [made, authorized] }, earlier: [{}] },
      ],
    },
  }),
];

function shortLivedAnswer({ run, projectId, organization, definition, earlier }: GivenRun): PostureAnswer {
  const { auditEvents } = organization;
  if (auditEvents.is === "unknown") return notEvaluated(`The audit log is not known: ${auditEvents.reason}`);
  const pipeline = { projectId, id: run.definitionId, ...(definition && { name: definition.name }) };
  const life = pipelineLives(auditEvents.value).find(
    (one) => isLifeOf(one, pipeline) && isWithin(one.created.at, run.queuedAt, hour),
  );
  if (!life) return pass;
  const { created, deleted, authorized: allowed } = life;
  const who = created.actor.name;
  if (deleted && Date.parse(deleted.at) >= Date.parse(run.queuedAt)) {
    return fail(
      "high",
      `${who} made the pipeline at ${clock(created.at)}, it ran at ${clock(run.queuedAt)}, and ${who} deleted it at ${clock(deleted.at)}`,
      {
        evidence: evidenceOf(life, run),
      },
    );
  }
  if (run.isDeleted) {
    return fail("high", `${who} made the pipeline within the hour before, and the run was deleted`, {
      evidence: evidenceOf(life, run),
    });
  }
  const valuable = allowed.filter(
    (one) => isValuable(one) && Date.parse(one.at) <= Date.parse(run.finishedAt ?? run.queuedAt),
  );
  if (valuable.length > 0 && earlier.is === "unknown")
    return notEvaluated(`Earlier runs of the pipeline are not known: ${earlier.reason}`);
  if (valuable.length > 0 && earlier.is === "known" && earlier.value.length === 0) {
    return fail(
      "medium",
      `${who} made the pipeline, authorised what it uses, and ran it, within ${minutes(created.at, run.queuedAt)} minutes`,
      {
        severityBecause: "new pipelines begin like this, too; this one has not been deleted",
        evidence: evidenceOf({ ...life, authorized: valuable }, run),
      },
    );
  }
  return Date.parse(auditEvents.at) - Date.parse(created.at) >= hour
    ? pass
    : notEvaluated("The pipeline is new; whether it is deleted within its first hour is not known yet.");
}

function evidenceOf(
  { created, authorized: allowed, deleted }: PipelineLife,
  { id, url, queuedAt, isDeleted }: GivenRun["run"],
) {
  const run = `build ${id}: queueTime = ${queuedAt}${isDeleted ? ", deleted = true" : ""}`;
  const events = [created, ...allowed.slice(0, 10), ...(deleted ? [deleted] : [])];
  return [{ what: run, url }, ...events.map((one) => ({ what: sayEvent(one), at: one.at }))];
}

function clock(at: string): string {
  return at.slice(11, 16);
}

function minutes(from: string, to: string): number {
  return Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
}
