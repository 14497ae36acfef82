/** Open issues day by day: bars, because nothing is known of the time between two counts. */
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import type { Overview } from "#api/overview/contract.ts";
import classes from "./overview.module.css";

const shortDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });

export function Trend({ days }: { readonly days: Overview["trend"] }) {
  const data = days.map(({ day, open }) => ({ day: shortDay.format(new Date(`${day}T00:00:00Z`)), Open: open }));
  const first = days[0];
  const last = days.at(-1);
  return (
    <figure className={classes.chart} aria-label={sayTrend(first?.open, last?.open)}>
      <BarChart
        h="100%"
        data={data}
        dataKey="day"
        gridAxis="x"
        tickLine="none"
        strokeDasharray="2 4"
        barChartProps={{ accessibilityLayer: false }}
        barProps={{ isAnimationActive: false, radius: [2, 2, 0, 0] }}
        yAxisProps={{ allowDecimals: false, width: 36 }}
        xAxisProps={{ minTickGap: 48 }}
        series={[{ name: "Open", color: "var(--sp-accent)" }]}
      />
    </figure>
  );
}

function sayTrend(from: number | undefined, to: number | undefined): string {
  return from === undefined || to === undefined
    ? "No days to show yet"
    : `Open issues went from ${from} thirty days ago to ${to} today`;
}
