/** The last runs of a pipeline, newest first, each with the signals that rules saw in it. */
import type { PipelineDetail } from "#api/pipelines/contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { Fold } from "../../ui/fold.tsx";
import { ItemList } from "../../ui/item-list.tsx";
import { Moment } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Tag } from "../../ui/tag.tsx";
import { sayBranch } from "../../ui/target.ts";
import { ResultList } from "../posture/result-list.tsx";
import classes from "./pipelines.module.css";
import { runResults, sayReason } from "./run-results.ts";

export function Runs({
  pipeline: { organizationId, definitionId, runs, results },
}: {
  readonly pipeline: PipelineDetail;
}) {
  const ofRuns = results.filter(({ source, answer }) => source === "run" && answer !== "pass");
  const byRun = Map.groupBy(ofRuns, ({ resource }) => resource.id);
  const shown = runs.map((run) => ({ run, signals: byRun.get(`${definitionId}/${run.id}`) ?? [] }));
  const placed = new Set(shown.flatMap(({ signals }) => signals));
  const others = ofRuns.filter((signal) => !placed.has(signal));
  return (
    <Panel title="Last runs" flush>
      {runs.length === 0 && others.length === 0 ? <p className={classes.none}>No run is known.</p> : null}
      <ItemList>
        {shown.map(({ run, signals }) => (
          <li key={run.id}>
            <span className={classes.between}>
              <OutsideLink href={run.url}>{run.number}</OutsideLink>
              <Tag tone={runResults(run.result).tone}>{runResults(run.result).label}</Tag>
            </span>
            <p className={classes.quiet}>
              {sayReason(run.reason)} on {sayBranch(run.branch)}
              {run.requestedFor === null ? "" : `, for ${run.requestedFor}`}, <Moment at={run.at} />
            </p>
            <Signals signals={signals} organizationId={organizationId} of={`run ${run.number}`} />
          </li>
        ))}
        {others.length === 0 ? null : (
          <li>
            <span>Runs before</span>
            <Signals signals={others} organizationId={organizationId} of="runs before" />
          </li>
        )}
      </ItemList>
    </Panel>
  );
}

interface SignalsProperties {
  readonly signals: PipelineDetail["results"];
  readonly organizationId: string;
  readonly of: string;
}

function Signals({ signals, organizationId, of }: SignalsProperties) {
  const unknown = signals.filter(({ answer }) => answer === "not-evaluated");
  return (
    <>
      <ResultList
        results={signals.filter(({ answer }) => answer === "fail")}
        organizationId={organizationId}
        label={`Signals of ${of}`}
      />
      {unknown.length === 0 ? null : (
        <Fold summary={`${countOf(unknown.length, "signal")} could not be evaluated`}>
          <ResultList
            results={unknown}
            organizationId={organizationId}
            label={`What could not be evaluated of ${of}`}
          />
        </Fold>
      )}
    </>
  );
}
