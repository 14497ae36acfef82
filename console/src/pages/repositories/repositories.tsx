/** Repositories: what is open in each, when each was last scanned; scan one again. */
import { Group, SegmentedControl } from "@mantine/core";
import { IconFolders } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { ask } from "../../api.ts";
import { Empty } from "../../ui/empty.tsx";
import { NoRepository } from "../../ui/no-repository.tsx";
import { Page } from "../../ui/page.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { PagedTable, pageSize } from "../../ui/table/paged-table.tsx";
import { repositoryColumns } from "./repository-columns.tsx";
import { useRepositoryMenu } from "./repository-menu.tsx";

const route = getRouteApi("/signed-in/repositories");

export function RepositoriesPage() {
  const { page = 1, ...filters } = route.useSearch();
  const navigate = useNavigate({ from: "/repositories" });
  const menu = useRepositoryMenu();
  const sort = filters.sort ?? "name";
  const query = useQuery(
    ask.repositories({
      search: filters.search,
      instanceId: filters.instanceId,
      chosen: filters.chosen === undefined ? undefined : filters.chosen === "true",
      sort,
      offset: (page - 1) * pageSize,
      limit: pageSize,
    }),
  );
  const change = (next: Partial<typeof filters>) =>
    void navigate({ search: (before) => ({ ...before, ...next, page: undefined }), replace: true });
  const filtered = filters.search !== undefined || filters.chosen !== undefined || filters.instanceId !== undefined;
  return (
    <Page title="Repositories">
      <Group gap={8}>
        <SearchField
          label="Search repositories"
          value={filters.search ?? ""}
          onChange={(search) => change({ search: search || undefined })}
        />
        <SegmentedControl
          aria-label="Which repositories"
          value={filters.chosen ?? "all"}
          onChange={(value) => change({ chosen: value === "true" || value === "false" ? value : undefined })}
          data={[
            { value: "all", label: "All" },
            { value: "true", label: "Scanned" },
            { value: "false", label: "Not scanned" },
          ]}
        />
      </Group>
      <PagedTable
        query={query}
        label="Repositories"
        columns={repositoryColumns}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        sort={sort}
        onSort={(next) => change({ sort: next as NonNullable<typeof filters.sort> })}
        onOpen={(row) => void navigate({ to: "/issues", search: { repositoryId: row.id } })}
        menu={menu}
        page={page}
        one="repository"
        many="repositories"
        onPage={(next) => void navigate({ search: (before) => ({ ...before, page: next }) })}
        empty={
          filtered ? (
            <Empty icon={IconFolders} title="No repository fits">
              Take a filter away, or search for another part of a name.
            </Empty>
          ) : (
            <NoRepository />
          )
        }
      />
    </Page>
  );
}
