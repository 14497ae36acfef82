/** The columns of the list of work items. */
import { Link } from "@tanstack/react-router";
import type { WorkItemRow } from "#api/work-items/contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { Moment } from "../../ui/moment.tsx";
import type { LoadedRows } from "../../ui/split/endless-split.tsx";
import { type ListColumn, RowList } from "../../ui/table/row-list.tsx";
import { Tag } from "../../ui/tag.tsx";
import { workItemStates } from "../../ui/words.ts";
import classes from "./work-items.module.css";

export function WorkItemList(properties: LoadedRows<WorkItemRow>) {
  return <RowList label="Work items" className={classes.columns} columns={columns} {...properties} />;
}

const columns: readonly ListColumn<WorkItemRow, never>[] = [
  {
    label: "State",
    cell: ({ state }) => <Tag tone={workItemStates[state].tone}>{workItemStates[state].label}</Tag>,
  },
  {
    label: "Work item",
    cell: ({ id, title, reason, repository }, link) => (
      <>
        <Link
          {...link}
          from="/work-items"
          to="/work-items/$workItemId"
          params={{ workItemId: id }}
          search={(before) => before}
        >
          {title}
        </Link>
        <span className={classes.second}>
          <span className={classes.repository}>{repository.name}</span>
          {reason === null ? null : <span title={reason}>{reason}</span>}
        </span>
      </>
    ),
  },
  {
    label: "Issues",
    className: classes.issues,
    cell: ({ issues, openIssues }) => (
      <>
        {countOf(issues, "issue")}
        <span className={classes.second}>{openIssues === 0 ? "none open" : `${openIssues} open`}</span>
      </>
    ),
  },
  {
    label: "In Boards",
    className: classes.boards,
    cell: ({ number, webUrl, type, remoteState }) => (
      <>
        {number === null ? (
          <span className={classes.quiet}>Not yet</span>
        ) : webUrl === null ? (
          `#${number}`
        ) : (
          <a href={webUrl} target="_blank" rel="noreferrer" className={classes.outside}>
            #{number}
            <span className={classes.hidden}> opens in a new tab</span>
          </a>
        )}
        <span className={classes.second}>
          <span>{[type, remoteState].filter((one) => one !== null).join(", ")}</span>
        </span>
      </>
    ),
  },
  {
    label: "Changed",
    className: classes.changed,
    cell: ({ changedAt, askedBy }) => (
      <>
        <Moment at={changedAt} />
        <span className={classes.second}>
          <span>{askedBy.is === "policy" ? `Policy ${askedBy.name}` : askedBy.name}</span>
        </span>
      </>
    ),
  },
];
