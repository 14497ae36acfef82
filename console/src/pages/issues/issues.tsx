/** Issues: what is open and what was decided, filtered by the address; one issue may stand beside the list. */
import { Button, Group } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconArchive } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { ask } from "../../api.ts";
import { issueStateWords } from "../../search-filters.ts";
import { countOf } from "../../ui/amounts.ts";
import { Failure } from "../../ui/failure.tsx";
import { FilterChips } from "../../ui/filter-chips.tsx";
import { FilterMenu } from "../../ui/filter-menu.tsx";
import { Page } from "../../ui/page.tsx";
import { RuleFilters } from "../../ui/rule-filters.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { Split } from "../../ui/split/split.tsx";
import { Waiting } from "../../ui/table/listing.tsx";
import { issueStates } from "../../ui/words.ts";
import { IssueList } from "./issue-list.tsx";
import classes from "./issues.module.css";
import { NoIssues } from "./no-issues.tsx";
import { useIssueChips } from "./use-issue-chips.tsx";

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
  const issues = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const total = query.data?.pages[0]?.total ?? 0;
  const change = useCallback(
    (next: Partial<typeof filters>) =>
      void navigate({ to: ".", search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  const clear = () => void navigate({ to: ".", search: { sort: filters.sort }, replace: true });
  const chips = useIssueChips(filters, change);
  const open = useCallback(
    (id: string, replace = false) =>
      void navigate({ to: "/issues/$issueId", params: { issueId: id }, search: (before) => before, replace }),
    [navigate],
  );
  const step = (by: 1 | -1) => {
    const next = issues[issues.findIndex((issue) => issue.id === issueId) + by];
    if (issueId !== undefined && next !== undefined) open(next.id, true);
  };
  useHotkeys([
    ["j", () => step(1)],
    ["k", () => step(-1)],
  ]);
  return (
    <Page title="Issues" tall lead={query.data === undefined ? undefined : countOf(total, "issue")}>
      <div className={classes.filters}>
        <Group gap={8}>
          <SearchField
            label="Search issues"
            value={filters.search ?? ""}
            onChange={(search) => change({ search: search || undefined })}
          />
          <RuleFilters filters={filters} onChange={change} />
          <FilterMenu
            label="State"
            words={issueStateWords}
            chosen={filters.state ?? []}
            say={(state) => issueStates[state].label}
            onChange={(state) => change({ state })}
          />
          <Button
            variant={filters.archived === undefined ? "default" : "light"}
            aria-pressed={filters.archived !== undefined}
            leftSection={<IconArchive size={16} />}
            onClick={() => change({ archived: filters.archived === undefined ? "true" : undefined })}
          >
            Archived
          </Button>
        </Group>
        <FilterChips chips={chips} onClear={clear} />
      </div>
      <Split
        isOpen={issueId !== undefined}
        list={
          query.data === undefined ? (
            query.error === null ? (
              <Waiting rows={10} />
            ) : (
              <Failure error={query.error} retry={() => query.refetch()} />
            )
          ) : issues.length === 0 ? (
            <NoIssues filtered={chips.length > 0} onClear={clear} />
          ) : (
            <IssueList
              issues={issues}
              total={total}
              openId={issueId}
              sort={filters.sort ?? "severity"}
              stale={query.isPlaceholderData}
              onSort={(sort) => change({ sort })}
              onEnd={() => {
                if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
              }}
            />
          )
        }
      >
        <Outlet />
      </Split>
    </Page>
  );
}
