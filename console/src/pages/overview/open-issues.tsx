/** How many issues are open, by severity: the page's first and largest statement. */
import { Link } from "@tanstack/react-router";
import type { Overview } from "#api/overview/contract.ts";
import { severityWords } from "../../search-filters.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";
import { SeverityMark, severityLabels } from "../../ui/severity.tsx";
import classes from "./overview.module.css";

interface Properties {
  readonly counts: Overview["openIssues"];
  readonly trend: Overview["trend"];
}

export function OpenIssues({ counts, trend }: Properties) {
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const bySeverity = severityWords.map((severity) => ({
    severity,
    count: counts.filter((one) => one.severity === severity).reduce((sum, one) => sum + one.count, 0),
  }));
  const week = trend.slice(-7);
  const opened = week.reduce((sum, day) => sum + day.opened, 0);
  const fixed = week.reduce((sum, day) => sum + day.fixed, 0);
  return (
    <section className={classes.issues} aria-labelledby="open-issues">
      <div className={classes.total}>
        <h2 id="open-issues" className={classes.totalName}>
          Open issues
        </h2>
        <Link to="/issues" className={classes.totalCount}>
          {sayCount(total)}
        </Link>
        <p className={classes.totalWeek}>
          {countOf(opened, "new", "new")}, {sayCount(fixed)} fixed in 7 days
        </p>
      </div>
      <div className={classes.severities}>
        <div className={classes.bar} aria-hidden="true">
          {bySeverity.map(({ severity, count }) =>
            count === 0 ? null : (
              <span key={severity} className={classes[`bar-${severity}`]} style={{ flexGrow: count }} />
            ),
          )}
        </div>
        <ul className={classes.severityList}>
          {bySeverity.map(({ severity, count }) => (
            <li key={severity}>
              <Link
                to="/issues"
                search={{ severity: [severity] }}
                className={classes.severity}
                data-none={count === 0 || undefined}
              >
                <span className={classes.severityName}>
                  <SeverityMark severity={severity} />
                  {severityLabels[severity]}
                </span>
                <span className={classes.severityCount}>{sayCount(count)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
