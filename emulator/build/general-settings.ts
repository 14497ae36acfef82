/** What a project lets its pipelines do. What the organization has switched on is on in every project. */
import { pipelineSettingsOf } from "../administration/pipeline-settings.ts";
import { isRecord } from "../pull-requests/request-body.ts";
import { requireGroup } from "../rights.ts";
import type { Call, Route } from "../route.ts";
import { requireProject } from "../shapes.ts";
import type { OrganizationState, ProjectState, World } from "../world.ts";

const defaults = {
  enforceReferencedRepoScopedToken: true,
  disableClassicPipelineCreation: false,
  disableClassicBuildPipelineCreation: false,
  disableClassicReleasePipelineCreation: false,
  forkProtectionEnabled: true,
  buildsEnabledForForks: false,
  enforceJobAuthScopeForForks: true,
  enforceNoAccessToSecretsFromForks: true,
  isCommentRequiredForPullRequest: true,
  requireCommentsForNonTeamMembersOnly: false,
  requireCommentsForNonTeamMemberAndNonContributors: false,
  enableShellTasksArgsSanitizing: false,
  enableShellTasksArgsSanitizingAudit: false,
  disableImpliedYAMLCiTrigger: false,
  statusBadgesArePrivate: true,
  enforceSettableVar: true,
  enforceJobAuthScope: true,
  enforceJobAuthScopeForReleases: true,
  publishPipelineMetadata: false,
  auditEnforceSettableVar: false,
};

export type GeneralSettings = Readonly<Record<keyof typeof defaults, boolean>>;

const changed = new WeakMap<ProjectState, Partial<GeneralSettings>>();

export function setGeneralSettings(project: ProjectState, settings: Partial<GeneralSettings>): void {
  changed.set(project, { ...changed.get(project), ...settings });
}

export function generalSettingsOf(organization: OrganizationState, project: ProjectState): GeneralSettings {
  const enforced = Object.entries(pipelineSettingsOf(organization)).filter(([, isOn]) => isOn);
  return { ...defaults, ...changed.get(project), ...Object.fromEntries(enforced) };
}

/** A server has no setting for triggers that nobody wrote. */
function shape(call: Call, world: World, project: ProjectState) {
  const { disableImpliedYAMLCiTrigger, ...others } = generalSettingsOf(call.organization, project);
  return { body: world.edition.is === "server" ? others : { ...others, disableImpliedYAMLCiTrigger } };
}

function patchSettings(call: Call, world: World) {
  const project = requireProject(call, world);
  requireGroup(call, "project administrators", project, "Edit project-level information");
  const wanted = Object.entries(isRecord(call.body) ? call.body : {}).filter(
    ([name, value]) => name in defaults && typeof value === "boolean",
  );
  setGeneralSettings(project, Object.fromEntries(wanted));
  return shape(call, world, project);
}

const path = "/{organization}/{project}/_apis/build/generalsettings";

export const routes: readonly Route[] = [
  {
    method: "GET",
    path,
    scopes: ["project"],
    handle: (call, world) => shape(call, world, requireProject(call, world)),
  },
  { method: "PATCH", path, scopes: ["project_write", "build_execute"], handle: patchSettings },
];
