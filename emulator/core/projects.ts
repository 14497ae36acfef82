/** Projects: list with continuation, get, create, change, delete; the last three are operations that end later. */
import { randomUUID } from "node:crypto";
import { removeBareRepository } from "../git/bare-repository.ts";
import { bodyObject, isTrue, numberOf, textOf } from "../query-values.ts";
import { mayAct, requireGroup } from "../rights.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import { findProject, organizationUrl, projectReference, requireProject } from "../shapes.ts";
import type { ProjectState, World } from "../world.ts";
import { startOperation } from "./operations.ts";
import { defaultTeam } from "./teams.ts";

const root = "/{organization}/_apis/projects";
const processTemplate = { templateName: "Basic", templateTypeId: "b8a3a935-7e91-48b8-a94c-606d37c3e9f2" };

function listProjects(call: Call, world: World): Answer {
  const found = [...call.organization.projects.values()].filter((project) =>
    mayAct(call.organization, call.user.id, "readers", project),
  );
  const skip = numberOf(call, ["continuationToken", "$skip"], 0);
  const top = numberOf(call, ["$top"], 100);
  const page = found.slice(skip, skip + top);
  const more = skip + page.length < found.length && page.length > 0;
  return list(
    page.map((project) => projectReference(world, call.organization, project)),
    more ? { "x-ms-continuationtoken": String(skip + page.length) } : undefined,
  );
}

function versionControlOf({ sourceControl }: ProjectState): Record<string, string> {
  const isGit = sourceControl === "Git";
  return {
    sourceControlType: sourceControl,
    gitEnabled: isGit ? "True" : "False",
    tfvcEnabled: isGit ? "False" : "True",
  };
}

function getProject(call: Call, world: World): Answer {
  const project = requireProject(call, world);
  const base = organizationUrl(world, call.organization);
  const reference = projectReference(world, call.organization, project);
  const team = defaultTeam(world, call.organization, project);
  return {
    body: {
      ...reference,
      ...(isTrue(call, "includeCapabilities")
        ? {
            capabilities: { processTemplate, versioncontrol: versionControlOf(project) },
          }
        : {}),
      _links: {
        self: { href: reference.url },
        collection: { href: `${base}/_apis/projectCollections/${call.organization.collectionId}` },
        web: { href: `${base}/${encodeURIComponent(project.name)}` },
      },
      defaultTeam: { id: team.id, name: team.name, url: team.url },
    },
  };
}

function requireName(call: Call, name: string): void {
  if (!name || name.length > 64 || /[\\/:*?"<>|;#$*{},+=[\]]|^[._]|\.$/.test(name))
    throw new Refusal(400, "InvalidProjectNameException", `VS800002: The project name '${name}' is not valid.`);
  if (findProject(call, name))
    throw new Refusal(
      400,
      "ProjectAlreadyExistsException",
      `TF200019: The following project already exists on the Azure DevOps Server: ${name}.`,
    );
}

function createProject(call: Call, world: World): Answer {
  requireGroup(call, "collection administrators", undefined, "Create new projects");
  const body = bodyObject(call);
  const name = (textOf(body.name) ?? "").trim();
  requireName(call, name);
  const visibility = textOf(body.visibility)?.toLowerCase();
  const { versioncontrol } = bodyObject({ body: body.capabilities });
  const sourceControl = textOf(bodyObject({ body: versioncontrol }).sourceControlType)?.toLowerCase();
  const project: ProjectState = {
    id: randomUUID(),
    name,
    description: textOf(body.description) ?? "",
    visibility: visibility === "public" || visibility === "organization" ? visibility : "private",
    sourceControl: sourceControl === "tfvc" ? "Tfvc" : "Git",
    lastUpdateTime: world.clock.now(),
    revision: 1,
  };
  return startOperation(call, world, () => call.organization.projects.set(project.id, project));
}

function changeProject(call: Call, world: World): Answer {
  const project = requireProject(call, world);
  requireGroup(call, "project administrators", project, "Edit project-level information");
  const { name, description } = bodyObject(call);
  const wanted = textOf(name)?.trim();
  if (wanted !== undefined && wanted.toLowerCase() !== project.name.toLowerCase()) requireName(call, wanted);
  return startOperation(call, world, () => {
    project.name = wanted ?? project.name;
    project.description = textOf(description) ?? project.description;
    project.lastUpdateTime = world.clock.now();
    project.revision += 1;
  });
}

function deleteProject(call: Call, world: World): Answer {
  const project = requireProject(call, world);
  requireGroup(call, "project administrators", project, "Delete team project");
  return startOperation(call, world, () => {
    const { projects, repositories } = call.organization;
    projects.delete(project.id);
    for (const repository of [...repositories.values()].filter((one) => one.projectId === project.id)) {
      repositories.delete(repository.id);
      void removeBareRepository(world, repository.id);
    }
  });
}

export const projectRoutes: readonly Route[] = [
  { method: "GET", path: root, scopes: ["profile", "project"], handle: listProjects },
  { method: "POST", path: root, scopes: ["project_manage"], handle: createProject },
  { method: "GET", path: `${root}/{projectId}`, scopes: ["profile", "project"], handle: getProject },
  { method: "PATCH", path: `${root}/{projectId}`, scopes: ["project_manage"], handle: changeProject },
  { method: "DELETE", path: `${root}/{projectId}`, scopes: ["project_manage"], handle: deleteProject },
  {
    method: "GET",
    path: `${root}/{projectId}/properties`,
    preview: true,
    scopes: ["profile", "project"],
    handle(call, world) {
      const project = requireProject(call, world);
      return list([
        { name: "System.CurrentProcessTemplateId", value: processTemplate.templateTypeId },
        { name: "System.Process Template", value: processTemplate.templateName },
        { name: "System.SourceControlGitEnabled", value: versionControlOf(project).gitEnabled },
        { name: "System.SourceControlTfvcEnabled", value: versionControlOf(project).tfvcEnabled },
        { name: "System.MSPROJ", value: project.name },
      ]);
    },
  },
];
