/** The columns of the list of fixes. */
import { Link } from "@tanstack/react-router";
import type { FixRow } from "#api/fixes/contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { Moment } from "../../ui/moment.tsx";
import type { LoadedRows } from "../../ui/split/endless-split.tsx";
import { type ListColumn, RowList } from "../../ui/table/row-list.tsx";
import { Tag } from "../../ui/tag.tsx";
import { fixStates } from "../../ui/words.ts";
import classes from "./fixes.module.css";
import { sayAsker } from "./say-asker.ts";

export function FixList(properties: LoadedRows<FixRow>) {
  return <RowList label="Fixes" className={classes.columns} columns={columns} {...properties} />;
}

const columns: readonly ListColumn<FixRow, never>[] = [
  {
    label: "State",
    className: classes.state,
    cell: ({ state }) => <Tag tone={fixStates[state].tone}>{fixStates[state].label}</Tag>,
  },
  {
    label: "Fix",
    cell: ({ id, title, reason, example, repository, targetBranch }, link) => (
      <>
        <Link {...link} from="/fixes" to="/fixes/$fixId" params={{ fixId: id }} search={(before) => before}>
          {title}
        </Link>
        <span className={classes.second}>
          <span className={classes.repository}>
            {repository.name} <span className={classes.branch}>{targetBranch}</span>
          </span>
          <span title={reason ?? example ?? undefined}>{reason ?? example}</span>
        </span>
      </>
    ),
  },
  {
    label: "Ends",
    className: classes.ends,
    cell: ({ fixes }) => countOf(fixes, "problem"),
  },
  {
    label: "Pull request",
    className: classes.pullRequest,
    cell: ({ pullRequest }) =>
      pullRequest === null ? (
        <span className={classes.quiet}>None</span>
      ) : (
        <a href={pullRequest.webUrl} target="_blank" rel="noreferrer" className={classes.outside}>
          !{pullRequest.number}
          <span className={classes.hidden}> opens in a new tab</span>
        </a>
      ),
  },
  {
    label: "Changed",
    className: classes.changed,
    cell: ({ changedAt, askedBy }) => (
      <>
        <Moment at={changedAt} />
        <span className={classes.second}>
          <span>{sayAsker(askedBy)}</span>
        </span>
      </>
    ),
  },
];
