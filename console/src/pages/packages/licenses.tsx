/** Licences: what packages declare, of which kind each is, and how many packages and repositories are under it. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { Licenses } from "#api/packages/contract.ts";
import { ask } from "../../api.ts";
import type { LicenseFilters } from "../../search-filters.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Badge } from "../../ui/tag.tsx";
import { licenseCategoryLabels } from "../../ui/words.ts";
import { PackageFilterControls } from "./package-filters.tsx";
import { PackageTabs } from "./package-tabs.tsx";
import classes from "./packages.module.css";
import { NoPackages } from "./packages.tsx";
import { queryOf } from "./query-of.ts";
import { useSharedChips } from "./use-package-chips.tsx";

const route = getRouteApi("/signed-in/packages/licenses");

type Row = Licenses["rows"][number];

export function LicensesPage() {
  const filters = route.useSearch();
  const navigate = useNavigate({ from: "/packages/licenses" });
  const query = useQuery(ask.licenses(queryOf(filters)));
  const change = (next: LicenseFilters) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const clear = () => void navigate({ search: {}, replace: true });
  const chips = useSharedChips(filters, change);
  const searchOf = (row: Row) => ({
    ...filters,
    ...(row.license === "" ? { undeclared: "true" as const } : { license: row.license }),
  });
  const columns: Column<Row>[] = [
    {
      id: "license",
      header: "Licence",
      cell: ({ row: { original: row } }) => (
        <Link to="/packages" search={searchOf(row)} className={classes.plain}>
          {row.license === "" ? "Not said in the manifest" : row.license}
        </Link>
      ),
    },
    {
      id: "category",
      header: "Kind",
      cell: ({ row }) => <Badge>{licenseCategoryLabels[row.original.category] ?? row.original.category}</Badge>,
    },
    {
      id: "packages",
      header: "Packages",
      meta: { align: "right", width: 140 },
      cell: ({ row }) => sayCount(row.original.packages),
    },
    {
      id: "repositories",
      header: "Repositories",
      meta: { align: "right", width: 140 },
      cell: ({ row }) => sayCount(row.original.repositories),
    },
  ];
  return (
    <Page
      title="Packages"
      lead="As manifests and lock files say them; which are allowed, each instance decides in its settings."
    >
      <PackageTabs filters={filters} />
      <FilterBar chips={chips} onClear={clear}>
        <PackageFilterControls filters={filters} onChange={change} />
      </FilterBar>
      <Panel flush>
        <Listing
          query={query}
          isEmpty={(answer) => answer.rows.length === 0}
          empty={<NoPackages isFiltered={chips.length > 0} onClear={clear} />}
        >
          {(answer) => (
            <>
              <DataTable
                label="Licences"
                columns={columns}
                rows={answer.rows}
                rowId={(row) => row.license}
                stale={query.isPlaceholderData}
                onOpen={(row) => void navigate({ to: "/packages", search: searchOf(row) })}
              />
              <p className={classes.foot} role="status">
                {countOf(answer.rows.filter(({ license }) => license !== "").length, "licence")}
              </p>
            </>
          )}
        </Listing>
      </Panel>
    </Page>
  );
}
