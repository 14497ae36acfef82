/** How long issues were open before they were fixed. */
import { sayCount } from "../../ui/amounts.ts";
import { Severity, severityLabels } from "../../ui/severity.tsx";
import { scannerLabels } from "../../ui/words.ts";
import { ChartPanel } from "./chart-panel.tsx";
import { FigureTable } from "./figure-table.tsx";
import type { PartProperties } from "./part-properties.ts";
import { sayDays, sayHours } from "./say-figures.ts";

interface Times {
  readonly fixed: number;
  readonly meanHours: number | null;
  readonly medianHours: number | null;
}

export function TimeToFix({ figures: { timeToFix }, of }: PartProperties) {
  const { all, bySeverity, byScanner } = timeToFix;
  const rows = [
    ...bySeverity.map(({ severity, ...times }) => ({
      name: severityLabels[severity],
      shown: <Severity severity={severity} />,
      figures: figuresOf(times),
    })),
    ...byScanner.map(({ scanner, ...times }) => ({ name: scannerLabels[scanner], figures: figuresOf(times) })),
    { name: "All", shown: <strong>All</strong>, figures: figuresOf(all) },
  ];
  const bars = [
    ...bySeverity.map(({ severity, ...times }) => ({ ...times, name: severityLabels[severity] })),
    ...byScanner.map(({ scanner, ...times }) => ({ ...times, name: scannerLabels[scanner] })),
  ];
  return (
    <ChartPanel
      part="time-to-fix"
      title="Time to fix"
      says={
        all.fixed === 0
          ? "Nothing was fixed in these days"
          : `${sayCount(all.fixed)} were fixed, in ${sayHours(all.meanHours)} on average, half of them within ${sayHours(all.medianHours)}`
      }
      of={of}
      chart={{
        height: 70 + bars.length * 40,
        isLying: true,
        data: bars.map(({ name, meanHours, medianHours }) => ({
          name,
          Mean: inDays(meanHours),
          Median: inDays(medianHours),
        })),
        series: [
          { name: "Mean", color: "var(--sp-accent)" },
          { name: "Median", color: "var(--sp-low)" },
        ],
        say: sayDays,
      }}
      foot="From when an issue was first seen until a scan no longer found it, for those fixed in these days."
    >
      <FigureTable label="Time to fix" heads={["Severity, category", "Fixed", "Mean", "Median"]} rows={rows} />
    </ChartPanel>
  );
}

function figuresOf({ fixed, meanHours, medianHours }: Times): readonly string[] {
  return [sayCount(fixed), sayHours(meanHours), sayHours(medianHours)];
}

function inDays(hours: number | null): number {
  return hours === null ? 0 : Math.round((hours / 24) * 10) / 10;
}
