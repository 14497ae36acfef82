/** Issues: what is open and what was decided, filtered by the address; one issue may stand beside the list. */
import { Select } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate, useParams } from "@tanstack/react-router";
import type { IssueRow, Issues } from "#api/issues/contract.ts";
import { ask } from "../../api.ts";
import { groupWords, type IssueFilters } from "../../search-filters.ts";
import { countOf } from "../../ui/amounts.ts";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { KeysButton } from "../../ui/keys-button.tsx";
import { Page } from "../../ui/page.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { EndlessSplit } from "../../ui/split/endless-split.tsx";
import { IssueBulkBar } from "./issue-bulk-bar.tsx";
import { IssueFilterControls } from "./issue-filters.tsx";
import { IssueGroups } from "./issue-groups.tsx";
import { IssueList } from "./issue-list.tsx";
import { NoIssues } from "./no-issues.tsx";
import { criteriaOf } from "./query-of.ts";
import { useIssueChips } from "./use-issue-chips.tsx";
import { type Triage, useTriage } from "./use-triage.tsx";
import { ViewsMenu } from "./views-menu.tsx";

const route = getRouteApi("/signed-in/issues");

export function IssuesPage() {
  const filters = route.useSearch();
  const navigate = useNavigate({ from: "/issues" });
  const { issueId } = useParams({ strict: false });
  const open = useQuery({ ...ask.issue(issueId ?? ""), enabled: issueId !== undefined }).data;
  const show = (id: string, replace: boolean) =>
    void navigate({ to: "/issues/$issueId", params: { issueId: id }, search: (before) => before, replace });
  const query = useInfiniteQuery({
    ...ask.issues({ ...criteriaOf(filters), sort: filters.sort ?? "urgency", limit: 100 }),
    enabled: filters.by === undefined,
  });
  const triage = useTriage({
    rows: filters.by === undefined ? (query.data?.pages.flatMap(({ rows }) => rows) ?? []) : undefined,
    opened: issueId === undefined ? undefined : { row: open },
    onOpen: ({ id }) => show(id, false),
  });
  const change = (next: IssueFilters) => {
    triage.selection.clear();
    void navigate({ to: ".", search: (before) => ({ ...before, ...next }), replace: true });
  };
  const clear = () => {
    triage.selection.clear();
    void navigate({ to: ".", search: { sort: filters.sort, by: filters.by }, replace: true });
  };
  const chips = useIssueChips(filters, change);
  const groups = useInfiniteQuery({
    ...ask.issueGroups({ ...criteriaOf(filters), by: filters.by ?? "rule", limit: 50 }),
    enabled: filters.by !== undefined,
  });
  const first = query.data?.pages[0];
  const empty = <NoIssues filtered={chips.length > 0} onClear={clear} />;
  return (
    <Page
      title="Issues"
      tall
      lead={filters.by === undefined ? first && sayTotal(first) : groups.data && sayGroups(groups.data.pages[0])}
      actions={<Actions filters={filters} onChange={change} triage={triage} />}
    >
      <FilterBar chips={chips} onClear={clear}>
        <SearchField
          label="Search issues"
          value={filters.search ?? ""}
          onChange={(search) => change({ search: search || undefined })}
        />
        <IssueFilterControls filters={filters} onChange={change} />
      </FilterBar>
      <IssueBulkBar triage={triage} total={first?.total ?? 0} onDismissAll={dismissAllOf(first, filters, triage)} />
      {filters.by === undefined ? (
        <EndlessSplit
          query={query}
          rowId={(issue: IssueRow) => issue.id}
          openId={issueId}
          onStep={({ id }) => show(id, true)}
          empty={empty}
        >
          {(loaded) => (
            <IssueList
              {...loaded}
              sort={filters.sort ?? "urgency"}
              onSort={(sort) => change({ sort })}
              selection={triage.selection}
              onActive={triage.onActive}
            />
          )}
        </EndlessSplit>
      ) : (
        <IssueGroups
          {...{ query: groups, by: filters.by, filters, empty }}
          openId={issueId}
          onActive={triage.onActive}
        />
      )}
      {triage.dialogs}
    </Page>
  );
}

function sayTotal({ total, isExact }: Issues): string {
  const count = countOf(total, "issue");
  return isExact ? count : `More than ${count}`;
}

function sayGroups(first: { readonly total: number } | undefined): string {
  return countOf(first?.total ?? 0, "group");
}

/** Once all of a long list's first portion is chosen, all that fits may be meant. */
function dismissAllOf(first: Issues | undefined, filters: IssueFilters, { selection, ask: open }: Triage) {
  if (first === undefined || !first.isExact || first.rows.length === 0 || first.total <= selection.chosen.length)
    return;
  if (!first.rows.every(selection.has) || filters.by !== undefined) return;
  const { state, ...filter } = criteriaOf(filters);
  if (!state.every((one) => one === "open")) return;
  return () => open({ is: "dismiss-matching", filter: defined(filter), count: first.total });
}

/** Without what is not set: a filter in a body says only what it means. */
function defined<Filter extends object>(filter: Filter): { [Name in keyof Filter]: NonNullable<Filter[Name]> } {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Filter]: NonNullable<Filter[Name]>;
  };
}

interface ActionsProperties {
  readonly filters: IssueFilters;
  readonly onChange: (change: IssueFilters) => void;
  readonly triage: Triage;
}

const groupLabels: Readonly<Record<(typeof groupWords)[number], string>> = {
  repository: "By repository",
  rule: "By rule",
  package: "By package",
  secret: "By secret",
  owner: "By owner",
};

function Actions({ filters, onChange, triage }: ActionsProperties) {
  return (
    <>
      <Select
        aria-label="Groups"
        placeholder="Not in groups"
        clearable
        w={160}
        value={filters.by ?? null}
        data={groupWords.map((word) => ({ value: word, label: groupLabels[word] }))}
        onChange={(value) => onChange({ by: groupWords.find((word) => word === value) })}
        clearButtonProps={{ "aria-label": "Not in groups" }}
      />
      <ViewsMenu filters={filters} />
      <KeysButton onClick={() => triage.ask({ is: "keys" })} />
    </>
  );
}
