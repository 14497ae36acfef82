/** What rules say of a pipeline: attack paths through it, what fails, what could not be evaluated. Signals of runs stand with the runs. */
import { Link } from "@tanstack/react-router";
import type { PipelineDetail } from "#api/pipelines/contract.ts";
import type { Severity as SeverityName } from "#model/severity.ts";
import { countOf } from "../../ui/amounts.ts";
import { Fold } from "../../ui/fold.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Severity } from "../../ui/severity.tsx";
import { Tag } from "../../ui/tag.tsx";
import { ResultList } from "../posture/result-list.tsx";
import classes from "./pipelines.module.css";

export function Risks({ pipeline }: { readonly pipeline: PipelineDetail }) {
  const { paths, organizationId } = pipeline;
  const ofSettings = pipeline.results.filter(({ source }) => source === "settings");
  const of = (is: "fail" | "not-evaluated" | "pass") => ofSettings.filter(({ answer }) => answer === is);
  const [failing, unknown, passing] = [of("fail"), of("not-evaluated"), of("pass")];
  return (
    <Panel title="Risks">
      {paths.length === 0 ? null : (
        <ul className={classes.paths} aria-label="Attack paths">
          {paths.map(({ id, title, severity }) => (
            <li key={id}>
              <Severity severity={severity as SeverityName} />
              <Link
                to="/attack-paths/$organizationId/$pathId"
                params={{ organizationId, pathId: id }}
                className={classes.plain}
              >
                On an attack path: {title}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {failing.length === 0 && paths.length === 0 ? <Tag tone="good">No rule fails</Tag> : null}
      <ResultList results={failing} organizationId={organizationId} label="What fails" />
      {unknown.length === 0 ? null : (
        <Fold summary={`${countOf(unknown.length, "rule")} could not be evaluated`}>
          <ResultList results={unknown} organizationId={organizationId} label="What could not be evaluated" />
        </Fold>
      )}
      {passing.length === 0 ? null : (
        <Fold summary={`${countOf(passing.length, "rule")} ${passing.length === 1 ? "passes" : "pass"}`}>
          <ul className={classes.plainList}>
            {passing.map(({ rule, title, resource }) => (
              <li key={`${rule} ${resource.id}`}>
                <Link
                  to="/posture/rules/$"
                  params={{ _splat: rule }}
                  search={{ organizationId }}
                  className={classes.plain}
                >
                  {title}
                </Link>
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </Panel>
  );
}
