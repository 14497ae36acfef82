/** What the audit log tells about rights that somebody got: memberships, tokens, extensions, shared connections, agents; and pipelines made to take. */

import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { AuditEventFact } from "#model/posture/organization-settings.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import type { Severity } from "#model/severity.ts";
import { exampleUser } from "../../example-facts.ts";
import { type Acts, actsOf } from "../../facts/acts-of.ts";
import { eventEvidence, eventResource, isOfSystem } from "../../facts/audit-event-resource.ts";
import { textOf } from "../../facts/audit-guards.ts";
import { isAdministrative } from "../../facts/broad-groups.ts";
import { administersIn } from "../../facts/humans-of.ts";
import { indexed } from "../../facts/indexed.ts";
import { membershipOf } from "../../facts/membership.ts";
import { nameOfPipeline, pipelineLives } from "../../facts/short-lived-pipelines.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, onOrganization, organizationResource, type PostureRule, pass } from "../../posture-rule.ts";
import { examplePeople, examplePool } from "../../resource-examples.ts";

const event = (
  action: string,
  data: AuditEventFact["data"] = {},
  change: Partial<AuditEventFact> = {},
): AuditEventFact => ({
  id: `${action} ${change.at ?? ""}`,
  action,
  at: "2026-03-01T09:00:00Z",
  actor: { id: "mallory", name: "Mallory" },
  details: "",
  data,
  address: "192.0.2.1",
  ...change,
});
const added = (GroupName: string, MemberDisplayName: string) =>
  event("Group.UpdateGroupMembership.Add", { GroupName, MemberDisplayName });
const usual = ["05", "06", "07"].map((hours) =>
  event("AuditLog.AccessLog", {}, { at: `2026-03-01T${hours}:00:00Z`, address: "198.51.100.7" }),
);
const administrator = examplePeople({ "Project Collection Administrators": [exampleUser("Mallory")] });
const pipeline = { PipelineId: 9, PipelineName: "tmp" };

