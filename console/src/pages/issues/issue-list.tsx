/** The columns of the list of issues. */
import { Link } from "@tanstack/react-router";
import type { IssueRow, IssuesQuery } from "#api/issues/contract.ts";
import { Moment } from "../../ui/moment.tsx";
import { Severity } from "../../ui/severity.tsx";
import type { LoadedRows } from "../../ui/split/endless-split.tsx";
import { type ListColumn, RowList } from "../../ui/table/row-list.tsx";
import { Badge, Tag } from "../../ui/tag.tsx";
import { sayPlace } from "../../ui/target.ts";
import { issueStates } from "../../ui/words.ts";
import classes from "./issues.module.css";
import { titleOf } from "./title-of.ts";

type Sort = NonNullable<IssuesQuery["sort"]>;

interface Properties extends LoadedRows<IssueRow> {
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

export function IssueList(properties: Properties) {
  return <RowList label="Issues" className={classes.columns} columns={columns} {...properties} />;
}

const columns: readonly ListColumn<IssueRow, Sort>[] = [
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
        <span className={classes.repositoryName}>{repository.name}</span>
        <span className={classes.project}>{repository.project}</span>
      </>
    ),
  },
  {
    label: "State",
    className: classes.state,
    cell: ({ state, onlyInHistory }) => (
      <>
        <Tag tone={issueStates[state.is].tone}>{issueStates[state.is].label}</Tag>
        {onlyInHistory ? <span className={classes.project}>Only in history</span> : null}
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
