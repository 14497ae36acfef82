/** The last runs of a pipeline, newest first, each with the signals that rules saw in it. */
import type { PipelineDetail } from "#api/pipelines/contract.ts";
import { ItemList } from "../../ui/item-list.tsx";
import { Moment } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Tag } from "../../ui/tag.tsx";
import { sayBranch } from "../../ui/target.ts";
import { ResultList } from "../posture/result-list.tsx";
import classes from "./pipelines.module.css";
import { runResults, sayReason } from "./run-results.ts";

export function Runs({ pipeline: { runs, results } }: { readonly pipeline: PipelineDetail }) {
  const signals = results.filter(({ source, answer }) => source === "run" && answer === "fail");
  const isOf = (number: string, id: number) =>
    signals.filter(({ resource }) => resource.id === String(id) || resource.name.includes(number));
  const shown = runs.map((run) => ({ run, signals: isOf(run.number, run.id) }));
  const placed = new Set(shown.flatMap((one) => one.signals));
  const others = signals.filter((signal) => !placed.has(signal));
  return (
    <Panel title="Last runs" flush>
      {runs.length === 0 && others.length === 0 ? <p className={classes.none}>No run is known.</p> : null}
      <ItemList>
        {shown.map(({ run, signals: ofRun }) => (
          <li key={run.id}>
            <span className={classes.between}>
              <OutsideLink href={run.url}>{run.number}</OutsideLink>
              <Tag tone={runResults(run.result).tone}>{runResults(run.result).label}</Tag>
            </span>
            <p className={classes.quiet}>
              {sayReason(run.reason)} on {sayBranch(run.branch)}
              {run.requestedFor === null ? "" : `, for ${run.requestedFor}`}, <Moment at={run.at} />
            </p>
            <ResultList results={ofRun} label={`Signals of run ${run.number}`} />
          </li>
        ))}
        {others.length === 0 ? null : (
          <li>
            <span>Runs before</span>
            <ResultList results={others} label="Signals of runs before" />
          </li>
        )}
      </ItemList>
    </Panel>
  );
}