export const rules: readonly PostureRule[] = [
  onOrganization({
    id: "cicd/audit-privilege-gained",
    aliases: ["ado-audit-privilege-gain", "ADOKit Sentinel rules"],
    category: "run",
    title: "Somebody got rights that last",
    severity: "high",
    risks: ["CICD-SEC-2"],
    why: "Whoever got in once makes sure to stay: as an administrator, with a token of their own, an extension, or a machine that runs jobs.",
    abuse:
      "With a stolen session somebody adds their account to a group of administrators, or makes a token, and comes back when the session is long over.",
    fix: "Ask the person, and whoever answers for the group, whether it was them. If not: take it back, revoke sessions and tokens, and look at what else they did.",
    links: ["https://learn.microsoft.com/azure/devops/organizations/audit/auditing-events"],
    needs: ["auditEvents"],
    checkOrganization({ auditEvents, organization }, context) {
      const acts = actsOf(auditEvents, organization);
      const found = auditEvents.flatMap((one) => {
        const gain = gainOf(one, acts, organization, context);
        if (!gain) return [];
        const { severity, says, because } = gain;
        const answer = fail(severity, `${one.actor.name} ${says}`, {
          ...(because !== undefined && { severityBecause: because }),
          evidence: [eventEvidence(one)],
        });
        return [{ resource: eventResource(one, organization), answer }];
      });
      return found.length > 0 ? found : [{ resource: organizationResource(organization), answer: pass }];
    },
    examples: {
      bad: [
        { organization: { auditEvents: [added("[contoso]\\Project Collection Administrators", "Eve")] } },
        {
          organization: {
            auditEvents: [
              event(
                "Group.UpdateGroupMembership.Add",
                {},
                { details: "Eve was added as a member of group [Payments]\\Build Administrators" },
              ),
            ],
          },
        },
        { organization: { auditEvents: [...usual, event("Token.PatCreateEvent", { DisplayName: "x" })] } },
        { organization: { auditEvents: [event("Token.SshCreateEvent", { DisplayName: "x" })], people: administrator } },
        {
          organization: {
            auditEvents: [event("Extension.Installed", { ExtensionName: "helper", PublisherName: "someone" })],
          },
        },
        { organization: { auditEvents: [event("Library.ServiceConnectionShared", { ConnectionName: "azure-prod" })] } },
        {
          organization: {
            auditEvents: [event("Library.AgentAdded", { AgentName: "vm", AgentPoolName: "build-machines" })],
          },
        },
      ],
      good: [
        { organization: { auditEvents: [added("[Payments]\\Contributors", "Eve")] } },
        {
          organization: {
            auditEvents: [...usual, event("Token.PatCreateEvent", { DisplayName: "x" }, { address: "198.51.100.7" })],
          },
        },
        {
          organization: {
            auditEvents: [event("Extension.Installed", { ExtensionName: "x", PublisherName: "Microsoft" })],
          },
        },
        {
          organization: {
            auditEvents: [event("Library.AgentAdded", { AgentName: "vm", AgentPoolName: "build-machines" })],
            pools: [examplePool({ elastic: { recycleAfterEachUse: true } })],
          },
        },
      ],
    },
  }),
  onOrganization({
    id: "cicd/audit-pipeline-made-and-deleted",
    aliases: [],
    category: "run",
    title: "Somebody made a pipeline and deleted it within an hour",
    severity: "high",
    risks: ["CICD-SEC-4"],
    why: "Tools that gather secrets make a pipeline, run it once and delete it; the audit log is what is left.",
    abuse:
      "With a stolen session somebody makes a pipeline of a branch of their own, authorises what it asks for, reads the log, and deletes both.",
    fix: "Ask the person. If it was not them, or they cannot say what for: revoke their sessions and tokens, and change every secret that the pipeline was allowed to use.",
    links: ["https://learn.microsoft.com/azure/devops/organizations/audit/auditing-events"],
    needs: ["auditEvents"],
    checkOrganization({ auditEvents, organization }) {
      const found = pipelineLives(auditEvents).flatMap(({ created, authorized, deleted }) => {
        if (!deleted) return [];
        const resource = eventResource(created, organization);
        return [{ resource, answer: madeAndDeleted(created, authorized, deleted) }];
      });
      return found.length > 0 ? found : [{ resource: organizationResource(organization), answer: pass }];
    },
    examples: {
      bad: [
        {
          organization: {
            auditEvents: [
              event("Pipelines.PipelineCreated", pipeline),
              event(
                "Pipelines.ResourceAuthorizedForPipeline",
                { PipelineId: 9, ResourceType: "variablegroup", ResourceId: "3" },
                { at: "2026-03-01T09:05:00Z" },
              ),
              event("Pipelines.PipelineDeleted", pipeline, { at: "2026-03-01T09:20:00Z" }),
            ],
          },
        },
      ],
      good: [
        {
          organization: {
            auditEvents: [
              event("Pipelines.PipelineCreated", pipeline),
              event("Pipelines.PipelineDeleted", pipeline, { at: "2026-03-01T14:20:00Z" }),
              event("Pipelines.PipelineDeleted", { PipelineId: 10 }, { at: "2026-03-01T09:20:00Z" }),
            ],
          },
        },
      ],
    },
  }),
];

function madeAndDeleted(
  created: AuditEventFact,
  authorized: readonly AuditEventFact[],
  deleted: AuditEventFact,
): PostureAnswer {
  const minutes = Math.max(1, Math.round((Date.parse(deleted.at) - Date.parse(created.at)) / 60_000));
  const name = nameOfPipeline(created.data) ?? "a pipeline";
  const isQuiet = authorized.length === 0;
  const used = isQuiet ? "" : `, and authorised ${authorized.length} resources for it`;
  return fail(
    isQuiet ? "medium" : "high",
    `${created.actor.name} made ${name}, deleted it ${minutes} minutes later${used}`,
    {
      ...(isQuiet && { severityBecause: "nothing was authorised for it in the meantime" }),
      evidence: [created, ...authorized.slice(0, 10), deleted].map(eventEvidence),
    },
  );
}

