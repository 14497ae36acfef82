/** Teams: every project has its default team, whose members are the project's contributors and administrators. */
import { createHash } from "node:crypto";
import { hostUrl } from "../edition.ts";
import { pageOf } from "../query-values.ts";
import { mayAct } from "../rights.ts";
import { type Call, list, Refusal, type Route } from "../route.ts";
import { identityRef, organizationUrl, requireProject } from "../shapes.ts";
import type { OrganizationState, ProjectState, World } from "../world.ts";

const root = "/{organization}/_apis/projects/{projectId}/teams";
const scopes = ["profile", "project"];

function teamId(project: ProjectState): string {
  const hex = createHash("sha256").update(`team ${project.id}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function defaultTeam(world: World, organization: OrganizationState, project: ProjectState) {
  const id = teamId(project);
  return {
    id,
    name: `${project.name} Team`,
    url: `${organizationUrl(world, organization)}/_apis/projects/${project.id}/teams/${id}`,
    description: "The default project team.",
    identityUrl: `${hostUrl(world, "vssps.dev.azure.com")}/${organization.name}/_apis/Identities/${id}`,
    projectName: project.name,
    projectId: project.id,
  };
}

function requireTeam(call: Call, world: World) {
  const project = requireProject(call, world);
  const team = defaultTeam(world, call.organization, project);
  const wanted = (call.params.teamId ?? "").toLowerCase();
  if (wanted === team.id || wanted === team.name.toLowerCase()) return { project, team };
  throw new Refusal(404, "TeamNotFoundException", `TF400813: The team with id '${call.params.teamId}' does not exist.`);
}

export const teamRoutes: readonly Route[] = [
  {
    method: "GET",
    path: root,
    scopes,
    handle: (call, world) =>
      list(pageOf(call, [defaultTeam(world, call.organization, requireProject(call, world))], 100)),
  },
  {
    method: "GET",
    path: `${root}/{teamId}`,
    scopes,
    handle: (call, world) => ({ body: requireTeam(call, world).team }),
  },
  {
    method: "GET",
    path: `${root}/{teamId}/members`,
    scopes,
    handle(call, world) {
      const { project } = requireTeam(call, world);
      const members = [...world.users.values()].filter((user) =>
        mayAct(call.organization, user.id, "contributors", project),
      );
      return list(
        pageOf(
          call,
          members.map((user) => ({ identity: identityRef(world, user, call.organization) })),
          100,
        ),
      );
    },
  },
  {
    method: "GET",
    path: "/{organization}/_apis/teams",
    preview: true,
    scopes: ["project"],
    handle(call, world) {
      const projects = [...call.organization.projects.values()].filter((project) =>
        mayAct(call.organization, call.user.id, "readers", project),
      );
      return list(
        pageOf(
          call,
          projects.map((project) => defaultTeam(world, call.organization, project)),
          100,
        ),
      );
    },
  },
];
