/** The answers that a decision about issues makes stale: secrets are told by theirs. */
import type { QueryFilters } from "@tanstack/react-query";

export const aboutIssues: QueryFilters = {
  predicate: ({ queryKey: [kind] }) => kind === "issues" || kind === "secrets",
};
