/** Issues: what is open and what was decided, filtered by the address; one issue may stand beside the list. */
import { Button } from "@mantine/core";
import { IconArchive } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate, useParams } from "@tanstack/react-router";
import { ask } from "../../api.ts";
import type { IssueFilters } from "../../search-filters.ts";
import { countOf } from "../../ui/amounts.ts";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Page } from "../../ui/page.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { EndlessSplit } from "../../ui/split/endless-split.tsx";
import { WordFilters } from "../../ui/word-filters.tsx";
import { IssueList } from "./issue-list.tsx";
import { NoIssues } from "./no-issues.tsx";
import { issueFilters, useIssueChips } from "./use-issue-chips.tsx";

const route = getRouteApi("/signed-in/issues");

export function IssuesPage() {
  const filters = route.useSearch();
  const navigate = useNavigate({ from: "/issues" });
  const { issueId } = useParams({ strict: false });
  const query = useInfiniteQuery(
    ask.issues({
      ...filters,
      archived: filters.archived === "true" ? true : undefined,
      state: filters.state ?? ["open"],
      sort: filters.sort ?? "severity",
      limit: 100,
    }),
  );
  const first = query.data?.pages[0];
  const count = countOf(first?.total ?? 0, "issue");
  const change = (next: IssueFilters) =>
    void navigate({ to: ".", search: (before) => ({ ...before, ...next }), replace: true });
  const clear = () => void navigate({ to: ".", search: { sort: filters.sort }, replace: true });
  const chips = useIssueChips(filters, change);
  return (
    <Page title="Issues" tall lead={first && (first.isExact ? count : `More than ${count}`)}>
      <FilterBar chips={chips} onClear={clear}>
        <SearchField
          label="Search issues"
          value={filters.search ?? ""}
          onChange={(search) => change({ search: search || undefined })}
        />
        <WordFilters of={issueFilters} filters={filters} onChange={change} />
        <Button
          variant={filters.archived === undefined ? "default" : "light"}
          aria-pressed={filters.archived !== undefined}
          leftSection={<IconArchive size={16} />}
          onClick={() => change({ archived: filters.archived === undefined ? "true" : undefined })}
        >
          Archived
        </Button>
      </FilterBar>
      <EndlessSplit
        query={query}
        rowId={(issue) => issue.id}
        openId={issueId}
        onStep={({ id }) =>
          void navigate({ to: "/issues/$issueId", params: { issueId: id }, search: (before) => before, replace: true })
        }
        empty={<NoIssues filtered={chips.length > 0} onClear={clear} />}
      >
        {(loaded) => <IssueList {...loaded} sort={filters.sort ?? "severity"} onSort={(sort) => change({ sort })} />}
      </EndlessSplit>
    </Page>
  );
}
