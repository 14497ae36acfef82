/** An event of the audit log as results name it. */

import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { AuditEventFact } from "#model/posture/organization-settings.ts";
import type { PostureResource } from "#model/posture/posture-result.ts";
import { organizationPage } from "./pages-of.ts";

export function eventResource(event: AuditEventFact, organization: OrganizationFacts): PostureResource {
  const { id, action, actor, at, projectId } = event;
  const isKnown = projectId !== undefined && organization.projects.some((project) => project.id === projectId);
  return {
    kind: "audit-event",
    id,
    name: `${action} by ${actor.name} on ${at.slice(0, 10)}`,
    ...(isKnown && { projectId }),
    url: organizationPage(organization, "audit"),
  };
}

export function eventEvidence({ id, action, at, details }: AuditEventFact) {
  return { what: `audit log ${id}: ${action}${details === "" ? "" : `: ${details.slice(0, 300)}`}`, at };
}

/** Azure DevOps itself: scale sets add agents, and streams are switched off where nothing takes events. */
export function isOfSystem({ actor: { name } }: AuditEventFact): boolean {
  return /^(?:azure devops service|microsoft\.|project collection service accounts)/i.test(name);
}
