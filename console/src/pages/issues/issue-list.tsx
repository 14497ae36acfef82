/** The columns of the list of issues. */
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { IssueRow, IssuesQuery } from "#api/issues/contract.ts";
import { DueTag } from "../../ui/due-tag.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Severity } from "../../ui/severity.tsx";
import type { LoadedRows } from "../../ui/split/endless-split.tsx";
import { chooseColumn } from "../../ui/table/choose-column.tsx";
import { type ListColumn, RowList } from "../../ui/table/row-list.tsx";
import { Badge, Tag } from "../../ui/tag.tsx";
import { sayPlace } from "../../ui/target.ts";
import { UrgencyScore } from "../../ui/urgency-score.tsx";
import type { Selection } from "../../ui/use-selection.ts";
import { issueStates, noveltyLabels } from "../../ui/words.ts";
import classes from "./issues.module.css";
import { sayOwner } from "./say-owner.ts";
import { titleOf } from "./title-of.ts";

type Sort = NonNullable<IssuesQuery["sort"]>;
type Column = ListColumn<IssueRow, Sort>;

interface Properties extends LoadedRows<IssueRow> {
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly selection: Selection<IssueRow>;
  readonly onActive: (issue: IssueRow) => void;
}

export function IssueList({ selection, ...properties }: Properties) {
  const { rows } = properties;
  const columns = useMemo(() => [chooseColumn<IssueRow, Sort>(rows, selection, titleOf), ...facts], [rows, selection]);
  return (
    <RowList label="Issues" className={classes.columns} columns={columns} isChosen={selection.has} {...properties} />
  );
}

const facts: readonly Column[] = [
  {
    label: "Urgency",
    by: "urgency",
    className: classes.urgency,
    cell: ({ urgency }) => <UrgencyScore score={urgency} />,
  },
  {
    label: "Severity",
    by: "severity",
    className: classes.severity,
    cell: ({ severity }) => <Severity severity={severity} wordClassName={classes.severityWord} />,
  },
  {
    label: "Issue",
    by: "rule",
    cell: ({ id, at, aliases, ...issue }, link) => (
      <>
        <Link {...link} from="/issues" to="/issues/$issueId" params={{ issueId: id }} search={(before) => before}>
          {titleOf(issue)}
        </Link>
        <span className={classes.where}>
          <span className={classes.place}>{sayPlace(at)}</span>
          <Aliases aliases={aliases} />
        </span>
      </>
    ),
  },
  {
    label: "Repository",
    by: "repository",
    className: classes.repository,
    cell: ({ repository }) => (
      <>
        <span className={classes.line}>{repository.name}</span>
        <span className={classes.quietLine}>{repository.project}</span>
      </>
    ),
  },
  {
    label: "Owner",
    className: classes.owner,
    cell: ({ owner }) =>
      owner === null ? null : (
        <span className={classes.line} title={owner.name}>
          {sayOwner(owner)}
        </span>
      ),
  },
  {
    label: "Due",
    by: "due",
    className: classes.due,
    cell: ({ state, due, novelty, onlyInHistory, branches }) => (
      <>
        {state.is === "open" && due !== null && due.state !== "none" ? (
          <DueTag due={due} />
        ) : (
          <Tag tone={issueStates[state.is].tone}>{issueStates[state.is].label}</Tag>
        )}
        <span className={classes.quietLine}>
          {noveltyLabels[novelty]}
          {onlyInHistory ? (branches.length > 0 ? ", in a branch" : ", only in history") : ""}
        </span>
      </>
    ),
  },
  {
    label: "First seen",
    by: "first-seen",
    className: classes.seen,
    cell: ({ firstSeen }) => <Moment at={firstSeen} />,
  },
];

/** The id that most people know; how many more there are is in the issue. */
function Aliases({ aliases: [first] }: { readonly aliases: readonly string[] }) {
  if (first === undefined) return null;
  return <Badge>{first}</Badge>;
}
