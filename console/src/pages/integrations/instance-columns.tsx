/** What the grid of instances shows. */
import { Link } from "@tanstack/react-router";
import type { InstanceRow } from "#api/instances/contract.ts";
import { sayCount } from "../../ui/amounts.ts";
import { AzureDevOpsMark } from "../../ui/azure-devops-mark.tsx";
import type { Column } from "../../ui/table/data-table.tsx";
import { takesLabels } from "../../ui/words.ts";
import { Coverage } from "./coverage.tsx";
import { InstanceStatus } from "./instance-status.tsx";
import classes from "./integrations.module.css";
import { SignedInAs } from "./signed-in-as.tsx";

export const instanceColumns: Column<InstanceRow>[] = [
  {
    id: "name",
    header: "Instance",
    cell: ({ row: { original: row } }) => (
      <div className={classes.name}>
        <AzureDevOpsMark size={26} />
        <div>
          <Link to="/settings/integrations/$instanceId" params={{ instanceId: row.id }}>
            {row.name}
          </Link>
          <div className={classes.quiet}>{row.organizations.map((organization) => organization.name).join(", ")}</div>
        </div>
      </div>
    ),
  },
  { id: "status", header: "Status", cell: ({ row }) => <InstanceStatus instance={row.original} /> },
  {
    id: "repositories",
    header: "Repositories",
    meta: { wideOnly: true },
    cell: ({ row: { original: row } }) => (
      <>
        {sayCount(row.repositories.chosen)} of {sayCount(row.repositories.total)}
        <div className={classes.quiet}>{takesLabels[row.takes]}</div>
      </>
    ),
  },
  {
    id: "issues",
    header: "Open issues",
    meta: { align: "right" },
    cell: ({ row }) => (
      <Link to="/issues" search={{ instanceId: row.original.id }} className={classes.plain}>
        {sayCount(row.original.issues)}
      </Link>
    ),
  },
  {
    id: "hooks",
    header: "Hooks",
    meta: { wideOnly: true },
    cell: ({ row: { original: row } }) =>
      row.hooks.total === 0 ? (
        "None"
      ) : (
        <span className={classes.whole}>
          {sayCount(row.hooks.healthy)} of {sayCount(row.hooks.total)}
        </span>
      ),
  },
  {
    id: "coverage",
    header: "Coverage",
    meta: { wideOnly: true },
    cell: ({ row }) => <Coverage heads={row.original.heads} />,
  },
  {
    id: "signIn",
    header: "Signed in as",
    meta: { wideOnly: true },
    cell: ({ row }) => <SignedInAs instance={row.original} />,
  },
];
