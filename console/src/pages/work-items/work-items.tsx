/** Work items: what Azure Boards keeps about issues, changed last first; those that people closed wait for a decision. */
import { IconFilterOff, IconLayoutKanban } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate, useParams } from "@tanstack/react-router";
import { ask } from "../../api.ts";
import type { WorkItemFilters } from "../../search-filters.ts";
import { countOf } from "../../ui/amounts.ts";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { RepositoryPicker } from "../../ui/repository-picker.tsx";
import { EndlessSplit } from "../../ui/split/endless-split.tsx";
import { WordFilters } from "../../ui/word-filters.tsx";
import { useWorkItemChips, workItemWordFilters } from "./use-work-item-chips.ts";
import { WorkItemList } from "./work-item-list.tsx";

const route = getRouteApi("/signed-in/work-items");

export function WorkItemsPage() {
  const filters = route.useSearch();
  const navigate = useNavigate({ from: "/work-items" });
  const { workItemId } = useParams({ strict: false });
  const query = useInfiniteQuery({ ...ask.workItems({ ...filters, limit: 100 }), refetchInterval: 20_000 });
  const total = query.data?.pages[0]?.total;
  const change = (next: WorkItemFilters) =>
    void navigate({ to: ".", search: (before) => ({ ...before, ...next }), replace: true });
  const clear = () => void navigate({ to: ".", search: {}, replace: true });
  const chips = useWorkItemChips(filters, change);
  return (
    <Page
      title="Work items"
      tall
      lead={total === undefined ? undefined : `${countOf(total, "work item")} in Azure Boards, changed last first`}
    >
      <ToConfirm filters={filters} />
      <FilterBar chips={chips} onClear={clear}>
        <WordFilters of={workItemWordFilters} filters={filters} onChange={change} />
        <RepositoryPicker repositoryId={filters.repositoryId} onChange={(repositoryId) => change({ repositoryId })} />
      </FilterBar>
      <EndlessSplit
        query={query}
        rowId={({ id }) => id}
        openId={workItemId}
        onStep={({ id }) =>
          void navigate({
            to: "/work-items/$workItemId",
            params: { workItemId: id },
            search: (before) => before,
            replace: true,
          })
        }
        empty={<NoWorkItems filtered={chips.length > 0} />}
      >
        {(loaded) => <WorkItemList {...loaded} />}
      </EndlessSplit>
    </Page>
  );
}

/** Somebody has to decide, whatever the filters show. */
function ToConfirm({ filters }: { readonly filters: WorkItemFilters }) {
  const query = useQuery({
    ...ask.workItemCount({ state: ["closed-by-people"], instanceId: filters.instanceId }),
    refetchInterval: 60_000,
  });
  const count = query.data?.total ?? 0;
  if (count === 0 || filters.state?.join() === "closed-by-people") return null;
  return (
    <Notice>
      {countOf(count, "work item was", "work items were")} closed in Boards while issues are open.{" "}
      <Link to="/work-items" search={{ ...filters, state: ["closed-by-people"] }} style={{ color: "inherit" }}>
        Decide about {count === 1 ? "it" : "them"}
      </Link>
    </Notice>
  );
}

function NoWorkItems({ filtered }: { readonly filtered: boolean }) {
  if (filtered) return <Empty icon={IconFilterOff} title="No work item fits these filters" />;
  return (
    <Empty icon={IconLayoutKanban} title="No work item yet">
      A policy with the action “work item” asks for them, or a person at an issue. Issues of one root cause share one;
      it is closed when they are fixed, and opened again when they return.
    </Empty>
  );
}
