/** How much a pull request brings in, and how much of that it already took back. */
import type { PullRequestRow } from "#api/pull-requests/contract.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";
import classes from "./pull-requests.module.css";

export function FindingCounts({ findings }: { readonly findings: PullRequestRow["findings"] }) {
  if (findings.open === 0 && findings.fixed === 0) return <span className={classes.quiet}>Nothing</span>;
  return (
    <span className={classes.counts}>
      <strong className={findings.open === 0 ? classes.quiet : undefined}>{countOf(findings.open, "finding")}</strong>
      {findings.fixed === 0 ? null : <span className={classes.quiet}>, {sayCount(findings.fixed)} fixed</span>}
    </span>
  );
}
