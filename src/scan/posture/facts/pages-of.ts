/** Addresses of the pages of Azure DevOps where things are set. */
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";

type Organization = Pick<OrganizationFacts, "url">;
type Project = Pick<ProjectFacts, "name">;

export type OrganizationPage =
  | "organizationPolicy"
  | "pipelinessettings"
  | "extensions"
  | "audit"
  | "users"
  | "groups"
  | "agentpools"
  | "projects";

export function organizationPage({ url }: Organization, page: OrganizationPage): string {
  return `${url}/_settings/${page}`;
}

export type ProjectPage =
  | "settings"
  | "serviceHooks"
  | "permissions"
  | "projectOverview"
  | "adminservices"
  | "agentqueues"
  | "repositories";

export function projectPage(organization: Organization, project: Project, page: ProjectPage): string {
  return `${projectUrl(organization, project)}/_settings/${page}`;
}

/** Policies of a branch, or what a repository as a whole sets and who may do what in it. */
export function repositoryPage(
  organization: Organization,
  project: Project,
  {
    id,
    ref,
    tab,
  }: { readonly id: string; readonly ref?: string; readonly tab: "policies" | "permissions" | "settings" },
): string {
  const branch = ref === undefined ? "" : `&refs=${encodeURIComponent(ref)}`;
  return `${projectUrl(organization, project)}/_settings/repositories?_a=${tab}Mid&repo=${encodeURIComponent(id)}${branch}`;
}

export function taskGroupPage(organization: Organization, project: Project, id: string): string {
  return `${projectUrl(organization, project)}/_taskgroup/${encodeURIComponent(id)}`;
}

function projectUrl({ url }: Organization, { name }: Project): string {
  return `${url}/${encodeURIComponent(name)}`;
}

export function releaseEditor(organization: Organization, project: Project, id: number): string {
  return `${projectUrl(organization, project)}/_releaseDefinition?definitionId=${id}&_a=definition-pipeline`;
}

export function feedSettings(feedPage: string): string {
  return `${feedPage}/settings`;
}
