/** Whether anybody could find out later what somebody did. */
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { AuditStreamFact } from "#model/posture/organization-settings.ts";
import type { Evidence, PostureAnswer } from "#model/posture/posture-result.ts";
import { organizationPage } from "../../facts/pages-of.ts";
import { listed } from "../../makers/access-rule.ts";
import { fail, notEvaluated, type PostureRule, pass } from "../../posture-rule.ts";

const logPolicy = "Policy.LogAuditEvents";

function stream(status: AuditStreamFact["status"]): AuditStreamFact {
  return { id: "3", name: "Security team", consumer: "AzureMonitorLogs", status };
}

export const rules: readonly PostureRule[] = [
  {
    id: "cicd/organization-audit-not-kept",
    aliases: ["ado-org-audit-off", "ADO_Organization_Enable_Audit_Stream"],
    category: "organization",
    title: "What happens in the organization is not recorded, or not kept",
    severity: "high",
    risks: ["CICD-SEC-10"],
    why: "Azure DevOps forgets its audit log after 90 days, and keeps none where it is off: nobody can tell what an intruder changed.",
    abuse: "Somebody gives themselves rights, uses them, takes them back, and waits until the log is gone.",
    fix: 'Organization settings > Policies: switch on "Log Audit Events". Organization settings > Auditing > Streams: add a stream to the place where your security team keeps its logs.',
    links: ["https://learn.microsoft.com/azure/devops/organizations/audit/auditing-streaming"],
    needs: ["auditStreams"],
    check: (organization) => {
      const { id, name } = organization;
      const url = organizationPage(organization, "audit");
      return [{ resource: { kind: "organization", id, name, url }, answer: auditAnswer(organization, url) }];
    },
    examples: {
      bad: [
        { organization: { auditStreams: [] } },
        { organization: { auditStreams: [stream("disabled-by-user")] } },
        { organization: { auditStreams: [stream("enabled"), { ...stream("disabled-by-system"), id: "4" }] } },
        { organization: { organizationPolicies: [{ name: logPolicy, value: false }] } },
      ],
      good: [
        { organization: { auditStreams: [stream("enabled")] } },
        {
          organization: {
            auditStreams: [stream("enabled"), { ...stream("disabled-by-user"), id: "4" }],
            organizationPolicies: [{ name: logPolicy, value: true }],
          },
        },
      ],
    },
  },
];

/** Off at all, then cut off by Azure DevOps because it could not deliver, then never set up. */
function auditAnswer(organization: OrganizationFacts, url: string): PostureAnswer {
  const { organizationPolicies: policies, auditStreams: streams } = organization;
  const policy = policies.is === "known" ? policies.value.find(({ name }) => name === logPolicy) : undefined;
  if (policy?.value === false && policies.is === "known") {
    return fail("high", "Azure DevOps records no audit events", {
      evidence: [
        {
          what: `organization policy ${logPolicy} = false`,
          url: organizationPage(organization, "organizationPolicy"),
          at: policies.at,
        },
      ],
      fix: 'Policies: switch on "Log Audit Events".',
    });
  }
  if (streams.is === "unknown") return notEvaluated(`Audit streams are not known: ${streams.reason}`);
  const cut = streams.value.filter(({ status }) => status === "disabled-by-system");
  if (cut.length > 0) {
    return fail("high", `Azure DevOps has switched off ${listed(cut.map(({ name }) => name))}: events get lost`, {
      evidence: cut.map((one) => streamEvidence(one, url, streams.at)),
      fix: "Auditing > Streams: repair where the stream goes to, and switch it on again.",
    });
  }
  if (streams.value.some(({ status }) => status === "enabled")) return pass;
  return fail("medium", "audit events are kept nowhere but in Azure DevOps, for 90 days", {
    evidence:
      streams.value.length === 0
        ? [{ what: "audit/streams: none", url, at: streams.at }]
        : streams.value.map((one) => streamEvidence(one, url, streams.at)),
    fix: "Auditing > Streams: add a stream, or switch one on.",
    severityBecause: "events are recorded, and can be read for 90 days",
  });
}

function streamEvidence({ id, name, status }: AuditStreamFact, url: string, at: string): Evidence {
  return { what: `audit stream ${id} (${name}): status = ${status}`, url, at };
}
