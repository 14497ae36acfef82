/** From all that was found to what matters first, and what was fixed of it. */
import { sayCount } from "../../ui/amounts.ts";
import { ChartPanel } from "./chart-panel.tsx";
import { FigureTable } from "./figure-table.tsx";
import type { PartProperties } from "./part-properties.ts";
import { percentOf, sayRate, unknown } from "./say-figures.ts";

export function Funnel({ figures: { funnel }, of }: PartProperties) {
  const { raw } = funnel;
  const steps = [
    { name: "Found", count: raw },
    { name: "Not silenced", count: funnel.afterSilenced },
    { name: "Not dismissed", count: funnel.afterExceptions },
    { name: `Urgent (${funnel.urgentFrom}+)`, count: funnel.urgent },
    { name: "Fixed", count: funnel.fixed },
  ];
  return (
    <ChartPanel
      part="funnel"
      title="From found to fixed"
      says={`Of ${sayCount(raw)} found, ${steps
        .slice(1)
        .map(({ name, count }) => `${sayCount(count)} ${name.toLowerCase()}`)
        .join(", ")}`}
      of={of}
      chart={{
        height: 220,
        isLying: true,
        data: steps.map(({ name, count }) => ({ name, Issues: count })),
        series: [{ name: "Issues", color: "var(--sp-accent)" }],
        say: sayCount,
      }}
      foot="Found: what is there now, and what was fixed in these days. Silenced is what the code itself marks; dismissed is what people decided."
    >
      <FigureTable
        label="From found to fixed"
        heads={["Step", "Issues", "Of all"]}
        rows={steps.map(({ name, count }) => ({
          name,
          figures: [sayCount(count), raw === 0 ? unknown : sayRate(percentOf(count, raw) / 100)],
        }))}
      />
    </ChartPanel>
  );
}
