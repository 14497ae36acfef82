/** Attack paths: who gets from where to what, how sure that is, and what would end it. */
import { SegmentedControl } from "@mantine/core";
import { IconRoute } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { ask } from "../../api.ts";
import { type AttackPathFilters, attackPathStateWords, certaintyWords } from "../../search-filters.ts";
import { DownloadLinks } from "../../ui/download-links.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import type { Chip } from "../../ui/filter-chips.tsx";
import { NothingFits } from "../../ui/nothing-fits.tsx";
import { OrganizationPicker } from "../../ui/organization-picker.tsx";
import { Page } from "../../ui/page.tsx";
import { certainties } from "../../ui/posture-words.ts";
import { ProjectPicker, useProjectName } from "../../ui/project-picker.tsx";
import { saidChips, searched } from "../../ui/said-chips.ts";
import { SearchField } from "../../ui/search-field.tsx";
import { PagedTable, pageSize } from "../../ui/table/paged-table.tsx";
import { useOrganizations } from "../../ui/use-organizations.ts";
import { severityFilter, WordFilters, wordChips, wordFilter } from "../../ui/word-filters.tsx";
import { pathColumns } from "./path-columns.tsx";

const route = getRouteApi("/signed-in/attack-paths");

const wordFilters = [
  severityFilter,
  wordFilter({
    key: "certainty",
    label: "Certainty",
    words: certaintyWords,
    say: (certainty) => certainties[certainty].label,
  }),
] as const;

const stateLabels = { open: "Open", gone: "Gone" } as const;

export function AttackPathsPage() {
  const { page = 1, ...filters } = route.useSearch();
  const navigate = useNavigate({ from: "/attack-paths" });
  const choice = useOrganizations(filters.organizationId);
  const query = useQuery(ask.attackPaths({ ...filters, offset: (page - 1) * pageSize, limit: pageSize }));
  const change = (next: AttackPathFilters) =>
    void navigate({ search: (before) => ({ ...before, ...next, page: undefined }), replace: true });
  const clear = () => void navigate({ search: ({ state }) => ({ state }), replace: true });
  const chips = useChips(choice.onlyId, filters, change);
  return (
    <Page
      title="Attack paths"
      lead="Who gets from where to what, step by step with proof, and the setting that ends it."
      actions={<DownloadLinks what="Attack paths" address="/api/attack-paths" query={filters} />}
    >
      <FilterBar chips={chips} onClear={clear}>
        <SearchField
          label="Search attack paths"
          value={filters.search ?? ""}
          onChange={(search) => change({ search: search || undefined })}
        />
        <SegmentedControl
          aria-label="State"
          value={filters.state ?? "open"}
          onChange={(value) => change({ state: value === "gone" ? "gone" : undefined })}
          data={attackPathStateWords.map((value) => ({ value, label: stateLabels[value] }))}
        />
        <OrganizationPicker
          choice={choice}
          value={filters.organizationId}
          all="All organizations"
          onChange={(organizationId) => change({ organizationId, projectId: undefined })}
        />
        <ProjectPicker
          organizationId={choice.onlyId}
          projectId={filters.projectId}
          onChange={(projectId) => change({ projectId })}
        />
        <WordFilters of={wordFilters} filters={filters} onChange={change} />
      </FilterBar>
      <PagedTable
        query={query}
        label="Attack paths"
        columns={pathColumns}
        rowId={({ organizationId: of, id }) => `${of} ${id}`}
        onOpen={(row) =>
          void navigate({
            to: "/attack-paths/$organizationId/$pathId",
            params: { organizationId: row.organizationId, pathId: row.id },
          })
        }
        page={page}
        one="attack path"
        onPage={(next) => void navigate({ search: (before) => ({ ...before, page: next }) })}
        empty={chips.length > 0 ? <NothingFits what="attack path" onClear={clear} /> : <NoPath state={filters.state} />}
      />
    </Page>
  );
}

function NoPath({ state }: { readonly state: AttackPathFilters["state"] }) {
  return state === "gone" ? (
    <Empty icon={IconRoute} title="No path is gone yet">
      When a setting ends an attack path, the path is kept here.
    </Empty>
  ) : (
    <Empty icon={IconRoute} title="No attack path is known">
      As far as the settings could be read, nobody gets further than they should. What could not be read is told under
      Posture.
    </Empty>
  );
}

function useChips(
  organizationId: string | undefined,
  filters: AttackPathFilters,
  change: (next: AttackPathFilters) => void,
): Chip[] {
  const { search, projectId } = filters;
  const said = {
    search: searched(search),
    projectId: useProjectName(organizationId, projectId),
  };
  return [...saidChips(said, change), ...wordChips({ of: wordFilters, filters, onChange: change })];
}
