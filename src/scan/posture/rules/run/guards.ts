/** What the audit log tells about protections that somebody took away, and what they did next. */

import type { AuditEventFact } from "#model/posture/organization-settings.ts";
import type { RunFact } from "#model/posture/pipeline-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import { type Acts, actsOf } from "../../facts/acts-of.ts";
import { eventEvidence, eventResource } from "../../facts/audit-event-resource.ts";
import { isOwnGate, type Weakening, weakeningOf } from "../../facts/audit-guards.ts";
import { milder, worse } from "../../facts/severity-steps.ts";
import { hour } from "../../facts/short-lived-pipelines.ts";
import type { PostureContext } from "../../posture-context.ts";
import { exampleProjectId } from "../../posture-example.ts";
import { fail, onOrganization, organizationResource, type PostureRule, pass } from "../../posture-rule.ts";

const event = (
  action: string,
  data: AuditEventFact["data"] = {},
  change: Partial<AuditEventFact> = {},
): AuditEventFact => ({
  id: action,
  action,
  at: "2026-03-01T09:00:00Z",
  actor: { id: "mallory", name: "Mallory" },
  projectId: exampleProjectId,
  details: "",
  data,
  ...change,
});
const push: RunFact = {
  id: 100,
  definitionId: 7,
  number: "1",
  url: "https://dev.azure.com/contoso/Payments/_build/results?buildId=100",
  reason: "individualCI",
  result: "succeeded",
  branch: "refs/heads/main",
  queuedAt: "2026-03-01T10:00:00Z",
  requestedFor: { id: "mallory", name: "Mallory" },
  given: [],
};

export const rules: readonly PostureRule[] = [
  onOrganization({
    id: "cicd/audit-guard-weakened",
    aliases: ["ado-audit-guard-weakened"],
    category: "run",
    title: "Somebody took a protection away",
    severity: "high",
    risks: ["CICD-SEC-10"],
    why: "Who wants to get past a protection switches it off, does what it would have stopped, and switches it on again; later everything looks right.",
    abuse:
      "Somebody with the rights of an administrator removes a branch policy, merges their change, and puts the policy back an hour later.",
    fix: "Ask who did it and what for; look at what the same person merged and ran in the next 24 hours; put the protection back. Let such changes need a ticket.",
    links: ["https://learn.microsoft.com/azure/devops/organizations/audit/auditing-events"],
    needs: ["auditEvents"],
    checkOrganization({ auditEvents, organization }, context) {
      const acts = actsOf(auditEvents, organization);
      const found = auditEvents.flatMap((one) => {
        const weakening = weakeningOf(one);
        if (!weakening || isOwnGate(one, context.ownAccountId)) return [];
        const answer = weakened(one, weakening, acts, context);
        return [{ resource: eventResource(one, organization), answer }];
      });
      return found.length > 0 ? found : [{ resource: organizationResource(organization), answer: pass }];
    },
    examples: {
      bad: [
        { organization: { auditEvents: [event("Policy.PolicyConfigRemoved")] }, project: { runs: [push] } },
        { organization: { auditEvents: [event("CheckConfiguration.Deleted", { Type: "Approval" })] } },
        { organization: { auditEvents: [event("Git.RefUpdatePoliciesBypassed", { FriendlyName: "main" })] } },
        { organization: { auditEvents: [event("AuditLog.StreamDisabledByUser")] } },
        {
          organization: { auditEvents: [event("Project.UpdateVisibilityCompleted", { ProjectVisibility: "Public" })] },
        },
        {
          organization: {
            auditEvents: [
              event("Security.ModifyPermission", { ChangedPermission: "Force push", PermissionModifiedTo: "Allow" }),
            ],
          },
        },
        {
          organization: {
            auditEvents: [
              event("OrganizationPolicy.PolicyValueUpdated", {
                PolicyName: "Policy.AllowAnonymousAccess",
                PolicyValue: "true",
              }),
            ],
          },
        },
        {
          organization: {
            auditEvents: [event("Pipelines.PipelineRetentionSettingChanged", { OldValue: 30, NewValue: 1 })],
          },
        },
      ],
      good: [
        { organization: { auditEvents: [event("Policy.PolicyConfigCreated"), event("Git.RepositoryCreated")] } },
        {
          organization: { auditEvents: [event("Project.UpdateVisibilityCompleted", { ProjectVisibility: "Private" })] },
        },
        {
          organization: {
            auditEvents: [
              event("OrganizationPolicy.PolicyValueUpdated", {
                PolicyName: "Policy.AllowAnonymousAccess",
                PolicyValue: "false",
              }),
              event("Security.ModifyPermission", { ChangedPermission: "Force push", PermissionModifiedTo: "Deny" }),
              event("Security.ModifyPermission", { ChangedPermission: "Read", PermissionModifiedTo: "Allow" }),
            ],
          },
        },
      ],
    },
  }),
];

const day = 24 * hour;

function weakened(one: AuditEventFact, weakening: Weakening, acts: Acts, { settings }: PostureContext): PostureAnswer {
  const { actor } = one;
  const next = weakening.isStep ? nextSteps(one, acts) : undefined;
  const isEmergency = settings.breakGlass.some((name) => name.toLowerCase() === actor.name.toLowerCase());
  const severity = next ? worse(weakening.severity) : weakening.severity;
  const because = next
    ? "the same person used it within 24 hours"
    : isEmergency
      ? `${actor.name} may do so in an emergency`
      : weakening.because;
  const says = `${actor.name} ${weakening.says.trim()}`;
  return fail(isEmergency && !next ? milder(severity) : severity, next ? `${says}, ${next.says}` : says, {
    ...(because !== undefined && { severityBecause: because }),
    evidence: [eventEvidence(one), ...(next?.evidence ?? [])],
  });
}

/** What the same person did in the day after: a run, policies bypassed, or the protection put back. */
function nextSteps(one: AuditEventFact, acts: Acts) {
  const run = acts.runAfter(one, day);
  const passed = acts.bypassAfter(one, day);
  const restored = acts.restoredAfter(one, day);
  if (!run && !passed && !restored) return undefined;
  const said = [
    ...(run ? [`ran pipeline ${run.definitionId} on ${run.branch} at ${run.queuedAt.slice(11, 16)}`] : []),
    ...(passed ? ["bypassed policies"] : []),
    ...(restored ? [`put a protection back at ${restored.at.slice(11, 16)}`] : []),
  ];
  const of = run && `build ${run.id}: requestedFor = ${run.requestedFor?.name}, queueTime = ${run.queuedAt}`;
  return {
    says: `then ${said.join(" and ")}`,
    evidence: [
      ...(run && of !== undefined ? [{ what: of, url: run.url }] : []),
      ...[passed, restored].flatMap((other) => (other ? [eventEvidence(other)] : [])),
    ],
  };
}
