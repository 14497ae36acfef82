/** Open issues by what kind of problem they are. */
import { Link } from "@tanstack/react-router";
import type { Overview } from "#api/overview/contract.ts";
import { scannerWords, severityWords } from "../../search-filters.ts";
import { sayCount } from "../../ui/amounts.ts";
import { Panel } from "../../ui/panel.tsx";
import { saySecrets } from "../../ui/secret-marks.tsx";
import { SeverityCounts } from "../../ui/severity.tsx";
import { scannerLabels } from "../../ui/words.ts";
import classes from "./overview.module.css";

interface Properties {
  readonly counts: Overview["openIssues"];
  /** How many secrets the issues of that category are about. */
  readonly secrets: number;
}

export function Categories({ counts, secrets }: Properties) {
  const rows = scannerWords
    .map((scanner) => {
      const count = (severity: string) =>
        counts.find((one) => one.scanner === scanner && one.severity === severity)?.count ?? 0;
      return {
        scanner,
        total: severityWords.reduce((sum, severity) => sum + count(severity), 0),
        counts: { critical: count("critical"), high: count("high"), medium: count("medium"), low: count("low") },
      };
    })
    .filter((row) => row.total > 0);
  return (
    <Panel title="By category">
      {rows.length === 0 ? (
        <p className={classes.quiet}>Nothing is open. What the next scans find is counted here.</p>
      ) : (
        <ul className={classes.rows}>
          {rows.map(({ scanner, total, counts: bySeverity }) => (
            <li key={scanner} className={classes.category}>
              <Link to="/issues" search={{ scanner: [scanner] }}>
                {scannerLabels[scanner]}
              </Link>
              <span className={classes.categoryTotal}>{sayCount(total)}</span>
              <span className={classes.categoryCounts}>
                <SeverityCounts counts={bySeverity} />
                {scanner === "secrets" ? <Link to="/secrets">{saySecrets(secrets, total)}</Link> : null}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
