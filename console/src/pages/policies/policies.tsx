/** Policies: what Sallyport looks for, and what was decided about it; one policy may stand beside the list. */
import { Button, Group } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconAdjustments, IconFilterOff } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { ask } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failure } from "../../ui/failure.tsx";
import { FilterChips } from "../../ui/filter-chips.tsx";
import { Page } from "../../ui/page.tsx";
import { RuleFilters } from "../../ui/rule-filters.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { Split } from "../../ui/split/split.tsx";
import { Waiting } from "../../ui/table/listing.tsx";
import classes from "./policies.module.css";
import { policyChips } from "./policy-chips.tsx";
import { PolicyList } from "./policy-list.tsx";

const route = getRouteApi("/signed-in/policies");

export function PoliciesPage() {
  const filters = route.useSearch();
  const navigate = useNavigate({ from: "/policies" });
  const { _splat: openId } = useParams({ strict: false });
  const sort = filters.sort ?? "severity";
  const query = useInfiniteQuery(
    ask.rules({ ...filters, changed: filters.changed === "true" ? true : undefined, sort, limit: 200 }),
  );
  const policies = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const total = query.data?.pages[0]?.total ?? 0;
  const change = useCallback(
    (next: Partial<typeof filters>) =>
      void navigate({ to: ".", search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  const clear = () => void navigate({ to: ".", search: { sort: filters.sort }, replace: true });
  const chips = policyChips(filters, change);
  const step = (by: 1 | -1) => {
    const next = policies[policies.findIndex((policy) => policy.id === openId) + by];
    if (openId === undefined || next === undefined) return;
    void navigate({ to: "/policies/$", params: { _splat: next.id }, search: (before) => before, replace: true });
  };
  useHotkeys([
    ["j", () => step(1)],
    ["k", () => step(-1)],
  ]);
  return (
    <Page title="Policies" tall lead={query.data === undefined ? undefined : countOf(total, "policy", "policies")}>
      <div className={classes.filters}>
        <Group gap={8}>
          <SearchField
            label="Search policies"
            value={filters.search ?? ""}
            onChange={(search) => change({ search: search || undefined })}
          />
          <RuleFilters filters={filters} onChange={change} />
          <Button
            variant={filters.changed === undefined ? "default" : "light"}
            aria-pressed={filters.changed !== undefined}
            leftSection={<IconAdjustments size={16} />}
            onClick={() => change({ changed: filters.changed === undefined ? "true" : undefined })}
          >
            Changed by us
          </Button>
        </Group>
        <FilterChips chips={chips} onClear={clear} />
      </div>
      <Split
        isOpen={openId !== undefined}
        list={
          query.data === undefined ? (
            query.error === null ? (
              <Waiting rows={10} />
            ) : (
              <Failure error={query.error} retry={() => query.refetch()} />
            )
          ) : policies.length === 0 ? (
            <NoPolicies onClear={clear} />
          ) : (
            <PolicyList
              policies={policies}
              total={total}
              openId={openId}
              sort={sort}
              stale={query.isPlaceholderData}
              onSort={(next) => change({ sort: next })}
              onEnd={() => {
                if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
              }}
            />
          )
        }
      >
        <Outlet />
      </Split>
    </Page>
  );
}

function NoPolicies({ onClear }: { readonly onClear: () => void }) {
  return (
    <Empty
      icon={IconFilterOff}
      title="No policy fits these filters"
      action={
        <Button variant="default" onClick={onClear}>
          Clear the filters
        </Button>
      }
    >
      The search looks at ids, titles and types of resources, and at ids of other tools, such as CKV_AZURE_44.
    </Empty>
  );
}
