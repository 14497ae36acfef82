import type { ProjectId } from "#model/ids.ts";
import type { Project, ProjectVisibility } from "#model/repository.ts";
import { type OrganizationClient, path } from "./organization-client.ts";
import { collect, pagesByHeader } from "./pages.ts";
import { inner, optionalText, requiredText, wireObject } from "./read-wire.ts";

export interface ListedProject extends Omit<Project, "organizationId"> {
  readonly visibility: ProjectVisibility;
}

/** The projects that the identity may see; those being created or deleted are left out. */
export async function listProjects(client: OrganizationClient): Promise<readonly ListedProject[]> {
  const where = "projects";
  const request = { path: path`/_apis/projects`, query: { stateFilter: "wellFormed" } };
  const projects = await collect(pagesByHeader(client, request, { top: 500, where }), (project) => ({
    id: requiredText(project, "id", where) as ProjectId,
    name: requiredText(project, "name", where),
    visibility: visibilityOf(optionalText(project, "visibility")),
  }));
  // Pages are counted by place: a project that appears meanwhile moves another one to the next page again.
  return [...new Map(projects.map((project) => [project.id, project])).values()];
}

function visibilityOf(text: string | undefined): ProjectVisibility {
  return text === "public" || text === "organization" ? text : "private";
}

/** What a project keeps its code in. Only git is read; one of Team Foundation version control alone has nothing to scan. */
export async function getSourceControl(client: OrganizationClient, projectId: ProjectId): Promise<"git" | "tfvc"> {
  const query = { includeCapabilities: "true" };
  const { body } = await client.request({ path: path`/_apis/projects/${projectId}`, query });
  const capabilities = inner(wireObject(body, "a project"), "capabilities");
  const type = optionalText(inner(capabilities, "versioncontrol"), "sourceControlType");
  return type?.toLowerCase() === "tfvc" ? "tfvc" : "git";
}
