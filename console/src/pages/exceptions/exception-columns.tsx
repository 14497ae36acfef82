/** The columns of the register. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ExceptionRow } from "#api/exceptions/contract.ts";
import { ask } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { Moment, sayDay } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { Remaining } from "../../ui/remaining.tsx";
import { SeverityMark, severityLabels } from "../../ui/severity.tsx";
import type { Column } from "../../ui/table/data-table.tsx";
import { Tag } from "../../ui/tag.tsx";
import { dismissReasonLabels, exceptionSourceLabels, exceptionStates } from "../../ui/words.ts";
import classes from "./exceptions.module.css";
import { useDecideException } from "./use-decide-exception.ts";

export const exceptionColumns: Column<ExceptionRow>[] = [
  { id: "about", header: "About", cell: ({ row }) => <About row={row.original} /> },
  {
    id: "where",
    header: "Holds in",
    meta: { width: 130, wideOnly: true },
    cell: ({ row }) => <Where row={row.original} />,
  },
  { id: "why", header: "Why", meta: { width: 200 }, cell: ({ row }) => <Why row={row.original} /> },
  { id: "who", header: "Who", meta: { width: 135, wideOnly: true }, cell: ({ row }) => <Who row={row.original} /> },
  { id: "state", header: "State", meta: { width: 150 }, cell: ({ row }) => <State row={row.original} /> },
  {
    id: "covers",
    header: "Covers",
    meta: { width: 95, wideOnly: true },
    cell: ({ row }) => <Covers row={row.original} />,
  },
];

interface Properties {
  readonly row: ExceptionRow;
}

function About({ row: { severity, message, rule, path, line, anchor } }: Properties) {
  const of =
    anchor?.is === "advisory"
      ? `${anchor.advisory} against ${anchor.package}`
      : anchor?.is === "rule"
        ? `all that ${rule} says of ${anchor.paths.join(", ")}`
        : path === null
          ? rule
          : `${path}${line === null ? "" : `:${line}`}`;
  return (
    <div className={classes.about}>
      <span className={classes.mark} title={severityLabels[severity]}>
        <SeverityMark severity={severity} />
        <span className={classes.hidden}>{severityLabels[severity]}</span>
      </span>
      <div>
        <div className={classes.message}>{message}</div>
        <code className={classes.of}>{of}</code>
      </div>
    </div>
  );
}

function Where({ row: { repository, instance } }: Properties) {
  if (repository === null) {
    return (
      <>
        <div>All repositories</div>
        <div className={classes.quiet}>of {instance.name}</div>
      </>
    );
  }
  return (
    <>
      <div>{repository.name}</div>
      <div className={classes.quiet}>{repository.project}</div>
    </>
  );
}

function Why({ row: { reason, comment, source } }: Properties) {
  return (
    <div className={classes.why}>
      {reason === null ? null : <div>{dismissReasonLabels[reason]}</div>}
      {comment === "" ? (
        source === "code" ? (
          <div className={classes.quiet}>Without a reason</div>
        ) : null
      ) : (
        <div className={classes.comment}>{comment}</div>
      )}
    </div>
  );
}

function Who({ row: { author, source, at, approver, saidAt } }: Properties) {
  const where = exceptionSourceLabels[source];
  return (
    <>
      <div>{author ?? <span className={classes.quiet}>Not known</span>}</div>
      <div className={classes.quiet}>
        {saidAt === null || !/^https?:/.test(saidAt) ? where : <OutsideLink href={saidAt}>{where}</OutsideLink>},{" "}
        <Moment at={at} />
      </div>
      {approver === null ? null : <div className={classes.quiet}>Approved by {approver}</div>}
    </>
  );
}

function State({ row }: Properties) {
  const { state, until, ended, source } = row;
  const { label, tone } = exceptionStates[state];
  return (
    <>
      {state === "active" && until !== null ? <Remaining until={until} /> : <Tag tone={tone}>{label}</Tag>}
      {state === "active" ? (
        <div className={classes.quiet}>
          {until === null ? (source === "code" ? "While it stands there" : "Without an end") : `Until ${sayDay(until)}`}
        </div>
      ) : null}
      {ended === null ? null : (
        <div className={classes.quiet}>
          {ended.by === null ? "" : `By ${ended.by}, `}
          <Moment at={ended.at} />
        </div>
      )}
      {state === "pending" ? <Decide row={row} /> : null}
    </>
  );
}

/** Nobody agrees to what they asked for themselves; to take it back they may. */
function Decide({ row: { id, author, message } }: Properties) {
  const me = useQuery(ask.session()).data?.user?.name;
  const decide = useDecideException();
  if (id === null) return null;
  const no = author === me ? "Take back" : "Refuse";
  return (
    <div className={classes.decide}>
      {author === me ? null : (
        <Button
          size="compact-xs"
          loading={decide.isPending}
          aria-label={`Approve: ${message}`}
          onClick={() => decide.mutate({ id, is: "approve" })}
        >
          Approve
        </Button>
      )}
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`${no}: ${message}`}
        onClick={() => decide.mutate({ id, is: "refuse" })}
      >
        {no}
      </Button>
    </div>
  );
}

function Covers({ row: { covers, state } }: Properties) {
  const parts = [
    ...(covers.issues === 0 ? [] : [countOf(covers.issues, "issue")]),
    ...(covers.pullRequests === 0 ? [] : [countOf(covers.pullRequests, "pull request")]),
  ];
  if (parts.length > 0) return parts.map((part) => <div key={part}>{part}</div>);
  return <span className={classes.quiet}>{state === "active" ? "Nothing now" : "Nothing"}</span>;
}
