/** What the table of gates shows. */
import { Anchor } from "@mantine/core";
import type { GateRow } from "#api/gates/contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { Moment } from "../../ui/moment.tsx";
import type { Column } from "../../ui/table/data-table.tsx";
import { Badge, Tag } from "../../ui/tag.tsx";
import { gateStates } from "../../ui/words.ts";
import classes from "./gates.module.css";

export function gateColumns(onBypassers: (gate: GateRow) => void): Column<GateRow>[] {
  return [
    {
      id: "branch",
      header: "Branch",
      meta: { width: 270 },
      cell: ({ row: { original: row } }) => (
        <div className={classes.branch}>
          <b>{row.repository}</b> <code>{row.branch}</code> {row.isDefault ? <Badge>Default</Badge> : null}
          <div className={classes.quiet}>
            {row.organization} / {row.project}
          </div>
        </div>
      ),
    },
    { id: "state", header: "A red scan", cell: ({ row }) => <State row={row.original} /> },
    {
      id: "bypass",
      header: "Who may pass by",
      meta: { width: 165, wideOnly: true },
      cell: ({ row: { original: row } }) => <Bypass row={row} onOpen={() => onBypassers(row)} />,
    },
    {
      id: "asked",
      header: "Asked for by",
      meta: { width: 130, wideOnly: true },
      cell: ({ row: { original: row } }) =>
        row.wanted ? (
          <>
            {row.changedBy}
            {row.changedAt === null ? null : (
              <div className={classes.quiet}>
                <Moment at={row.changedAt} />
              </div>
            )}
          </>
        ) : (
          <span className={classes.quiet}>Nobody</span>
        ),
    },
    {
      id: "checked",
      header: "Looked at",
      meta: { width: 130, wideOnly: true },
      cell: ({ row: { original: row } }) =>
        row.checkedAt === null ? <span className={classes.quiet}>Not yet</span> : <Moment at={row.checkedAt} />,
    },
  ];
}

function State({ row }: { readonly row: GateRow }) {
  const { tone, label } = gateStates[row.state];
  // Where nobody asked for a gate, its lack is no alarm.
  const calm = !row.wanted && row.state === "ineffective";
  return (
    <div className={classes.state}>
      <Tag tone={calm ? "quiet" : tone}>{label}</Tag>
      {row.flaws.length === 0 ? null : (
        <ul className={classes.flaws}>
          {row.flaws.map(({ code, said }) => (
            <li key={code}>{said}</li>
          ))}
        </ul>
      )}
      {row.evaluation === null ? null : (
        <div className={classes.quiet}>
          At pull request !{row.evaluation.pullRequest} Azure DevOps says {evaluations[row.evaluation.status]}
        </div>
      )}
    </div>
  );
}

const evaluations: Readonly<Record<string, string>> = {
  queued: "that it waits for it",
  running: "that it waits for it",
  approved: "that it is green",
  rejected: "that it is red",
  notApplicable: "that it does not apply",
  broken: "that the policy is broken",
};

function Bypass({ row, onOpen }: { readonly row: GateRow; readonly onOpen: () => void }) {
  const { bypassers, directPushes } = row;
  return (
    <div>
      {bypassers === null ? (
        <span className={classes.quiet}>Not known</span>
      ) : bypassers.length === 0 ? (
        "Nobody"
      ) : (
        <Anchor component="button" type="button" fz="inherit" onClick={onOpen}>
          {sayBypassers(bypassers)}
        </Anchor>
      )}
      {directPushes === true ? <div className={classes.quiet}>Pushes need no pull request</div> : null}
    </div>
  );
}

function sayBypassers(bypassers: NonNullable<GateRow["bypassers"]>): string {
  const groups = bypassers.filter(({ isGroup }) => isGroup).length;
  const people = bypassers.length - groups;
  return [
    ...(groups === 0 ? [] : [countOf(groups, "group")]),
    ...(people === 0 ? [] : [countOf(people, "person", "people")]),
  ].join(", ");
}
