/** The hooks of one project, or of a whole organization, under a line that sums them up. */
import type { InstanceDetail, Validation } from "#api/instances/contract.ts";
import { sayCount } from "../../ui/amounts.ts";
import { LongWord } from "../../ui/long-word.tsx";
import { Moment } from "../../ui/moment.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { Tag, type Tone } from "../../ui/tag.tsx";
import classes from "./instance.module.css";
import { TestResult } from "./test-result.tsx";

type Subscription = InstanceDetail["subscriptions"][number];
type Result = Validation["results"][number];

/** Azure DevOps' own words, and ours for one not made yet. */
const statuses: Readonly<Record<string, { readonly label: string; readonly tone: Tone }>> = {
  pending: { label: "Being made", tone: "busy" },
  refused: { label: "Not allowed to manage", tone: "warning" },
  enabled: { label: "Enabled", tone: "good" },
  onProbation: { label: "On probation", tone: "warning" },
  disabledByUser: { label: "Disabled by a person", tone: "bad" },
  disabledBySystem: { label: "Disabled by Azure DevOps", tone: "bad" },
  disabledByInactiveIdentity: { label: "Disabled: its owner is inactive", tone: "bad" },
};

interface Row extends Subscription {
  readonly test: Result | undefined;
}

const columns: Column<Row>[] = [
  {
    id: "event",
    header: "Event",
    meta: { width: "30%" },
    cell: ({ row }) => (
      <code>
        <LongWord>{row.original.eventType}</LongWord>
      </code>
    ),
  },
  {
    id: "status",
    header: "Status",
    meta: { width: "19%" },
    cell: ({ row: { original: row } }) => {
      const known = statuses[row.status];
      return (
        <>
          <Tag tone={known?.tone ?? "quiet"}>{known?.label ?? row.status}</Tag>
          {row.checkedAt === null ? null : (
            <div className={classes.quiet}>
              <Moment at={row.checkedAt} />
            </div>
          )}
        </>
      );
    },
  },
  {
    id: "deliveries",
    header: "Deliveries",
    meta: { width: "18%" },
    cell: ({ row: { original: row } }) => (
      <div className={classes.whole}>
        {sayCount(row.accepted)} accepted
        <div className={classes.quiet}>
          {sayCount(row.duplicates)} again, {sayCount(row.refused)} refused
        </div>
      </div>
    ),
  },
  {
    id: "last",
    header: "Last delivery",
    meta: { wideOnly: true, width: "15%" },
    cell: ({ row }) =>
      row.original.lastDeliveryAt === null ? "None yet" : <Moment at={row.original.lastDeliveryAt} />,
  },
  {
    id: "test",
    header: "Last test",
    cell: ({ row }) => (row.original.test === undefined ? "" : <TestResult result={row.original.test} />),
  },
];

interface Properties {
  readonly subscriptions: readonly Subscription[];
  readonly results: readonly Result[];
  /** Whether it begins unfolded. Those that need a look always do. */
  readonly open: boolean;
}

export function HooksOfProject({ subscriptions, results, open }: Properties) {
  const [first] = subscriptions;
  if (first === undefined) return null;
  const rows = subscriptions.map((one): Row => {
    const test = results.find(
      (result) =>
        result.organization === one.organization &&
        result.project === one.project &&
        result.eventType === one.eventType,
    );
    return { ...one, test };
  });
  const healthy = subscriptions.filter((one) => one.status === "enabled").length;
  const sum = (of: (one: Subscription) => number) => subscriptions.reduce((total, one) => total + of(one), 0);
  const name = first.project ?? `All of ${first.organization}`;
  return (
    <details className={classes.project} open={open || healthy < subscriptions.length}>
      <summary>
        <span>
          <span className={classes.projectName}>{name}</span>{" "}
          {first.project === null ? null : <span className={classes.quiet}>{first.organization}</span>}
        </span>
        <Tag tone={healthy === subscriptions.length ? "good" : "warning"}>
          {healthy} of {subscriptions.length} enabled
        </Tag>
        <span className={classes.quiet}>{sayCount(sum((one) => one.accepted))} accepted</span>
        <span className={classes.quiet}>{sayCount(sum((one) => one.refused))} refused</span>
      </summary>
      <DataTable label={`Service hooks of ${name}`} columns={columns} rows={rows} rowId={(row) => row.eventType} />
    </details>
  );
}
