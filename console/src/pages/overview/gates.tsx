/** Whether the machinery is well: connections, scans of the last day, hooks. */
import { Link } from "@tanstack/react-router";
import type { Overview } from "#api/overview/contract.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Tag } from "../../ui/tag.tsx";
import { instanceStates } from "../../ui/words.ts";
import classes from "./overview.module.css";

export function Gates({ overview }: { readonly overview: Overview }) {
  const { instances, scans, hooks } = overview;
  const finished = scans.complete + scans.partial;
  return (
    <Panel title="Health">
      <Facts>
        <Fact name="Connections">
          <Link to="/settings/integrations" className={classes.stack}>
            {instances.map(({ state, count }) => (
              <Tag key={state} tone={instanceStates[state].tone}>
                {count === 1
                  ? instanceStates[state].label
                  : `${sayCount(count)} ${instanceStates[state].label.toLowerCase()}`}
              </Tag>
            ))}
          </Link>
        </Fact>
        <Fact name="Hooks">
          <span className={classes.stack}>
            <Tag tone={hooks.total === 0 ? "quiet" : hooks.healthy === hooks.total ? "good" : "warning"}>
              {hooks.total === 0 ? "None yet" : `${sayCount(hooks.healthy)} of ${sayCount(hooks.total)} enabled`}
            </Tag>
            <span className={classes.quiet}>
              {countOf(hooks.accepted, "delivery", "deliveries")}
              {hooks.lastDeliveryAt === null ? null : (
                <>
                  , the last <Moment at={hooks.lastDeliveryAt} />
                </>
              )}
            </span>
            {hooks.refused === 0 ? null : (
              <Tag tone="warning">{countOf(hooks.refused, "delivery", "deliveries")} with a wrong secret</Tag>
            )}
            {hooks.failedEvents === 0 ? null : (
              <Link to="/deliveries">
                <Tag tone="bad">{countOf(hooks.failedEvents, "delivery", "deliveries")} could not be handled</Tag>
              </Link>
            )}
          </span>
        </Fact>
        <Fact name="Scans, 24 hours">
          <span className={classes.stack}>
            <Link to="/scans">{countOf(finished, "scan")} finished</Link>
            {scans.running === 0 ? null : (
              <Link to="/scans" search={{ outcome: "running" }}>
                <Tag tone="busy">{sayCount(scans.running)} running</Tag>
              </Link>
            )}
            {scans.partial === 0 ? null : (
              <Link to="/scans" search={{ outcome: "partial" }}>
                <Tag tone="warning">{sayCount(scans.partial)} could not read everything</Tag>
              </Link>
            )}
            {scans.failed === 0 ? null : (
              <Link to="/scans" search={{ outcome: "failed" }}>
                <Tag tone="bad">{sayCount(scans.failed)} failed</Tag>
              </Link>
            )}
          </span>
        </Fact>
      </Facts>
    </Panel>
  );
}
