/** Where somebody looks, and where a red scan really blocks. */
import { sayCount } from "../../ui/amounts.ts";
import { ChartPanel } from "./chart-panel.tsx";
import { FigureTable } from "./figure-table.tsx";
import type { PartProperties } from "./part-properties.ts";
import { percentOf, sayRate, unknown } from "./say-figures.ts";

export function Coverage({ figures: { coverage }, of }: PartProperties) {
  const { repositories, watched, lookedAt, gated, pullRequests, judged } = coverage;
  const rates = [
    { name: "Watched", part: watched, whole: repositories, of: "repositories" },
    { name: "Looked at in 7 days", part: lookedAt, whole: watched, of: "watched repositories" },
    { name: "Gated", part: gated, whole: watched, of: "watched repositories" },
    { name: "With a verdict", part: judged, whole: pullRequests, of: "pull requests" },
  ];
  return (
    <ChartPanel
      part="coverage"
      title="Coverage"
      says={rates.map((rate) => `${rate.name}: ${sayPart(rate)}`).join("; ")}
      of={of}
      chart={{
        height: 200,
        isLying: true,
        most: 100,
        data: rates.map(({ name, part, whole }) => ({ name, Share: percentOf(part, whole) })),
        series: [{ name: "Share", color: "var(--sp-accent)" }],
        say: (value) => `${value}%`,
      }}
      foot="Gated: a branch policy at Azure DevOps requires Sallyport’s status on the default branch, and a red scan really blocks there."
    >
      <FigureTable
        label="Coverage"
        heads={["What", "How many", "Share"]}
        rows={rates.map((rate) => ({
          name: rate.name,
          figures: [sayPart(rate), rate.whole === 0 ? unknown : sayRate(rate.part / rate.whole)],
        }))}
      />
    </ChartPanel>
  );
}

function sayPart({ part, whole, of }: { readonly part: number; readonly whole: number; readonly of: string }): string {
  return `${sayCount(part)} of ${sayCount(whole)} ${of}`;
}
