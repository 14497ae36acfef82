/** A setting that ends attack paths: what to set, how many it ends, and what it would have stopped. */
import type { AttackPathDetail } from "#api/attack-paths/contract.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { Prose } from "../../ui/prose.tsx";
import classes from "./attack-paths.module.css";

type Change = AttackPathDetail["changes"][number];

export function ChangeWords({ change: { what, url, closes, of, sideEffects } }: { readonly change: Change }) {
  return (
    <div className={classes.change}>
      <p>
        <Prose text={what} />
      </p>
      <p className={classes.quiet}>
        Ends{" "}
        {closes === of
          ? of === 1
            ? "the only path"
            : `all ${sayCount(of)} paths`
          : `${sayCount(closes)} of ${countOf(of, "path")}`}{" "}
        of the organization. {saySideEffects(sideEffects)}
      </p>
      {url === null ? null : (
        <p>
          <OutsideLink href={url}>Open the setting in Azure DevOps</OutsideLink>
        </p>
      )}
    </div>
  );
}

function saySideEffects({ runs, days, pipelines }: Change["sideEffects"]): string {
  const known = days === 1 ? "the last day" : `the last ${sayCount(days)} days`;
  if (runs === 0) return `Of the runs of ${known} it would have stopped none.`;
  return `Of the runs of ${known} it would have stopped ${sayCount(runs)}: ${pipelines.join(", ")}.`;
}
