/** The status that Azure DevOps shows on the pull request. */
import type { PullRequestRow } from "#api/pull-requests/contract.ts";
import { Tag } from "../../ui/tag.tsx";
import { pullRequestStatuses } from "../../ui/words.ts";

export function StatusTag({ status }: { readonly status: PullRequestRow["status"] }) {
  if (status === null) return <Tag tone="quiet">Not posted</Tag>;
  const { tone, label } = pullRequestStatuses[status];
  return <Tag tone={tone}>{label}</Tag>;
}
