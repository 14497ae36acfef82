/** What a project lets its pipelines do. A setting that this edition does not have is absent, not off. */
import type { GeneralSettings } from "#model/posture/code-facts.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { wireObject } from "../read-wire.ts";
import type { CollectingProject } from "./collector.ts";

const names = [
  "enforceJobAuthScope",
  "enforceJobAuthScopeForReleases",
  "enforceReferencedRepoScopedToken",
  "enforceSettableVar",
  "buildsEnabledForForks",
  "forkProtectionEnabled",
  "enforceNoAccessToSecretsFromForks",
  "enforceJobAuthScopeForForks",
  "isCommentRequiredForPullRequest",
  "requireCommentsForNonTeamMembersOnly",
  "requireCommentsForNonTeamMemberAndNonContributors",
  "enableShellTasksArgsSanitizing",
  "disableImpliedYAMLCiTrigger",
  "disableClassicPipelineCreation",
  "disableClassicBuildPipelineCreation",
  "disableClassicReleasePipelineCreation",
  "statusBadgesArePrivate",
] as const satisfies readonly (keyof GeneralSettings)[];

export async function readGeneralSettings(
  client: OrganizationClient,
  { project }: CollectingProject,
): Promise<GeneralSettings> {
  const { body } = await client.request({ path: path`/${project.id}/_apis/build/generalsettings` });
  const wire = wireObject(body, "general settings of pipelines");
  return Object.fromEntries(names.filter((name) => typeof wire[name] === "boolean").map((name) => [name, wire[name]]));
}
