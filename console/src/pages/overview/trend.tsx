/** Open issues day by day. */
import "@mantine/charts/styles.css";
import { AreaChart } from "@mantine/charts";
import type { Overview } from "#api/overview/contract.ts";
import classes from "./overview.module.css";

const shortDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });

export function Trend({ days }: { readonly days: Overview["trend"] }) {
  const data = days.map(({ day, open, opened, fixed }) => ({
    day: shortDay.format(new Date(`${day}T00:00:00Z`)),
    Open: open,
    New: opened,
    Fixed: fixed,
  }));
  const first = days[0];
  const last = days.at(-1);
  return (
    <figure className={classes.chart} aria-label={sayTrend(first?.open, last?.open)}>
      <AreaChart
        h={220}
        data={data}
        dataKey="day"
        type="default"
        curveType="monotone"
        withDots={false}
        withLegend={false}
        fillOpacity={0.16}
        strokeWidth={2}
        gridAxis="x"
        tickLine="none"
        strokeDasharray="2 4"
        areaChartProps={{ accessibilityLayer: false }}
        areaProps={{ isAnimationActive: false }}
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
