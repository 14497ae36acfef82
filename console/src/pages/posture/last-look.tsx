/** What the last look at an organization cost and could not see, and when the next one is. */
import type { Posture } from "#api/posture/contract.ts";
import { countOf, sayCount, sayDuration } from "../../ui/amounts.ts";
import { PanelStack } from "../../ui/columns.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Fold } from "../../ui/fold.tsx";
import { Moment } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { Panel } from "../../ui/panel.tsx";
import classes from "./posture.module.css";

export function LastLook({ posture }: { readonly posture: Posture }) {
  const { lastRun, nextRunAt, enabled, isRunning, facts, gaps, name, url } = posture;
  if (lastRun === null) return null;
  const known = facts.filter((fact) => fact.known > 0 && fact.unknown === 0).length;
  return (
    <PanelStack>
      <Panel title="The last look">
        <Facts>
          <Fact name="Organization">{url === null ? name : <OutsideLink href={url}>{name}</OutsideLink>}</Fact>
          <Fact name="Read">
            <Moment at={lastRun.finishedAt} />
          </Fact>
          <Fact name="Took">{sayDuration(Date.parse(lastRun.finishedAt) - Date.parse(lastRun.startedAt))}</Fact>
          <Fact name="Calls">{sayCount(lastRun.calls)} to Azure DevOps</Fact>
          <Fact name="Known">
            {known} of {countOf(facts.length, "kind")} of facts
          </Fact>
          <Fact name="Next">
            {isRunning ? (
              "Now"
            ) : nextRunAt !== null ? (
              <Moment at={nextRunAt} />
            ) : enabled ? (
              "With the next turn of the schedule"
            ) : (
              "Never: it is switched off"
            )}
          </Fact>
        </Facts>
        <Fold summary="Calls by what was read">
          <Calls calls={lastRun.callsByKey} facts={facts} />
        </Fold>
      </Panel>
      {gaps.length === 0 ? null : (
        <Panel title="What it could not take into account">
          <ul className={classes.gaps}>
            {gaps.map((gap) => (
              <li key={gap}>{gap}</li>
            ))}
          </ul>
        </Panel>
      )}
    </PanelStack>
  );
}

interface CallsProperties {
  readonly calls: NonNullable<Posture["lastRun"]>["callsByKey"];
  readonly facts: Posture["facts"];
}

function Calls({ calls, facts }: CallsProperties) {
  const titles = new Map(facts.map(({ key, title }) => [key as string, title]));
  return (
    <ul className={classes.calls}>
      {calls.map(({ key, calls: count }) => (
        <li key={key}>
          <span>{titles.get(key) ?? key}</span>
          <span>{sayCount(count)}</span>
        </li>
      ))}
    </ul>
  );
}
