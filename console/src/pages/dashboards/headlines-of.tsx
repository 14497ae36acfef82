/** The four figures that a reader takes away. */
import type { Dashboards } from "#api/dashboards/contract.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";
import { Headline, Headlines } from "../../ui/headlines.tsx";
import { sayHours, sayRate } from "./say-figures.ts";

export function HeadlinesOf({ figures: { funnel, timeToFix, sla } }: { readonly figures: Dashboards }) {
  const { meanHours, medianHours } = timeToFix.all;
  return (
    <Headlines>
      <Headline name="Fixed in these days" figure={sayCount(funnel.fixed)} note={sayOpened(funnel)} />
      <Headline
        name="Mean time to fix"
        figure={sayHours(meanHours)}
        isUnknown={meanHours === null}
        note={medianHours === null ? "Nothing was fixed" : `Half within ${sayHours(medianHours)}`}
      />
      <Headline
        name="Fixed in time"
        figure={sayRate(sla.keptRate)}
        isUnknown={sla.keptRate === null}
        note={sla.keptRate === null ? "Nothing was fixed that was due" : "Of those fixed in these days"}
      />
      <Headline
        name="Overdue now"
        figure={sayCount(sla.overdue)}
        note={`${countOf(sla.approaching, "issue")} due soon`}
        isBad={sla.overdue > 0}
      />
    </Headlines>
  );
}

function sayOpened({ urgent, urgentFrom }: Dashboards["funnel"]): string {
  return urgent === 0 ? "Nothing urgent is open" : `${sayCount(urgent)} open with urgency from ${urgentFrom}`;
}
