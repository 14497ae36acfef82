/** The facts of a pipeline: where it is written, what starts it, and what its jobs act as. */
import type { PipelineDetail } from "#api/pipelines/contract.ts";
import { shortCommit } from "../../ui/amounts.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { sayBranch } from "../../ui/target.ts";
import classes from "./pipelines.module.css";
import { reachLabels } from "./reach-labels.ts";

export function AboutPipeline({ pipeline }: { readonly pipeline: PipelineDetail }) {
  const { organization, project, repository, source, kind, isEnabled, revision, starts, identity, judgedAt } = pipeline;
  return (
    <Panel title="About">
      <Facts>
        <Fact name="Project">
          {project.name} <span className={classes.quiet}>in {organization}</span>
        </Fact>
        <Fact name="Repository">{repository.name}</Fact>
        {source === null ? (
          <Fact name="Written in">
            {kind === "classic" ? "The designer: classic" : "A file that could not be read"}
          </Fact>
        ) : (
          <Fact name="Written in">
            <code>{source.path}</code>
            <div className={classes.quiet}>
              {sayBranch(source.ref)} at {shortCommit(source.commit)}
            </div>
          </Fact>
        )}
        <Fact name="Revision">
          {revision}
          {isEnabled ? "" : ", disabled"}
        </Fact>
        <Fact name="Started by">
          {starts.length === 0 ? (
            "Nothing"
          ) : (
            <ul className={classes.plainList}>
              {starts.map((start) => (
                <li key={start}>{start}</li>
              ))}
            </ul>
          )}
        </Fact>
        <Fact name="Acts as">
          {identity.name}
          <div className={classes.quiet}>Reaches: {reachLabels[identity.reach].toLowerCase()}</div>
        </Fact>
        <Fact name="Judged">
          <Moment at={judgedAt} />
        </Fact>
      </Facts>
    </Panel>
  );
}
