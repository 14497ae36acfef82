/** Pull requests: what each would bring in, and what the policies said of it. */
import { Group, NativeSelect, SegmentedControl } from "@mantine/core";
import { IconGitPullRequest } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { PullRequestRow } from "#api/pull-requests/contract.ts";
import { ask } from "../../api.ts";
import { pullRequestStateWords, verdictOutcomeWords } from "../../search-filters.ts";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { RepositoryPicker } from "../../ui/repository-picker.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import type { Column } from "../../ui/table/data-table.tsx";
import { LinkedName } from "../../ui/table/linked-name.tsx";
import { PagedTable, pageSize } from "../../ui/table/paged-table.tsx";
import { Badge, Tag } from "../../ui/tag.tsx";
import { pullRequestStates, verdictOutcomes } from "../../ui/words.ts";
import { DecidedBy } from "./decided-by.tsx";
import { FindingCounts } from "./finding-counts.tsx";
import classes from "./pull-requests.module.css";
import { StatusTag } from "./status-tag.tsx";
import { VerdictTag } from "./verdict-tag.tsx";

const route = getRouteApi("/signed-in/pull-requests");

const columns: Column<PullRequestRow>[] = [
  {
    id: "title",
    header: "Pull request",
    cell: ({ row: { original: row } }) => (
      <LinkedName>
        <Link
          to="/pull-requests/$repositoryId/$number"
          params={{ repositoryId: row.repository.id, number: String(row.number) }}
        >
          {row.title}
        </Link>{" "}
        {row.isDraft ? <Badge>Draft</Badge> : null}
        <div className={classes.quiet}>
          {row.repository.name} !{row.number}, {row.author}: {row.sourceBranch} into {row.targetBranch}
        </div>
      </LinkedName>
    ),
  },
  {
    id: "verdict",
    header: "Verdict",
    meta: { width: 210 },
    cell: ({ row: { original: row } }) => (
      <>
        <VerdictTag outcome={row.verdict?.outcome} />
        {row.verdict === null || row.verdict.decidedBy.length === 0 ? null : (
          <div className={classes.quiet}>
            <DecidedBy instanceId={row.instanceId} policies={row.verdict.decidedBy} />
          </div>
        )}
      </>
    ),
  },
  {
    id: "findings",
    header: "Brings in",
    meta: { width: 130 },
    cell: ({ row }) => <FindingCounts findings={row.original.findings} />,
  },
  {
    id: "status",
    header: "Status",
    meta: { width: 130, wideOnly: true },
    cell: ({ row }) => <StatusTag status={row.original.status} />,
  },
  {
    id: "state",
    header: "State",
    meta: { width: 120, wideOnly: true },
    cell: ({ row }) => (
      <Tag tone={row.original.state === "active" ? "quiet" : row.original.state === "completed" ? "good" : "off"}>
        {pullRequestStates[row.original.state]}
      </Tag>
    ),
  },
  {
    id: "updated",
    header: "Updated",
    meta: { width: 140, wideOnly: true },
    cell: ({ row }) => <Moment at={row.original.updatedAt} />,
  },
];

export function PullRequestsPage() {
  const { page = 1, ...filters } = route.useSearch();
  const navigate = useNavigate({ from: "/pull-requests" });
  const query = useQuery(ask.pullRequests({ ...filters, offset: (page - 1) * pageSize, limit: pageSize }));
  const change = (next: Partial<typeof filters>) =>
    void navigate({ search: (before) => ({ ...before, ...next, page: undefined }), replace: true });
  const filtered = Object.values(filters).some((one) => one !== undefined);
  return (
    <Page title="Pull requests" lead="Only what a pull request itself would bring in counts against it.">
      <Group gap={8}>
        <SearchField
          label="Search pull requests"
          value={filters.search ?? ""}
          onChange={(search) => change({ search: search || undefined })}
        />
        <SegmentedControl
          aria-label="State"
          value={filters.state ?? "all"}
          onChange={(value) => change({ state: pullRequestStateWords.find((word) => word === value) })}
          data={[
            { value: "all", label: "All" },
            ...pullRequestStateWords.map((value) => ({ value, label: pullRequestStates[value] })),
          ]}
        />
        <NativeSelect
          aria-label="Verdict"
          value={filters.outcome ?? ""}
          onChange={({ currentTarget: { value } }) =>
            change({ outcome: verdictOutcomeWords.find((word) => word === value) })
          }
          data={[
            { value: "", label: "Any verdict" },
            ...verdictOutcomeWords.map((value) => ({ value, label: verdictOutcomes[value].label })),
          ]}
        />
        <RepositoryPicker repositoryId={filters.repositoryId} onChange={(repositoryId) => change({ repositoryId })} />
      </Group>
      <PagedTable
        query={query}
        label="Pull requests"
        columns={columns}
        rowId={(row) => `${row.repository.id} ${row.number}`}
        onOpen={(row) =>
          void navigate({
            to: "/pull-requests/$repositoryId/$number",
            params: { repositoryId: row.repository.id, number: String(row.number) },
          })
        }
        page={page}
        one="pull request"
        onPage={(next) => void navigate({ search: (before) => ({ ...before, page: next }) })}
        empty={
          <Empty icon={IconGitPullRequest} title={filtered ? "No pull request fits" : "No pull request yet"}>
            {filtered
              ? "Take a filter away, or search for another word."
              : "When somebody opens or updates a pull request in a connected repository, it is scanned and appears here."}
          </Empty>
        }
      />
    </Page>
  );
}
