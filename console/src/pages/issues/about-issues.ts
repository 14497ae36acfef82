/** The answers that a decision about issues makes stale: secrets are told by theirs, and the register holds every decision. */
import type { QueryFilters } from "@tanstack/react-query";

const kinds: readonly unknown[] = ["issues", "secrets", "exceptions"];

export const aboutIssues: QueryFilters = {
  predicate: ({ queryKey: [kind] }) => kinds.includes(kind),
};
