/** What came of a dry run: how many would have been blocked, whose, by what, and which. */
import { Link } from "@tanstack/react-router";
import type { DryRunAnswer } from "#api/policies/contract.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";
import { Moment } from "../../ui/moment.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { LinkedName } from "../../ui/table/linked-name.tsx";
import { Tag } from "../../ui/tag.tsx";
import { verdictOutcomes } from "../../ui/words.ts";
import classes from "./policies.module.css";

type Row = DryRunAnswer["rows"][number];

interface Properties {
  readonly run: DryRunAnswer;
  /** Of a policy, by its id. */
  readonly nameOf: (policy: string) => string;
}

export function DryRunResult({ run, nameOf }: Properties) {
  const { days, pullRequests, wouldBlock, newlyBlocked, freed, findings } = run;
  return (
    <div className={classes.result}>
      <div>
        <p className={classes.headline}>
          {pullRequests === 0
            ? `No pull request was scanned in the last ${days} days`
            : `${sayCount(wouldBlock)} of ${countOf(pullRequests, "pull request")} of the last ${days} days would have been blocked`}
        </p>
        {pullRequests === 0 ? null : (
          <p className={classes.compared}>
            <Tag tone={newlyBlocked === 0 ? "quiet" : "bad"}>{sayCount(newlyBlocked)} that were not blocked then</Tag>
            <Tag tone={freed === 0 ? "quiet" : "good"}>{sayCount(freed)} that were blocked would have passed</Tag>
            <span className={classes.quiet}>{countOf(findings, "finding")} looked at</span>
          </p>
        )}
      </div>
      {wouldBlock === 0 ? null : (
        <div className={classes.tallies}>
          <Tally title="Whose" rows={run.authors.map(({ author, blocked }) => [author, blocked])} of={wouldBlock} />
          <Tally
            title="By which policy"
            rows={run.policies.map((one) => [nameOf(one.policy), one.blocked])}
            of={wouldBlock}
          />
        </div>
      )}
      {run.rows.length === 0 ? null : (
        <div className={classes.ran}>
          <DataTable
            label="Pull requests of the dry run"
            columns={columnsOf(nameOf)}
            rows={run.rows}
            rowId={({ repository, number }) => `${repository.id} ${number}`}
          />
        </div>
      )}
    </div>
  );
}

interface TallyProperties {
  readonly title: string;
  readonly rows: readonly (readonly [name: string, count: number])[];
  readonly of: number;
}

const shown = 8;

function Tally({ title, rows, of }: TallyProperties) {
  const rest = rows.slice(shown);
  return (
    <table className={classes.tally}>
      <caption>{title}</caption>
      <tbody>
        {rows.slice(0, shown).map(([name, count]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <span className={classes.bar}>
                <progress value={count} max={of} aria-hidden="true" />
                <span>{sayCount(count)}</span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
      {rest.length === 0 ? null : (
        <tfoot>
          <tr>
            <th scope="row" className={classes.quiet}>
              {countOf(rest.length, "more", "more")}
            </th>
            <td />
          </tr>
        </tfoot>
      )}
    </table>
  );
}

const columnsOf = (nameOf: Properties["nameOf"]): Column<Row>[] => [
  {
    id: "title",
    header: "Pull request",
    cell: ({ row: { original: row } }) => (
      <LinkedName>
        <Link
          to="/pull-requests/$repositoryId/$number"
          params={{ repositoryId: row.repository.id, number: String(row.number) }}
        >
          {row.title}
        </Link>
        <div className={classes.quiet}>
          {row.repository.name} !{row.number}, {row.author}
        </div>
      </LinkedName>
    ),
  },
  {
    id: "was",
    header: "Then",
    meta: { width: 130 },
    cell: ({ row }) => <Outcome outcome={row.original.was} />,
  },
  {
    id: "would",
    header: "With it",
    meta: { width: 130 },
    cell: ({ row: { original: row } }) => (
      <>
        <Outcome outcome={row.wouldBe} />
        {row.wouldBe === "blocked" && row.wouldEnd === "passed" ? (
          <div className={classes.quiet}>put right since</div>
        ) : null}
      </>
    ),
  },
  {
    id: "why",
    header: "Because of",
    meta: { wideOnly: true },
    cell: ({ row: { original: row } }) => (
      <ul className={classes.found}>
        {row.findings.slice(0, 3).map(({ fingerprint, message, policy }) => (
          <li key={fingerprint}>
            {message} <span className={classes.quiet}>({nameOf(policy)})</span>
          </li>
        ))}
        {row.findings.length > 3 ? <li className={classes.quiet}>and {row.findings.length - 3} more</li> : null}
      </ul>
    ),
  },
  {
    id: "updated",
    header: "Updated",
    meta: { width: 130, wideOnly: true },
    cell: ({ row }) => <Moment at={row.original.updatedAt} />,
  },
];

function Outcome({ outcome }: { readonly outcome: Row["was"] }) {
  if (outcome === null) return <Tag tone="quiet">Not judged</Tag>;
  const { tone, label } = verdictOutcomes[outcome];
  return <Tag tone={tone}>{label}</Tag>;
}
