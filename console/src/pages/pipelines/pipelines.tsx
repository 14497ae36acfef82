/** Pipelines: what starts each, who may start it with code of their own, what it reaches, and what rules say of it. */
import { NativeSelect } from "@mantine/core";
import { IconTimeline } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { ask } from "../../api.ts";
import { exposureWords, type PipelineFilters, pipelineKindWords } from "../../search-filters.ts";
import { DownloadLinks } from "../../ui/download-links.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import type { Chip } from "../../ui/filter-chips.tsx";
import { NothingFits } from "../../ui/nothing-fits.tsx";
import { OrganizationPicker } from "../../ui/organization-picker.tsx";
import { Page } from "../../ui/page.tsx";
import { exposureLabels } from "../../ui/posture-words.ts";
import { ProjectPicker, useProjectName } from "../../ui/project-picker.tsx";
import { saidChips, searched } from "../../ui/said-chips.ts";
import { SearchField } from "../../ui/search-field.tsx";
import { PagedTable, pageSize } from "../../ui/table/paged-table.tsx";
import { useOrganizations } from "../../ui/use-organizations.ts";
import { WordFilters, wordChips, wordFilter } from "../../ui/word-filters.tsx";
import { pipelineColumns } from "./pipeline-columns.tsx";

const route = getRouteApi("/signed-in/pipelines");

const wordFilters = [
  wordFilter({
    key: "exposure",
    label: "Unreviewed code by",
    words: exposureWords,
    say: (exposure) => exposureLabels[exposure],
  }),
] as const;

const kindLabels = { yaml: "YAML", classic: "Classic" } as const;

export function PipelinesPage() {
  const { page = 1, sort = "risk", ...filters } = route.useSearch();
  const navigate = useNavigate({ from: "/pipelines" });
  const choice = useOrganizations(filters.organizationId);
  const query = useQuery(ask.pipelines({ ...filters, sort, offset: (page - 1) * pageSize, limit: pageSize }));
  const change = (next: PipelineFilters) =>
    void navigate({ search: (before) => ({ ...before, ...next, page: undefined }), replace: true });
  const clear = () => void navigate({ search: {}, replace: true });
  const chips = useChips(choice.onlyId, filters, change);
  return (
    <Page
      title="Pipelines"
      lead="As they would run: with the code of their default branch, and the settings around it."
      actions={<DownloadLinks what="Pipelines" address="/api/pipelines" query={filters} />}
    >
      <FilterBar chips={chips} onClear={clear}>
        <SearchField
          label="Search pipelines"
          value={filters.search ?? ""}
          onChange={(search) => change({ search: search || undefined })}
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
        <NativeSelect
          aria-label="Kind"
          value={filters.kind ?? ""}
          onChange={({ currentTarget: { value } }) =>
            change({ kind: pipelineKindWords.find((word) => word === value) })
          }
          data={[
            { value: "", label: "YAML or classic" },
            ...pipelineKindWords.map((value) => ({ value, label: kindLabels[value] })),
          ]}
        />
      </FilterBar>
      <PagedTable
        query={query}
        label="Pipelines"
        columns={pipelineColumns}
        rowId={({ organizationId, definitionId, project }) => `${organizationId} ${project.id} ${definitionId}`}
        sort={sort}
        onSort={(next) => change({ sort: next === "name" || next === "last-run" ? next : undefined })}
        onOpen={({ organizationId, definitionId, project }) =>
          void navigate({
            to: "/pipelines/$organizationId/$projectId/$definitionId",
            params: { organizationId, projectId: project.id, definitionId: String(definitionId) },
          })
        }
        page={page}
        one="pipeline"
        onPage={(next) => void navigate({ search: (before) => ({ ...before, page: next }) })}
        empty={
          chips.length > 0 ? (
            <NothingFits what="pipeline" onClear={clear} />
          ) : (
            <Empty icon={IconTimeline} title="No pipeline yet">
              Pipelines appear when the settings of their organization were read.
            </Empty>
          )
        }
      />
    </Page>
  );
}

function useChips(
  organizationId: string | undefined,
  filters: PipelineFilters,
  change: (next: PipelineFilters) => void,
): Chip[] {
  const { search, kind, projectId } = filters;
  const said = {
    search: searched(search),
    projectId: useProjectName(organizationId, projectId),
    kind: kind === undefined ? undefined : kindLabels[kind],
  };
  return [...saidChips(said, change), ...wordChips({ of: wordFilters, filters, onChange: change })];
}
