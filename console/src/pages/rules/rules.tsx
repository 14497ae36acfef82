/** Rules: what Sallyport looks for, and what was decided about it; one rule may stand beside the list. */
import { Button } from "@mantine/core";
import { IconAdjustments } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate, useParams } from "@tanstack/react-router";
import { ask } from "../../api.ts";
import type { RuleFilters } from "../../search-filters.ts";
import { countOf } from "../../ui/amounts.ts";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { NothingFits } from "../../ui/nothing-fits.tsx";
import { Page } from "../../ui/page.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { EndlessSplit } from "../../ui/split/endless-split.tsx";
import { ruleFilters, WordFilters } from "../../ui/word-filters.tsx";
import { ruleChips } from "./rule-chips.tsx";
import { RuleList } from "./rule-list.tsx";

const route = getRouteApi("/signed-in/rules");

export function RulesPage() {
  const filters = route.useSearch();
  const navigate = useNavigate({ from: "/rules" });
  const { _splat: openId } = useParams({ strict: false });
  const sort = filters.sort ?? "severity";
  const query = useInfiniteQuery(
    ask.rules({ ...filters, changed: filters.changed === "true" ? true : undefined, sort, limit: 200 }),
  );
  const total = query.data?.pages[0]?.total ?? 0;
  const change = (next: RuleFilters) =>
    void navigate({ to: ".", search: (before) => ({ ...before, ...next }), replace: true });
  const clear = () => void navigate({ to: ".", search: { sort: filters.sort }, replace: true });
  const chips = ruleChips(filters, change);
  return (
    <Page title="Rules" tall lead={query.data === undefined ? undefined : countOf(total, "rule", "rules")}>
      <FilterBar chips={chips} onClear={clear}>
        <SearchField
          label="Search rules"
          value={filters.search ?? ""}
          onChange={(search) => change({ search: search || undefined })}
        />
        <WordFilters of={ruleFilters} filters={filters} onChange={change} />
        <Button
          variant={filters.changed === undefined ? "default" : "light"}
          aria-pressed={filters.changed !== undefined}
          leftSection={<IconAdjustments size={16} />}
          onClick={() => change({ changed: filters.changed === undefined ? "true" : undefined })}
        >
          Changed by us
        </Button>
      </FilterBar>
      <EndlessSplit
        query={query}
        rowId={(rule) => rule.id}
        openId={openId}
        onStep={({ id }) =>
          void navigate({ to: "/rules/$", params: { _splat: id }, search: (before) => before, replace: true })
        }
        empty={<NoRules onClear={clear} />}
      >
        {(loaded) => <RuleList {...loaded} sort={sort} onSort={(next) => change({ sort: next })} />}
      </EndlessSplit>
    </Page>
  );
}

function NoRules({ onClear }: { readonly onClear: () => void }) {
  return (
    <NothingFits what="rule" onClear={onClear}>
      The search looks at ids, titles, providers, what secrets look like and types of resources, and at ids of other
      tools, such as CKV_AZURE_44 or github-pat.
    </NothingFits>
  );
}
