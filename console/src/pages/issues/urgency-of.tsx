/** Why an issue is as urgent as it is: the points of each signal, and what is not known and counts as not knowing. */
import { Link } from "@tanstack/react-router";
import type { IssueDetail } from "#api/issues/contract.ts";
import type { UrgencySignal } from "#model/urgency.ts";
import { PanePart } from "../../ui/split/pane-content.tsx";
import { Tag } from "../../ui/tag.tsx";
import { Length } from "../../ui/urgency-score.tsx";
import classes from "./urgency-of.module.css";

const labels: Readonly<Record<UrgencySignal, string>> = {
  severity: "Severity",
  "exploit-likelihood": "Likelihood of attacks",
  "known-exploited": "Known to be exploited",
  reachability: "Reachable",
  "fix-available": "Fix at hand",
  "secret-live": "Secret works",
  "in-head": "In HEAD",
  exposure: "Exposure",
  production: "Production",
  "package-risk": "Health of the package",
  "attack-path": "On an attack path",
  age: "Age",
  overdue: "Overdue",
};

export function UrgencyOf({ issue: { urgency, urgencyPoints, instanceId } }: { readonly issue: IssueDetail }) {
  if (urgencyPoints.length === 0) return null;
  const points = urgencyPoints.toSorted((one, other) => other.points - one.points);
  const most = Math.max(1, ...points.map((point) => Math.abs(point.points)));
  return (
    <PanePart title={`Urgency: ${urgency} of 100`}>
      <table className={classes.points}>
        <thead className={classes.hidden}>
          <tr>
            <th scope="col">Signal</th>
            <th scope="col">What is known</th>
            <th scope="col">Points</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ signal, because, isMissing, points: count }) => (
            <tr key={signal}>
              <th scope="row">{labels[signal]}</th>
              <td className={classes.because}>{isMissing ? <Missing because={because} /> : capital(because)}</td>
              <td className={classes.bar}>
                <Length share={count / most} faint={isMissing} />
              </td>
              <td className={classes.count}>{sayPoints(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.note}>
        What is missing counts as not knowing, never as safe.{" "}
        <Link to="/settings/urgency" search={{ instanceId }} className={classes.plain}>
          How signals are weighed
        </Link>
      </p>
    </PanePart>
  );
}

function Missing({ because }: { readonly because: string }) {
  return (
    <span className={classes.missing}>
      <Tag tone="quiet">Missing:</Tag> {because.replace(/^not known: /, "")}
    </span>
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function sayPoints(points: number): string {
  return points < 0 ? `−${(-points).toFixed(1)}` : points.toFixed(1);
}
