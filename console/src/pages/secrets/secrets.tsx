/** Secrets: one row for each, however many places hold it; filtered by the address, one of them may stand beside the list. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate, useParams } from "@tanstack/react-router";
import { ask } from "../../api.ts";
import type { SecretFilters } from "../../search-filters.ts";
import { countOf } from "../../ui/amounts.ts";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Page } from "../../ui/page.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { EndlessSplit } from "../../ui/split/endless-split.tsx";
import { NoSecrets } from "./no-secrets.tsx";
import { SecretFilterControls } from "./secret-filters.tsx";
import { SecretList, secretId } from "./secret-list.tsx";
import { useSecretChips } from "./use-secret-chips.ts";

const route = getRouteApi("/signed-in/secrets");

export function SecretsPage() {
  const filters = route.useSearch();
  const navigate = useNavigate({ from: "/secrets" });
  const { instanceId, fingerprint } = useParams({ strict: false });
  const sort = filters.sort ?? "severity";
  const query = useInfiniteQuery(ask.secrets({ ...filters, state: filters.state ?? ["open"], sort, limit: 100 }));
  const first = query.data?.pages[0];
  const change = (next: SecretFilters) =>
    void navigate({ to: ".", search: (before) => ({ ...before, ...next }), replace: true });
  const clear = () => void navigate({ to: ".", search: { sort: filters.sort }, replace: true });
  const chips = useSecretChips(filters, change);
  return (
    <Page title="Secrets" tall lead={first === undefined ? undefined : countOf(first.total, "secret")}>
      <FilterBar chips={chips} onClear={clear}>
        <SearchField
          label="Search secrets"
          value={filters.search ?? ""}
          onChange={(search) => change({ search: search || undefined })}
        />
        <SecretFilterControls filters={filters} providers={first?.providers ?? []} onChange={change} />
      </FilterBar>
      <EndlessSplit
        query={query}
        rowId={secretId}
        openId={
          instanceId === undefined || fingerprint === undefined ? undefined : secretId({ instanceId, fingerprint })
        }
        onStep={(row) =>
          void navigate({
            to: "/secrets/$instanceId/$fingerprint",
            params: { instanceId: row.instanceId, fingerprint: row.fingerprint },
            search: (before) => before,
            replace: true,
          })
        }
        empty={<NoSecrets filtered={chips.length > 0} onClear={clear} />}
      >
        {(loaded) => <SecretList {...loaded} sort={sort} onSort={(next) => change({ sort: next })} />}
      </EndlessSplit>
    </Page>
  );
}
