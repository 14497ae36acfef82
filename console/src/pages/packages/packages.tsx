/** Packages: what the repositories depend on, in which versions and under which licences; search goes across all of them. */
import { Button } from "@mantine/core";
import { IconPackages } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { ask } from "../../api.ts";
import type { PackageFilters } from "../../search-filters.ts";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { NothingFits } from "../../ui/nothing-fits.tsx";
import { Page } from "../../ui/page.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { PagedTable, pageSize } from "../../ui/table/paged-table.tsx";
import { LicensePicker } from "./license-picker.tsx";
import { packageColumns } from "./package-columns.tsx";
import { PackageFilterControls } from "./package-filters.tsx";
import { PackageTabs } from "./package-tabs.tsx";
import { queryOf } from "./query-of.ts";
import { SampleNotice } from "./sample-notice.tsx";
import { usePackageChips } from "./use-package-chips.tsx";

const route = getRouteApi("/signed-in/packages");

/** The name from its beginning, the rest from the most and the latest. */
const sorts = { name: "name", uses: "-uses", since: "-since" } as const;

export function PackagesPage() {
  const { page = 1, ...filters } = route.useSearch();
  const navigate = useNavigate({ from: "/packages" });
  const sort = filters.sort ?? "name";
  const query = useQuery(
    ask.packages({
      ...queryOf(filters),
      search: filters.search,
      license: filters.undeclared === undefined ? filters.license : "",
      sort: sorts[sort],
      offset: (page - 1) * pageSize,
      limit: pageSize,
    }),
  );
  const change = (next: PackageFilters) =>
    void navigate({ search: (before) => ({ ...before, ...next, page: undefined }), replace: true });
  const clear = () => void navigate({ search: { sort: filters.sort }, replace: true });
  const chips = usePackageChips(filters, change);
  return (
    <Page title="Packages" lead="Everything that the watched repositories depend on, on their default branches.">
      <SampleNotice />
      <PackageTabs filters={filters} />
      <FilterBar chips={chips} onClear={clear}>
        <SearchField
          label="Search packages"
          value={filters.search ?? ""}
          onChange={(search) => change({ search: search || undefined })}
        />
        <PackageFilterControls filters={filters} onChange={change}>
          <LicensePicker filters={filters} onChange={change} />
        </PackageFilterControls>
      </FilterBar>
      <PagedTable
        query={query}
        label="Packages"
        columns={packageColumns}
        rowId={({ ecosystem, key }) => `${ecosystem} ${key}`}
        rowName={({ name }) => name}
        sort={sort}
        onSort={(next) => change({ sort: next as NonNullable<typeof filters.sort> })}
        onOpen={({ ecosystem, key }) =>
          void navigate({ to: "/packages/$ecosystem/$", params: { ecosystem, _splat: key } })
        }
        page={page}
        one="package"
        onPage={(next) => void navigate({ search: (before) => ({ ...before, page: next }) })}
        empty={<NoPackages isFiltered={chips.length > 0} onClear={clear} />}
      />
    </Page>
  );
}

export function NoPackages({ isFiltered, onClear }: { readonly isFiltered: boolean; readonly onClear: () => void }) {
  if (isFiltered) {
    return (
      <NothingFits what="package" onClear={onClear}>
        The search looks at names: a part of one is enough.
      </NothingFits>
    );
  }
  return (
    <Empty
      icon={IconPackages}
      title="No package yet"
      action={
        <Button component={Link} to="/repositories" variant="default">
          See what is scanned
        </Button>
      }
    >
      Packages appear when a scan reads a lock file, a project or another manifest, such as package-lock.json,
      packages.lock.json, a .csproj, pom.xml or requirements.txt.
    </Empty>
  );
}
