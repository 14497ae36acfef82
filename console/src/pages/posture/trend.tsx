/** Day by day: what failed, was not known and passed. Days on which nobody looked are left out. */
import { lazy, Suspense } from "react";
import type { Posture } from "#api/posture/contract.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";
import { Panel } from "../../ui/panel.tsx";
import { postureAnswers } from "../../ui/posture-words.ts";
import classes from "./posture.module.css";

/** The chart library weighs more than the rest of the page: it comes when the numbers are there. */
const Bars = lazy(async () => ({ default: (await import("../dashboards/bars.tsx")).Bars }));

const shortDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });
const height = 200;

type Days = Posture["trend"];

export function Trend({ days }: { readonly days: Days }) {
  const [fail, unknown, pass] = [postureAnswers.fail, postureAnswers["not-evaluated"], postureAnswers.pass].map(
    ({ label }) => label,
  ) as [string, string, string];
  return (
    <Panel title="The last thirty days">
      <figure className={classes.chart} role="img" aria-label={sayTrend(days)}>
        <Suspense fallback={<div style={{ height }} />}>
          <Bars
            height={height}
            isStacked
            data={days.map((day) => ({
              name: shortDay.format(new Date(`${day.day}T00:00:00Z`)),
              ...{ [fail]: day.fail, [unknown]: day.notEvaluated, [pass]: day.pass },
            }))}
            series={[
              { name: fail, color: "var(--sp-critical)" },
              { name: unknown, color: "var(--sp-medium-fill)" },
              { name: pass, color: "var(--sp-accent)" },
            ]}
            say={sayCount}
          />
        </Suspense>
      </figure>
    </Panel>
  );
}

function sayTrend(days: Days): string {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return "No day to show yet";
  if (days.length === 1) return `On the first day ${countOf(last.fail, "answer")} failed`;
  return `On ${countOf(days.length, "day")} somebody looked; what fails went from ${sayCount(first.fail)} to ${sayCount(last.fail)}`;
}
