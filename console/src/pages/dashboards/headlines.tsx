/** The four figures that a reader takes away. */
import type { Dashboards } from "#api/dashboards/contract.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";
import classes from "./dashboards.module.css";
import { sayHours, sayRate, unknown } from "./say-figures.ts";

export function Headlines({ figures: { funnel, timeToFix, sla } }: { readonly figures: Dashboards }) {
  const { meanHours, medianHours } = timeToFix.all;
  return (
    <dl className={classes.headlines}>
      <Headline name="Fixed in these days" figure={sayCount(funnel.fixed)} note={sayOpened(funnel)} />
      <Headline
        name="Mean time to fix"
        figure={sayHours(meanHours)}
        note={medianHours === null ? "Nothing was fixed" : `Half within ${sayHours(medianHours)}`}
      />
      <Headline
        name="Fixed in time"
        figure={sayRate(sla.keptRate)}
        note={sla.keptRate === null ? "Nothing was fixed that was due" : "Of those fixed in these days"}
      />
      <Headline
        name="Overdue now"
        figure={sayCount(sla.overdue)}
        note={`${countOf(sla.approaching, "issue")} due soon`}
        isBad={sla.overdue > 0}
      />
    </dl>
  );
}

function sayOpened({ urgent, urgentFrom }: Dashboards["funnel"]): string {
  return urgent === 0 ? "Nothing urgent is open" : `${sayCount(urgent)} open with urgency from ${urgentFrom}`;
}

interface Properties {
  readonly name: string;
  readonly figure: string;
  readonly note: string;
  readonly isBad?: boolean;
}

function Headline({ name, figure, note, isBad = false }: Properties) {
  return (
    <div className={classes.headline}>
      <dt>{name}</dt>
      <dd>
        <span className={classes.figure} data-bad={isBad || undefined} data-unknown={figure === unknown || undefined}>
          {figure}
        </span>
        <span className={classes.note}>{note}</span>
      </dd>
    </div>
  );
}
