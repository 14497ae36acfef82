/** What Azure DevOps delivered through its service hooks, and what became of it. */
import { IconWebhook } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { HookEventRow } from "#api/hook-events/contract.ts";
import { ask } from "../../api.ts";
import { Empty } from "../../ui/empty.tsx";
import { LongWord } from "../../ui/long-word.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import type { Column } from "../../ui/table/data-table.tsx";
import { PagedTable, pageSize } from "../../ui/table/paged-table.tsx";
import { Tag, type Tone } from "../../ui/tag.tsx";
import { ActivityTabs } from "./activity-tabs.tsx";

const route = getRouteApi("/signed-in/deliveries");

const states: Readonly<Record<HookEventRow["state"], { readonly label: string; readonly tone: Tone }>> = {
  pending: { label: "Waiting", tone: "busy" },
  handled: { label: "Handled", tone: "good" },
  ignored: { label: "Not needed", tone: "quiet" },
  failed: { label: "Failed", tone: "bad" },
};

const columns: Column<HookEventRow>[] = [
  {
    id: "state",
    header: "State",
    meta: { width: 150 },
    cell: ({ row }) => <Tag tone={states[row.original.state].tone}>{states[row.original.state].label}</Tag>,
  },
  {
    id: "type",
    header: "Event",
    cell: ({ row }) => (
      <code>
        <LongWord>{row.original.eventType}</LongWord>
      </code>
    ),
  },
  { id: "note", header: "Note", cell: ({ row }) => row.original.note ?? "" },
  {
    id: "received",
    header: "Received",
    meta: { width: 150 },
    cell: ({ row }) => <Moment at={row.original.receivedAt} />,
  },
];

export function DeliveriesPage() {
  const { page = 1 } = route.useSearch();
  const navigate = useNavigate({ from: "/deliveries" });
  const query = useQuery({
    ...ask.hookEvents({ offset: (page - 1) * pageSize, limit: pageSize }),
    refetchInterval: 15_000,
  });
  return (
    <Page title="Deliveries">
      <ActivityTabs />
      <PagedTable
        query={query}
        label="Deliveries"
        columns={columns}
        rowId={(row) => row.id}
        page={page}
        one="delivery"
        many="deliveries"
        onPage={(next) => void navigate({ search: { page: next } })}
        empty={
          <Empty icon={IconWebhook} title="Nothing delivered yet">
            Pushes, pull requests and builds of connected projects arrive here through service hooks. If something was
            pushed and nothing arrives, check that Azure DevOps can reach this server's address.
          </Empty>
        }
      />
    </Page>
  );
}
