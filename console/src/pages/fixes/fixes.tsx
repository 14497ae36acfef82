/** Fixes: what Sallyport proposes as pull requests, changed last first; filtered by the address, one may stand beside the list. */
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTool } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate, useParams } from "@tanstack/react-router";
import { ask } from "../../api.ts";
import type { FixFilters } from "../../search-filters.ts";
import { countOf } from "../../ui/amounts.ts";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Page } from "../../ui/page.tsx";
import { RepositoryPicker } from "../../ui/repository-picker.tsx";
import { EndlessSplit } from "../../ui/split/endless-split.tsx";
import { WordFilters } from "../../ui/word-filters.tsx";
import { AskForFix } from "./ask-for-fix.tsx";
import { FixList } from "./fix-list.tsx";
import { NoFixes } from "./no-fixes.tsx";
import { fixWordFilters, useFixChips } from "./use-fix-chips.ts";

const route = getRouteApi("/signed-in/fixes");

export function FixesPage() {
  const filters = route.useSearch();
  const navigate = useNavigate({ from: "/fixes" });
  const { fixId } = useParams({ strict: false });
  const [asking, dialog] = useDisclosure(false);
  const query = useInfiniteQuery({ ...ask.fixes({ ...filters, limit: 100 }), refetchInterval: 20_000 });
  const total = query.data?.pages[0]?.total;
  const change = (next: FixFilters) =>
    void navigate({ to: ".", search: (before) => ({ ...before, ...next }), replace: true });
  const clear = () => void navigate({ to: ".", search: {}, replace: true });
  const chips = useFixChips(filters, change);
  return (
    <Page
      title="Fixes"
      tall
      lead={total === undefined ? undefined : `${countOf(total, "fix", "fixes")}, changed last first`}
      actions={
        <Button leftSection={<IconTool size={16} />} onClick={dialog.open}>
          Ask for a fix
        </Button>
      }
    >
      <FilterBar chips={chips} onClear={clear}>
        <WordFilters of={fixWordFilters} filters={filters} onChange={change} />
        <RepositoryPicker repositoryId={filters.repositoryId} onChange={(repositoryId) => change({ repositoryId })} />
      </FilterBar>
      <EndlessSplit
        query={query}
        rowId={({ id }) => id}
        openId={fixId}
        onStep={({ id }) =>
          void navigate({ to: "/fixes/$fixId", params: { fixId: id }, search: (before) => before, replace: true })
        }
        empty={<NoFixes filtered={chips.length > 0} onClear={clear} onAsk={dialog.open} />}
      >
        {(loaded) => <FixList {...loaded} />}
      </EndlessSplit>
      <AskForFix opened={asking} repositoryId={filters.repositoryId} onClose={dialog.close} />
    </Page>
  );
}
