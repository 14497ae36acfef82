/** A part of the dashboards: a chart for the eye, the same figures as a table for everybody, and both to take away. */
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense, useRef } from "react";
import type { DashboardPart } from "#api/dashboards/contract.ts";
import { Panel } from "../../ui/panel.tsx";
import { sayFailed } from "../../ui/say.ts";
import type { BarsProperties } from "./bars.tsx";
import { CsvLink } from "./csv-link.tsx";
import classes from "./dashboards.module.css";
import type { DashboardQuery } from "./query-of.ts";

/** The chart library weighs more than the rest of the page: it comes when the numbers are there. */
const Bars = lazy(async () => ({ default: (await import("./bars.tsx")).Bars }));

interface Properties {
  readonly part: DashboardPart;
  readonly title: string;
  /** What it says, in a sentence, for those who do not see the chart. */
  readonly says: string;
  readonly of: DashboardQuery;
  readonly chart: BarsProperties;
  /** The same figures. */
  readonly children: ReactNode;
  readonly foot?: ReactNode;
}

export function ChartPanel({ part, title, says, of, chart, children, foot }: Properties) {
  const isEmpty = chart.data.length === 0;
  const figure = useRef<HTMLElement>(null);
  const save = async () => {
    try {
      const { savePng } = await import("./save-png.ts");
      const svg = figure.current?.querySelector("svg.recharts-surface");
      if (!(svg instanceof SVGSVGElement)) throw new Error("The chart is not drawn yet.");
      await savePng({ svg, title, series: chart.series, name: `sallyport-${part}.png` });
    } catch (error) {
      sayFailed("The picture was not saved", error);
    }
  };
  return (
    <Panel
      title={title}
      aside={
        <span className={classes.take}>
          <CsvLink part={part} title={title} of={of} />
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconDownload size={14} />}
            disabled={isEmpty}
            aria-label={`${title} as PNG`}
            onClick={() => void save()}
          >
            PNG
          </Button>
        </span>
      }
    >
      <div className={classes.part}>
        {isEmpty ? (
          <p className={classes.none}>{says}.</p>
        ) : (
          <figure ref={figure} className={classes.chart} role="img" aria-label={says}>
            <Suspense fallback={<div style={{ height: chart.height }} />}>
              <Bars {...chart} />
            </Suspense>
          </figure>
        )}
        <div className={classes.table}>{children}</div>
      </div>
      {foot === undefined ? null : <p className={classes.foot}>{foot}</p>}
    </Panel>
  );
}
