/** What collectors are given in tests: a project of a world, and a look that takes every text with `hunter` for a secret. */
import type { OrganizationId, ProjectId } from "#model/ids.ts";
import type { CollectingProject } from "../collector.ts";

export function collecting(
  project: { readonly id: string; readonly name: string },
  given: Partial<CollectingProject> = {},
): CollectingProject {
  const one = { id: project.id as ProjectId, name: project.name };
  return {
    organization: { id: "contoso-id" as OrganizationId, name: "contoso", url: "https://dev.azure.com/contoso" },
    projects: [one],
    project: one,
    known: {},
    lookAt: (_, value) => (value.includes("hunter") ? { rule: "secrets/any", masked: "hun***" } : undefined),
    now: () => new Date(),
    signal: new AbortController().signal,
    ...given,
  };
}
