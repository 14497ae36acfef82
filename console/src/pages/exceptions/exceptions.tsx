/** The register of exceptions: what people decided not to fix and what the code silences; approved, extended and ended here. */
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconClockHour4, IconDownload, IconEyeOff, IconSettings } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ExceptionRow } from "#api/exceptions/contract.ts";
import { ask } from "../../api.ts";
import type { ExceptionFilters } from "../../search-filters.ts";
import { stringifySearch } from "../../search-text.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { NothingFits } from "../../ui/nothing-fits.tsx";
import { Page } from "../../ui/page.tsx";
import { RepositoryPicker } from "../../ui/repository-picker.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { PagedTable, pageSize } from "../../ui/table/paged-table.tsx";
import { useIsAdministrator } from "../../ui/use-is-administrator.ts";
import { WordFilters } from "../../ui/word-filters.tsx";
import { AuthorPicker } from "./author-picker.tsx";
import { exceptionColumns } from "./exception-columns.tsx";
import { ExceptionMenu } from "./exception-menu.tsx";
import { ExceptionSettings } from "./exception-settings.tsx";
import { ExtendForm } from "./extend-form.tsx";
import { useDecideException } from "./use-decide-exception.ts";
import { exceptionWordFilters, useExceptionChips } from "./use-exception-chips.ts";

const route = getRouteApi("/signed-in/exceptions");

export function ExceptionsPage() {
  const { page = 1, ...filters } = route.useSearch();
  const navigate = useNavigate({ from: "/exceptions" });
  const asked = { ...filters, due: filters.due === "true" ? true : undefined };
  const query = useQuery(ask.exceptions({ ...asked, offset: (page - 1) * pageSize, limit: pageSize }));
  const [extending, setExtending] = useState<ExceptionRow>();
  const decide = useDecideException();
  const administers = useIsAdministrator();
  const [setting, settings] = useDisclosure(false);
  const change = (next: ExceptionFilters) =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...next }), replace: true });
  const clear = () => void navigate({ search: {}, replace: true });
  const chips = useExceptionChips(filters, change);
  const rows = query.data?.rows ?? [];
  return (
    <Page
      title="Exceptions"
      lead="What people decided not to fix, and what the code silences. Each is about one problem, never about a line."
      actions={
        <>
          {administers ? (
            <Button variant="default" leftSection={<IconSettings size={16} />} onClick={settings.open}>
              What they need
            </Button>
          ) : null}
          <Button
            component="a"
            variant="default"
            leftSection={<IconDownload size={16} />}
            href={`/api/exceptions.csv${stringifySearch(filters)}`}
            download="exceptions.csv"
          >
            Export as CSV
          </Button>
        </>
      }
    >
      <FilterBar chips={chips} onClear={clear}>
        <SearchField
          label="Search exceptions"
          value={filters.search ?? ""}
          onChange={(search) => change({ search: search || undefined })}
        />
        <WordFilters of={exceptionWordFilters} filters={filters} onChange={change} />
        <AuthorPicker author={filters.author} rows={rows} onChange={(author) => change({ author })} />
        <RepositoryPicker repositoryId={filters.repositoryId} onChange={(repositoryId) => change({ repositoryId })} />
        <Button
          variant={filters.due === undefined ? "default" : "light"}
          aria-pressed={filters.due !== undefined}
          leftSection={<IconClockHour4 size={16} />}
          onClick={() => change({ due: filters.due === undefined ? "true" : undefined })}
        >
          End within 14 days
        </Button>
      </FilterBar>
      <PagedTable
        query={query}
        label="Exceptions"
        columns={exceptionColumns}
        rowId={idOf}
        rowName={({ message }) => message}
        menu={(row) => <ExceptionMenu row={row} onDecide={decide.mutate} onExtend={() => setExtending(row)} />}
        page={page}
        one="exception"
        onPage={(next) => void navigate({ search: (before) => ({ ...before, page: next }) })}
        empty={<NoExceptions filtered={chips.length > 0} onClear={clear} />}
      />
      <Dialog title="What exceptions need" opened={setting} onClose={settings.close} size="lg">
        <ExceptionSettings onClose={settings.close} />
      </Dialog>
      <Dialog title="Another end" opened={extending !== undefined} onClose={() => setExtending(undefined)}>
        {extending === undefined ? null : <ExtendForm row={extending} onClose={() => setExtending(undefined)} />}
      </Dialog>
    </Page>
  );
}

/** What stands in the code has no id: its place is one. */
function idOf({ id, repository, rule, path, line }: ExceptionRow): string {
  return id ?? `${repository?.id} ${rule} ${path}:${line}`;
}

function NoExceptions({ filtered, onClear }: { readonly filtered: boolean; readonly onClear: () => void }) {
  if (!filtered) {
    return (
      <Empty icon={IconEyeOff} title="Nothing is excepted">
        Issues that are dismissed, here or by a reply in a pull request, stand here with reason, author and end; so does
        what something in the code silences.
      </Empty>
    );
  }
  return <NothingFits what="exception" onClear={onClear} />;
}
