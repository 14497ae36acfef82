/** What the console calls what policies ask and what they do. */
import type { PolicyBody, PolicyRow } from "#api/policies/contract.ts";
import type { PolicyAction, PolicyTrigger } from "#model/policy.ts";

export const policyActionLabels: Readonly<Record<PolicyAction, { readonly label: string; readonly says: string }>> = {
  block: { label: "Block", says: "The pull request's status fails: a gate holds it" },
  comment: { label: "Comment", says: "A thread at the line, or in the summary" },
  "work-item": { label: "Work item", says: "In Azure Boards, one for each group of the same cause" },
  fix: { label: "Fix", says: "A pull request that solves it, where an edit is known" },
  webhook: { label: "Webhook", says: "The instance's webhooks are told" },
  record: { label: "Record", says: "Only a line in the verdict" },
};

export const policyTriggerLabels: Readonly<Record<PolicyTrigger, { readonly label: string; readonly says: string }>> = {
  "pull-request": { label: "Pull request", says: "Whenever one was scanned" },
  push: { label: "Push", says: "When a branch was scanned after a push" },
  schedule: { label: "Schedule", says: "Once a day, for what is open on branches" },
  ci: { label: "CI", says: "In a pipeline, with sallyport scan --policies" },
};

const origins: Readonly<Record<PolicyRow["from"], string>> = {
  "built-in": "Built-in",
  console: "Made here",
  repository: "From the repository",
};

export function sayOrigin({ from }: Pick<PolicyRow, "from">): string {
  return origins[from];
}

/** Where a policy is in force, in a line; undefined: everywhere. */
export function sayScope({ repositories, projects, tags }: PolicyBody["scope"]): string | undefined {
  const parts = [
    ...(repositories.length === 0 ? [] : [`repositories ${repositories.join(", ")}`]),
    ...(projects.length === 0 ? [] : [`projects ${projects.join(", ")}`]),
    ...(tags.length === 0 ? [] : [`tagged ${tags.join(", ")}`]),
  ];
  return parts.length === 0 ? undefined : parts.join("; ");
}

/** What happens if a scan does not end. */
export function sayUnfinished({ actions, unfinished }: Pick<PolicyBody, "actions" | "unfinished">): string {
  if (!actions.includes("block")) return "It decides nothing about scans that do not end";
  const { fails, afterMinutes } = unfinished;
  const after = afterMinutes === 1 ? "after a minute" : `after ${afterMinutes} minutes`;
  return fails === "closed" ? `Blocked ${after} (fails closed)` : `Let pass ${after} (fails open)`;
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
