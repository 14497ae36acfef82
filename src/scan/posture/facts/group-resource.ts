/** A group of people as results name it, with the page of its members. */
import type { GroupFact } from "#model/posture/access-facts.ts";
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { PostureResource } from "#model/posture/posture-result.ts";
import { organizationPage, projectPage } from "./pages-of.ts";

export function groupResource(
  { descriptor, principalName, projectId }: GroupFact,
  organization: OrganizationFacts,
): PostureResource {
  const project = organization.projects.find(({ id }) => id === projectId);
  const page = project ? projectPage(organization, project, "permissions") : organizationPage(organization, "groups");
  const url = `${page}?subjectDescriptor=${encodeURIComponent(descriptor)}`;
  return { kind: "group", id: descriptor, name: principalName, ...projectOf(projectId, organization), url };
}

/** Only of projects that were read. */
export function projectOf(id: string | undefined, { projects }: OrganizationFacts): { readonly projectId?: string } {
  return id !== undefined && projects.some((project) => project.id === id) ? { projectId: id } : {};
}
