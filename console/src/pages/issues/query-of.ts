/** The filters of the address as the server's list takes them: only what is open, and the most urgent first, unless they say otherwise. */
import type { IssueFilters } from "../../search-filters.ts";

export function criteriaOf({ archived, fixAvailable, owner, state, sort: _sort, by: _by, ...filters }: IssueFilters) {
  return {
    ...filters,
    state: state ?? (["open"] as const),
    archived: archived === "true" ? true : undefined,
    fixAvailable: fixAvailable === "true" ? true : undefined,
    owner: owner === undefined ? undefined : [owner],
  };
}
