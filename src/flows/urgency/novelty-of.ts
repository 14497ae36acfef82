/** New is what a change brought; what an unchanged file turns out to have is backlog: a first scan's, a new rule's, a new advisory's. */
import type { Novelty } from "#model/policy.ts";
import { isSpan } from "#model/span.ts";
import type { IssueToScore } from "#store/issues/urgency-scores.ts";

/** Files, or resources of settings, that changed since somebody looked last. */
export type Changed = { readonly is: "nothing" } | { readonly is: "files"; readonly paths: ReadonlySet<string> };

export function noveltyOf({ finding, onlyInHistory }: IssueToScore, changed: Changed): Novelty {
  if (changed.is === "nothing" || onlyInHistory) return "backlog";
  const { at, resource, package: used } = finding;
  const paths = [isSpan(at) ? at.path : at.resource, resource?.at?.path, used?.manifest];
  return paths.some((path) => path !== undefined && changed.paths.has(path)) ? "new" : "backlog";
}
