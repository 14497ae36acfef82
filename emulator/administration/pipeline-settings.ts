/** What an organization decides for the pipelines of all its projects: where it is on, no project can switch it off. */
import type { OrganizationState } from "../world.ts";

export const pipelineSettings = [
  "enforceReferencedRepoScopedToken",
  "disableClassicPipelineCreation",
  "disableClassicBuildPipelineCreation",
  "disableClassicReleasePipelineCreation",
  "forkProtectionEnabled",
  "enableShellTasksArgsSanitizing",
  "statusBadgesArePrivate",
  "enforceSettableVar",
  "enforceJobAuthScope",
  "enforceJobAuthScopeForReleases",
] as const;

export type PipelineSetting = (typeof pipelineSettings)[number];

const kept = new WeakMap<OrganizationState, Partial<Record<PipelineSetting, boolean>>>();

export function pipelineSettingsOf(organization: OrganizationState): Readonly<Record<PipelineSetting, boolean>> {
  const own = kept.get(organization) ?? {};
  return Object.fromEntries(pipelineSettings.map((name) => [name, own[name] ?? false])) as Record<
    PipelineSetting,
    boolean
  >;
}

export function setPipelineSettings(
  organization: OrganizationState,
  settings: Readonly<Partial<Record<PipelineSetting, boolean>>>,
): void {
  kept.set(organization, { ...kept.get(organization), ...settings });
}
