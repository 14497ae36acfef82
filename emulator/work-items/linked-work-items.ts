/** Links between work items and pull requests, both ways. */
import type { OrganizationState, PullRequestState, WorkItemState, World } from "../world.ts";
import { findWorkItemType } from "./work-item-types.ts";

/** The pull request that a relation names: `vstfs:///Git/PullRequestId/{project}%2F{repository}%2F{id}`. */
export function linkedPullRequest(
  organization: OrganizationState,
  relation: Readonly<Record<string, unknown>>,
): PullRequestState | undefined {
  const match = /^vstfs:\/\/\/Git\/PullRequestId\/[^/%]+%2f[^/%]+%2f(\d+)$/i.exec(String(relation.url));
  return match ? organization.pullRequests.find((one) => String(one.id) === match[1]) : undefined;
}

/** Brings the pull requests' lists of work items in line with the item's relations. */
export function followRelations(organization: OrganizationState, item: WorkItemState): void {
  const linked = new Set(item.relations.map((relation) => linkedPullRequest(organization, relation)));
  for (const pullRequest of organization.pullRequests) {
    const at = pullRequest.workItemIds.indexOf(item.id);
    if (linked.has(pullRequest) && at < 0) pullRequest.workItemIds.push(item.id);
    if (!linked.has(pullRequest) && at >= 0) pullRequest.workItemIds.splice(at, 1);
  }
}

/** Completion with `transitionWorkItems` moves linked items one step: to resolved where the type knows that, else to closed. */
export function transitionLinkedWorkItems(
  world: World,
  organization: OrganizationState,
  pullRequest: PullRequestState,
): void {
  for (const item of organization.workItems) {
    if (item.isDeleted || !pullRequest.workItemIds.includes(item.id)) continue;
    const project = organization.projects.get(item.projectId);
    const states = findWorkItemType(project, String(item.fields["System.WorkItemType"]))?.states ?? [];
    const next =
      states.find((state) => state.category === "Resolved") ?? states.find((state) => state.category === "Completed");
    if (!next || item.fields["System.State"] === next.name) continue;
    item.rev += 1;
    item.fields = { ...item.fields, "System.State": next.name, "System.ChangedDate": world.clock.now().toISOString() };
  }
}
