/** Where most is open: by rule, by repository, by owner. */
import { Link } from "@tanstack/react-router";
import type { DashboardPart, Dashboards } from "#api/dashboards/contract.ts";
import { sayCount } from "../../ui/amounts.ts";
import { Panel } from "../../ui/panel.tsx";
import { CsvLink } from "./csv-link.tsx";
import classes from "./dashboards.module.css";
import { FigureTable } from "./figure-table.tsx";
import type { PartProperties } from "./part-properties.ts";
import { issuesOf } from "./query-of.ts";

type Top = Dashboards["top"]["rules"][number];

export function TopLists({ figures: { top }, of }: PartProperties) {
  return (
    <div className={classes.tops}>
      <div className={classes.stack}>
        <TopList
          part="repositories"
          title="Most open, by repository"
          head="Repository"
          rows={top.repositories}
          of={of}
          link={({ id, title }) =>
            id === null ? (
              title
            ) : (
              <Link to="/issues" search={{ repositoryId: id }} className={classes.plain}>
                {title}
              </Link>
            )
          }
        />
        <TopList
          part="owners"
          title="Most open, by owner"
          head="Owner"
          rows={top.owners}
          of={of}
          link={({ title }) => title}
        />
      </div>
      <TopList
        part="rules"
        title="Most open, by rule"
        head="Rule"
        rows={top.rules}
        of={of}
        link={({ name, title }) => (
          <Link to="/issues" search={{ ...issuesOf(of), rule: name }} className={classes.plain}>
            {title}
          </Link>
        )}
      />
    </div>
  );
}

interface Properties {
  readonly part: DashboardPart;
  readonly title: string;
  readonly head: string;
  readonly rows: readonly Top[];
  readonly of: PartProperties["of"];
  readonly link: (row: Top) => React.ReactNode;
}

function TopList({ part, title, head, rows, of, link }: Properties) {
  return (
    <Panel title={title} flush aside={<CsvLink part={part} title={title} of={of} />}>
      {rows.length === 0 ? (
        <p className={classes.nothing}>Nothing is open.</p>
      ) : (
        <FigureTable
          label={title}
          heads={[head, "Open", "Urgent", "Overdue"]}
          rows={rows.map((row) => ({
            name: row.id ?? row.name,
            shown: <span className={classes.name}>{link(row)}</span>,
            figures: [sayCount(row.open), sayCount(row.urgent), sayCount(row.overdue)],
          }))}
        />
      )}
    </Panel>
  );
}
