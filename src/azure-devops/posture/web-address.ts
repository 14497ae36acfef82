/** Addresses of pages of people below an organization or one of its projects: every name is one segment. */
import type { CollectedProject, Collecting } from "./collector.ts";

export function pageOf(
  { url }: Collecting["organization"],
  project: Pick<CollectedProject, "name"> | undefined,
  rest: string,
): string {
  return project === undefined ? `${url}/${rest}` : `${url}/${encodeURIComponent(project.name)}/${rest}`;
}
