/** Secrets: one row for each, however many places hold it; filtered by the address, one of them may stand beside the list. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate, useParams } from "@tanstack/react-router";
import { ask, type SecretName } from "../../api.ts";
import type { SecretFilters } from "../../search-filters.ts";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { KeysButton } from "../../ui/keys-button.tsx";
import { Page } from "../../ui/page.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { saySecrets } from "../../ui/secret-marks.tsx";
import { EndlessSplit } from "../../ui/split/endless-split.tsx";
import { NoSecrets } from "./no-secrets.tsx";
import { SecretBulkBar } from "./secret-bulk-bar.tsx";
import { SecretFilterControls } from "./secret-filters.tsx";
import { SecretList, secretId } from "./secret-list.tsx";
import { useSecretChips } from "./use-secret-chips.ts";
import { useSecretTriage } from "./use-secret-triage.tsx";

const route = getRouteApi("/signed-in/secrets");
const noSecret: SecretName = { instanceId: "", fingerprint: "" };

export function SecretsPage() {
  const filters = route.useSearch();
  const navigate = useNavigate({ from: "/secrets" });
  const { instanceId, fingerprint } = useParams({ strict: false });
  const sort = filters.sort ?? "severity";
  const query = useInfiniteQuery(ask.secrets({ ...filters, state: filters.state ?? ["open"], sort, limit: 100 }));
  const first = query.data?.pages[0];
  const name = instanceId === undefined || fingerprint === undefined ? undefined : { instanceId, fingerprint };
  const opened = useQuery({ ...ask.secret(name ?? noSecret), enabled: name !== undefined }).data;
  const show = (row: SecretName, replace: boolean) =>
    void navigate({
      to: "/secrets/$instanceId/$fingerprint",
      params: { instanceId: row.instanceId, fingerprint: row.fingerprint },
      search: (before) => before,
      replace,
    });
  const triage = useSecretTriage({
    rows: query.data?.pages.flatMap(({ rows }) => rows) ?? [],
    opened: name && { row: opened },
    onOpen: (row) => show(row, false),
  });
  const change = (next: SecretFilters) => {
    triage.selection.clear();
    void navigate({ to: ".", search: (before) => ({ ...before, ...next }), replace: true });
  };
  const clear = () => {
    triage.selection.clear();
    void navigate({ to: ".", search: { sort: filters.sort }, replace: true });
  };
  const chips = useSecretChips(filters, change);
  return (
    <Page
      title="Secrets"
      tall
      lead={first === undefined ? undefined : saySecrets(first.total, first.issues)}
      actions={<KeysButton onClick={() => triage.ask({ is: "keys" })} />}
    >
      <FilterBar chips={chips} onClear={clear}>
        <SearchField
          label="Search secrets"
          value={filters.search ?? ""}
          onChange={(search) => change({ search: search || undefined })}
        />
        <SecretFilterControls filters={filters} providers={first?.providers ?? []} onChange={change} />
      </FilterBar>
      <SecretBulkBar triage={triage} />
      <EndlessSplit
        query={query}
        rowId={secretId}
        openId={name && secretId(name)}
        onStep={(row) => show(row, true)}
        empty={<NoSecrets filtered={chips.length > 0} onClear={clear} />}
      >
        {(loaded) => (
          <SecretList
            {...loaded}
            sort={sort}
            onSort={(next) => change({ sort: next })}
            selection={triage.selection}
            onActive={triage.onActive}
          />
        )}
      </EndlessSplit>
      {triage.dialogs}
    </Page>
  );
}