interface Gain {
  readonly severity: Severity;
  readonly says: string;
  readonly because?: string;
}

function gainOf(
  one: AuditEventFact,
  acts: Acts,
  organization: OrganizationFacts,
  { settings }: PostureContext,
): Gain | undefined {
  const { action, data } = one;
  if (action === "Group.UpdateGroupMembership.Add") return membershipGain(one);
  if (action === "Token.PatCreateEvent" || action === "Token.SshCreateEvent") return tokenGain(one, acts, organization);
  if (action === "Extension.Installed") {
    const publisher = textOf(data, "PublisherName", "PublisherId") ?? "";
    if (settings.trustedPublishers.some((trusted) => trusted.toLowerCase() === publisher.toLowerCase()))
      return undefined;
    const says = `installed the extension ${textOf(data, "ExtensionName") ?? ""} of ${publisher}`;
    return { severity: "medium", says, because: "what it may do is judged by its scopes" };
  }
  if (/^Library\.ServiceConnectionShared/.test(action)) {
    const says = `shared the service connection ${textOf(data, "ConnectionName") ?? ""} with other projects`;
    return { severity: "medium", says, because: "it takes a pipeline there to use it" };
  }
  if (action !== "Library.AgentAdded" || isOfSystem(one)) return undefined;
  const pool = textOf(data, "AgentPoolName") ?? "";
  const known = organization.pools.is === "known" ? organization.pools.value : [];
  if (known.some(({ name, elastic }) => elastic !== undefined && name === pool)) return undefined;
  const says = `added the agent ${textOf(data, "AgentName") ?? ""} to the pool ${pool}: jobs, with their secrets, may run there`;
  return { severity: "medium", says, because: "whoever keeps the machines adds agents, too" };
}

function membershipGain({ actor, data, details }: AuditEventFact): Gain | undefined {
  const told = /^(.{1,200}?) was added as a member of group (.{1,200})$/i.exec(details.slice(0, 500));
  const group = textOf(data, "GroupName", "GroupDisplayName") ?? told?.[2];
  if (group === undefined || !isAdministrative(group)) return undefined;
  const member = textOf(data, "MemberDisplayName", "MemberName") ?? told?.[1] ?? "somebody";
  if (member.toLowerCase() === actor.name.toLowerCase()) {
    return { severity: "critical", says: `added themselves to ${group}`, because: "nobody else was asked" };
  }
  return { severity: "high", says: `added ${member} to ${group}` };
}

/** Tokens are everyday things: those of administrators, and those that are made from somewhere new, are not. */
function tokenGain(one: AuditEventFact, acts: Acts, { people }: OrganizationFacts): Gain | undefined {
  const what = one.action === "Token.SshCreateEvent" ? "SSH key" : "personal access token";
  const says = `made the ${what} "${textOf(one.data, "DisplayName") ?? ""}"`;
  const isNew = acts.isFromElsewhere(one, 3);
  const membership = people.is === "known" ? membershipOf(people.value) : undefined;
  const [user] =
    people.is === "known" ? (indexed(people.value.users, "name", ({ name }) => name).get(one.actor.name) ?? []) : [];
  const group = membership && user ? administersIn(user.descriptor, membership)[0] : undefined;
  if (!isNew && group === undefined) return undefined;
  if (isNew && group !== undefined) {
    return {
      severity: "high",
      says: `${says} from ${one.address}, where they did nothing before; they are in ${group}`,
    };
  }
  return isNew
    ? {
        severity: "medium",
        says: `${says} from ${one.address}, where they did nothing before`,
        because: "people travel",
      }
    : {
        severity: "medium",
        says: `${says}; they are in ${group}`,
        because: "it was made from where they usually work, or that is not known",
      };
}
