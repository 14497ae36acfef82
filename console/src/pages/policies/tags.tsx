/** Tags of repositories: policies name them where a pattern of names would not do. */
import { NativeSelect, TagsInput } from "@mantine/core";
import { IconTags } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { RepositoryRow } from "#api/repositories/contract.ts";
import { ask, tell } from "../../api.ts";
import { Badges } from "../../ui/badges.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Page } from "../../ui/page.tsx";
import { saidChips } from "../../ui/said-chips.ts";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { SearchField } from "../../ui/search-field.tsx";
import type { Column } from "../../ui/table/data-table.tsx";
import { LinkedName } from "../../ui/table/linked-name.tsx";
import { PagedTable, pageSize } from "../../ui/table/paged-table.tsx";
import { useIsAdministrator } from "../../ui/use-is-administrator.ts";
import { usePlaceNames } from "../../ui/use-place-names.ts";
import classes from "./policies.module.css";
import { PolicyTabs } from "./policy-tabs.tsx";

const route = getRouteApi("/signed-in/policies/tags");

export function TagsPage() {
  const { page = 1, ...filters } = route.useSearch();
  const navigate = useNavigate({ from: "/policies/tags" });
  const tags = useQuery(ask.repositoryTags()).data?.tags ?? [];
  const query = useQuery(
    ask.repositories({ ...filters, chosen: true, offset: (page - 1) * pageSize, limit: pageSize }),
  );
  const places = usePlaceNames({ instanceId: filters.instanceId });
  const columns = useTagColumns(tags);
  const change = (next: Partial<typeof filters>) =>
    void navigate({ search: (before) => ({ ...before, ...next, page: undefined }), replace: true });
  return (
    <Page
      title="Tags of repositories"
      lead="A policy may be in force only where a repository is tagged: pci, internet-facing."
    >
      <PolicyTabs instanceId={filters.instanceId} />
      <FilterBar
        chips={saidChips({ instanceId: places.instanceId }, change)}
        onClear={() => change({ instanceId: undefined })}
      >
        <SearchField
          label="Search repositories"
          value={filters.search ?? ""}
          onChange={(search) => change({ search: search || undefined })}
        />
        <NativeSelect
          aria-label="Tag"
          value={filters.tag ?? ""}
          onChange={(event) => change({ tag: event.currentTarget.value || undefined })}
          data={[
            { value: "", label: "Any tag, or none" },
            ...new Set([...tags, ...(filters.tag ? [filters.tag] : [])]),
          ]}
        />
      </FilterBar>
      <PagedTable
        query={query}
        label="Tags of repositories"
        columns={columns}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        page={page}
        one="repository"
        many="repositories"
        onPage={(next) => void navigate({ search: (before) => ({ ...before, page: next }) })}
        empty={
          <Empty
            icon={IconTags}
            title={
              Object.values(filters).every((one) => one === undefined) ? "No repository yet" : "No repository fits"
            }
          >
            Only repositories that are scanned are listed.
          </Empty>
        }
      />
    </Page>
  );
}

function useTagColumns(tags: readonly string[]): Column<RepositoryRow>[] {
  const mayChange = useIsAdministrator();
  return [
    {
      id: "name",
      header: "Repository",
      cell: ({ row: { original: row } }) => (
        <LinkedName>
          <Link to="/issues" search={{ repositoryId: row.id }}>
            {row.name}
          </Link>
          <div className={classes.quiet}>
            {row.organization} / {row.project}
          </div>
        </LinkedName>
      ),
    },
    {
      id: "tags",
      header: "Tags",
      meta: { width: "55%" },
      cell: ({ row: { original: row } }) =>
        mayChange ? (
          <TagsOf row={row} known={tags} />
        ) : row.tags.length === 0 ? (
          <span className={classes.quiet}>None</span>
        ) : (
          <Badges words={row.tags} />
        ),
    },
  ];
}

function TagsOf({ row, known }: { readonly row: RepositoryRow; readonly known: readonly string[] }) {
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (tags: readonly string[]) => tell.setRepositoryTags(row.id, tags),
    onSuccess: () => sayDone(`The tags of ${row.name} are saved. Its open pull requests are judged again in a moment.`),
    onError: (error) => sayFailed("The tags were not saved", error),
    onSettled: () => client.invalidateQueries({ queryKey: ["repositories"] }),
  });
  const shown = save.isPending ? save.variables : row.tags;
  const change = (tags: readonly string[]) => {
    const trimmed = tags.map((tag) => tag.trim());
    if (trimmed.every((tag) => /^[^\s,]{1,50}$/.test(tag))) save.mutate(trimmed);
    else
      sayFailed(
        "The tag was not added",
        new Error("A tag has at most 50 characters, none of them a blank or a comma."),
      );
  };
  return (
    <TagsInput
      aria-label={`Tags of ${row.name}`}
      size="sm"
      classNames={{ inputField: classes.tag }}
      placeholder={shown.length === 0 ? "Add a tag" : ""}
      maxTags={30}
      splitChars={[",", " "]}
      data={known.filter((tag) => !shown.includes(tag))}
      value={[...shown]}
      onChange={change}
    />
  );
}
