/** Who did what, newest first. */
import { IconHistory } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { AuditRow } from "#api/audit/contract.ts";
import { ask } from "../../api.ts";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { sayData } from "../../ui/say-data.ts";
import type { Column } from "../../ui/table/data-table.tsx";
import { PagedTable, pageSize } from "../../ui/table/paged-table.tsx";
import { Trail } from "../../ui/trail.tsx";
import classes from "./audit.module.css";

const route = getRouteApi("/signed-in/settings/audit");

const columns: Column<AuditRow>[] = [
  { id: "at", header: "When", meta: { width: 160 }, cell: ({ row }) => <Moment at={row.original.at} /> },
  { id: "actor", header: "Who", cell: ({ row }) => <strong>{row.original.actor}</strong> },
  { id: "action", header: "What", cell: ({ row }) => <code>{row.original.action}</code> },
  {
    id: "subject",
    header: "To what",
    cell: ({ row }) => <div className={classes.subject}>{row.original.subject}</div>,
  },
  {
    id: "data",
    header: "More",
    meta: { wideOnly: true },
    cell: ({ row }) => sayData(row.original.data),
  },
];

export function AuditPage() {
  const { page = 1 } = route.useSearch();
  const navigate = useNavigate({ from: "/settings/audit" });
  const query = useQuery(ask.audit({ offset: (page - 1) * pageSize, limit: pageSize }));
  return (
    <Page
      title="Audit"
      lead="Kept also when what it speaks of is deleted."
      trail={
        <Trail>
          <span>Settings</span>
        </Trail>
      }
    >
      <PagedTable
        query={query}
        label="Audit"
        columns={columns}
        rowId={(row) => row.id}
        page={page}
        one="line"
        onPage={(next) => void navigate({ search: { page: next } })}
        empty={
          <Empty icon={IconHistory} title="Nothing happened yet">
            Connections, decisions about issues and new people are written down here.
          </Empty>
        }
      />
    </Page>
  );
}
