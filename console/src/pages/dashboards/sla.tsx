/** Whether issues are fixed by when they are due. */
import { Link } from "@tanstack/react-router";
import { countOf, sayCount } from "../../ui/amounts.ts";
import { Severity, severityLabels } from "../../ui/severity.tsx";
import { ChartPanel } from "./chart-panel.tsx";
import classes from "./dashboards.module.css";
import { FigureTable } from "./figure-table.tsx";
import type { PartProperties } from "./part-properties.ts";
import { issuesOf } from "./query-of.ts";
import { sayRate } from "./say-figures.ts";

export function Sla({ figures: { sla }, of }: PartProperties) {
  const { bySeverity, ...all } = sla;
  const figuresOf = ({ onTrack, approaching, overdue, keptRate }: typeof all) => [
    sayCount(onTrack),
    sayCount(approaching),
    sayCount(overdue),
    sayRate(keptRate),
  ];
  return (
    <ChartPanel
      part="sla"
      title="Due dates"
      says={`${countOf(all.overdue, "issue")} overdue, ${sayCount(all.approaching)} due soon, ${sayCount(all.onTrack)} on track`}
      of={of}
      chart={{
        height: 220,
        isLying: true,
        isStacked: true,
        data: bySeverity.map(({ severity, onTrack, approaching, overdue }) => ({
          name: severityLabels[severity],
          "On track": onTrack,
          "Due soon": approaching,
          Overdue: overdue,
        })),
        series: [
          { name: "On track", color: "var(--sp-accent)" },
          { name: "Due soon", color: "var(--sp-medium-fill)" },
          { name: "Overdue", color: "var(--sp-critical)" },
        ],
        say: sayCount,
      }}
    >
      <FigureTable
        label="Due dates"
        heads={["Severity", "On track", "Due soon", "Overdue", "Fixed in time"]}
        rows={[
          ...bySeverity.map(({ severity, ...figures }) => ({
            name: severityLabels[severity],
            shown: (
              <Link to="/issues" search={{ ...issuesOf(of), severity: [severity] }} className={classes.plain}>
                <Severity severity={severity} />
              </Link>
            ),
            figures: figuresOf(figures),
          })),
          { name: "All", shown: <strong>All</strong>, figures: figuresOf(all) },
        ]}
      />
    </ChartPanel>
  );
}
