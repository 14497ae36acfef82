/** The service hooks of an instance: what Azure DevOps says of each, and what arrived. */
import type { InstanceDetail } from "#api/instances/contract.ts";
import { sayCount } from "../../ui/amounts.ts";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { Tag, type Tone } from "../../ui/tag.tsx";
import classes from "./integrations.module.css";

type Subscription = InstanceDetail["subscriptions"][number];

/** Azure DevOps' own words, and ours for one not made yet. */
const statuses: Readonly<Record<string, { readonly label: string; readonly tone: Tone }>> = {
  pending: { label: "Being made", tone: "busy" },
  enabled: { label: "Enabled", tone: "good" },
  onProbation: { label: "On probation", tone: "warning" },
  disabledByUser: { label: "Disabled by a person", tone: "bad" },
  disabledBySystem: { label: "Disabled by Azure DevOps", tone: "bad" },
  disabledByInactiveIdentity: { label: "Disabled: its owner is inactive", tone: "bad" },
};

const columns: Column<Subscription>[] = [
  {
    id: "event",
    header: "Event",
    cell: ({ row: { original: row } }) => (
      <>
        <code>{row.eventType}</code>
        <div className={classes.quiet}>{row.project}</div>
      </>
    ),
  },
  {
    id: "status",
    header: "Status",
    cell: ({ row }) => {
      const known = statuses[row.original.status];
      return <Tag tone={known?.tone ?? "quiet"}>{known?.label ?? row.original.status}</Tag>;
    },
  },
  {
    id: "accepted",
    header: "Accepted",
    meta: { align: "right" },
    cell: ({ row }) => sayCount(row.original.accepted),
  },
  {
    id: "refused",
    header: "Refused",
    meta: { align: "right", wideOnly: true },
    cell: ({ row }) => sayCount(row.original.refused),
  },
  {
    id: "last",
    header: "Last delivery",
    meta: { wideOnly: true },
    cell: ({ row }) =>
      row.original.lastDeliveryAt === null ? "None yet" : <Moment at={row.original.lastDeliveryAt} />,
  },
];

export function Hooks({ instance }: { readonly instance: InstanceDetail }) {
  return (
    <Panel title="Service hooks" flush={instance.subscriptions.length > 0}>
      {instance.subscriptions.length === 0 ? (
        <p style={{ margin: 0 }}>None yet. They are made right after an instance is saved.</p>
      ) : (
        <DataTable
          label="Service hooks"
          columns={columns}
          rows={instance.subscriptions}
          rowId={(row) => `${row.project} ${row.eventType}`}
        />
      )}
    </Panel>
  );
}
