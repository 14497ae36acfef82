/** The proof, repository by repository, and what it costs: the budget at Azure DevOps and where it went. */

import { Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { InstanceHealth } from "#api/instance-health/contract.ts";
import type { InstanceDetail } from "#api/instances/contract.ts";
import { ask } from "../../api.ts";
import { Age } from "../../ui/age.tsx";
import { sayCount, sayDuration, shortCommit } from "../../ui/amounts.ts";
import { Columns, PanelStack } from "../../ui/columns.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Tag } from "../../ui/tag.tsx";
import classes from "./instance.module.css";
import { Proof } from "./proof.tsx";
import { purposeLabels } from "./purpose-labels.ts";

type Lag = InstanceHealth["lags"][number];
type Spent = InstanceHealth["spend"][number];

const lagColumns: Column<Lag>[] = [
  {
    id: "repository",
    header: "Repository",
    cell: ({ row: { original: row } }) => (
      <>
        <Link to="/scans" search={{ repositoryId: row.id }} className={classes.plain}>
          {row.repository}
        </Link>
        <div className={classes.quiet}>{row.project}</div>
      </>
    ),
  },
  { id: "lag", header: "Scan", cell: ({ row }) => <LagTag lag={row.original} /> },
  {
    id: "head",
    header: "Head",
    meta: { wideOnly: true },
    cell: ({ row }) => (row.original.headCommit === null ? "" : <code>{shortCommit(row.original.headCommit)}</code>),
  },
  {
    id: "checked",
    header: "Looked at",
    cell: ({ row }) => (row.original.headCheckedAt === null ? "Not yet" : <Age since={row.original.headCheckedAt} />),
  },
];

function LagTag({ lag }: { readonly lag: Lag }) {
  if (lag.headCommit === null) return <Tag tone="quiet">Nothing to scan</Tag>;
  if (lag.headCommit === lag.scannedCommit) return <Tag tone="good">Up to date</Tag>;
  return <Tag tone="warning">{lag.scannedCommit === null ? "Not scanned yet" : "Behind"}</Tag>;
}

const spendColumns: Column<Spent>[] = [
  {
    id: "purpose",
    header: "For",
    cell: ({ row }) => (
      <>
        {purposeLabels[row.original.purpose]}
        <div className={classes.quiet}>{row.original.organization}</div>
      </>
    ),
  },
  { id: "calls", header: "Calls", meta: { align: "right" }, cell: ({ row }) => sayCount(row.original.calls) },
  { id: "trouble", header: "Trouble", cell: ({ row }) => sayTrouble(row.original) },
];

function sayTrouble({ refused, failed, delayedMilliseconds }: Spent): string {
  const parts = [
    refused === 0 ? "" : `${sayCount(refused)} too many`,
    failed === 0 ? "" : `${sayCount(failed)} failed`,
    delayedMilliseconds === 0 ? "" : `waited ${sayDuration(delayedMilliseconds)}`,
  ];
  return parts.filter((part) => part !== "").join(", ") || "None";
}

export function CoverageTab({ instance }: { readonly instance: InstanceDetail }) {
  const health = useQuery(ask.instanceHealth(instance.id));
  return (
    <Columns>
      <PanelStack>
        <Panel title="Scan coverage">
          <Proof heads={instance.heads} repositories={instance.repositories.chosen} />
        </Panel>
        <Panel title="Furthest behind" flush>
          <Listing query={health} isEmpty={() => false} empty={null}>
            {(answer) => <DataTable label="Scan lag" columns={lagColumns} rows={answer.lags} rowId={(row) => row.id} />}
          </Listing>
        </Panel>
      </PanelStack>
      <PanelStack>
        <Panel title="Budget at Azure DevOps">
          <Listing query={health} isEmpty={() => false} empty={null}>
            {(answer) => answer.paces.map((pace) => <Pace key={pace.organization} pace={pace} />)}
          </Listing>
        </Panel>
        <Panel title="Calls in 24 hours" flush>
          <Listing query={health} isEmpty={() => false} empty={null}>
            {(answer) => (
              <DataTable
                label="Calls in 24 hours"
                columns={spendColumns}
                rows={answer.spend}
                rowId={(row) => `${row.organization} ${row.purpose}`}
              />
            )}
          </Listing>
        </Panel>
      </PanelStack>
    </Columns>
  );
}

function Pace({ pace }: { readonly pace: InstanceHealth["paces"][number] }) {
  const { limit, remaining } = pace;
  return (
    <div className={classes.choice}>
      <strong>{pace.organization}</strong>
      {limit === null || remaining === null ? (
        <span className={classes.quiet}>Azure DevOps names no limit: it is far away.</span>
      ) : (
        <>
          <Progress
            value={limit === 0 ? 0 : Math.min(100, (remaining / limit) * 100)}
            color={remaining < limit / 4 ? "red" : "copper"}
            aria-label={`Budget left in ${pace.organization}`}
          />
          <span className={classes.quiet}>
            {sayCount(Math.round(remaining))} of {sayCount(Math.round(limit))} units left
            {pace.resetAt === null ? null : (
              <>
                , full again <Moment at={pace.resetAt} />
              </>
            )}
          </span>
        </>
      )}
      {pace.pausedUntil === null ? null : (
        <Tag tone="warning">
          Azure DevOps asked to wait until <Moment at={pace.pausedUntil} />
        </Tag>
      )}
      <span className={classes.quiet}>
        {pace.waiting === 0 ? "No call waits" : `${sayCount(pace.waiting)} calls wait`} · seen{" "}
        <Age since={pace.seenAt} />
      </span>
    </div>
  );
}
