/** How a risk comes about: its score, and each factor with its points, the datum that says so, its date and its source. */
import type { Risk } from "#model/package-finding.ts";
import { sayDay } from "./moment.tsx";
import classes from "./risk-factors.module.css";
import { Tag } from "./tag.tsx";
import { riskLevels } from "./words.ts";

const labels: Readonly<Record<string, string>> = {
  deprecated: "Deprecated",
  withdrawn: "Withdrawn",
  archived: "Archived",
  "release-age": "Age of the last release",
  "no-recent-release": "No recent release",
  "single-maintainer": "Number of maintainers",
  "maintainer-change": "Change of the maintainer",
  "no-repository": "Source repository",
  "majors-behind": "Major versions behind",
  "versions-behind": "Versions behind",
  popularity: "Use by others",
  "finished-and-stable": "Finished and stable",
  "maintenance-limit": "Limit of maintenance",
  limit: "Limit",
};

export function RiskLevel({ risk }: { readonly risk: Risk }) {
  const { label, tone } = riskLevels[risk.level];
  return (
    <span className={classes.level}>
      <Tag tone={tone}>{label}</Tag>
      <span className={classes.quiet}>
        {risk.score} of 100, from {Math.round(risk.confidence * 100)} % of the data
      </span>
    </span>
  );
}

export function RiskFactors({ risk, label }: { readonly risk: Risk; readonly label: string }) {
  if (risk.factors.length === 0) return <p className={classes.quiet}>Nothing is known that could be counted.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls sideways, also by keyboard
    <section className={classes.scroller} tabIndex={0} aria-label={label}>
      <table className={classes.factors}>
        <thead>
          <tr>
            <th scope="col">Factor</th>
            <th scope="col">Points</th>
            <th scope="col">Evidence</th>
            <th scope="col">As of</th>
          </tr>
        </thead>
        <tbody>
          {risk.factors.map(({ name, points, datum, asOf, source, isGate }) => (
            <tr key={name}>
              <th scope="row">{labels[name] ?? name}</th>
              <td className={classes.points}>{sayPoints(points)}</td>
              <td>
                {capitalized(datum)}
                {isGate === true ? <span className={classes.gate}>Alone enough for a high risk</span> : null}
              </td>
              <td className={classes.quiet}>
                <span className={classes.day}>{sayDay(asOf)}</span> {source}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function sayPoints(points: number): string {
  return points > 0 ? `+${points}` : points < 0 ? `−${-points}` : "0";
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
