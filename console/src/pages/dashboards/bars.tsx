/** Bars, because nothing is known of the time between two counts: standing by time, lying by name, stacked if they add up. */
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";

export interface Series {
  /** As the legend says it, and the key of its figures. */
  readonly name: string;
  readonly color: string;
}

export interface BarsProperties {
  /** `name` is what stands at the axis. */
  readonly data: readonly (Readonly<Record<string, number | string>> & { readonly name: string })[];
  readonly series: readonly Series[];
  readonly height: number;
  readonly isLying?: boolean;
  readonly isStacked?: boolean;
  /** Where the axis ends; where its figures end if left out. */
  readonly most?: number;
  readonly say?: (value: number) => string;
}

export function Bars({ data, series, height, isLying = false, isStacked = false, most, say }: BarsProperties) {
  const values = { allowDecimals: false, ...(most === undefined ? {} : { domain: [0, most] }) };
  return (
    <BarChart
      h={height}
      data={[...data]}
      dataKey="name"
      orientation={isLying ? "vertical" : "horizontal"}
      type={isStacked ? "stacked" : "default"}
      gridAxis={isLying ? "y" : "x"}
      tickLine="none"
      strokeDasharray="2 4"
      withLegend={series.length > 1}
      legendProps={{ verticalAlign: "bottom", height: 28, itemSorter: null }}
      maxBarWidth={26}
      barChartProps={{ accessibilityLayer: false, barGap: 2 }}
      barProps={{ isAnimationActive: false, radius: isStacked ? 0 : 2 }}
      yAxisProps={isLying ? { width: 140 } : { ...values, width: 44 }}
      xAxisProps={isLying ? values : { minTickGap: 40 }}
      {...(say === undefined ? {} : { valueFormatter: say })}
      series={[...series]}
    />
  );
}
