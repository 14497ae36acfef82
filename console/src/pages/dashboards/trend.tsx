/** Week by week: what was open, what came, what was fixed. */
import type { Dashboards } from "#api/dashboards/contract.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";
import { ChartPanel } from "./chart-panel.tsx";
import classes from "./dashboards.module.css";
import { FigureTable } from "./figure-table.tsx";
import type { PartProperties } from "./part-properties.ts";

const shortDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });

export function Trend({ figures: { trend }, of }: PartProperties) {
  const weeks = trend.map((week) => ({ ...week, name: shortDay.format(new Date(`${week.week}T00:00:00Z`)) }));
  return (
    <ChartPanel
      part="trend"
      title="Opened and fixed by week"
      says={sayTrend(trend)}
      of={of}
      chart={{
        height: 240,
        data: weeks.map(({ name, opened, fixed }) => ({ name, Opened: opened, Fixed: fixed })),
        series: [
          { name: "Opened", color: "var(--sp-medium-fill)" },
          { name: "Fixed", color: "var(--sp-accent)" },
        ],
        say: sayCount,
      }}
      foot="A week is named by its Monday; the last one may not be over."
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: many weeks scroll, also by keyboard */}
      <section className={classes.tall} tabIndex={0} aria-label="Weeks">
        <FigureTable
          label="Opened and fixed by week"
          heads={["Week of", "Opened", "Fixed", "Open at its end"]}
          rows={weeks.toReversed().map(({ week, name, opened, fixed, open }) => ({
            name: week,
            shown: name,
            figures: [sayCount(opened), sayCount(fixed), sayCount(open)],
          }))}
        />
      </section>
    </ChartPanel>
  );
}

function sayTrend(weeks: Dashboards["trend"]): string {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined) return "No week to show yet";
  const sum = (key: "opened" | "fixed") => weeks.reduce((all, week) => all + week[key], 0);
  return `In ${countOf(weeks.length, "week")} ${sayCount(sum("opened"))} issues were opened and ${sayCount(sum("fixed"))} fixed; open ones went from ${sayCount(first.open)} to ${sayCount(last.open)}`;
}
