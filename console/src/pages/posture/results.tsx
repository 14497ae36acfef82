/** What a rule says of each resource: failures with their proof and their fix, then what is not known, then what passes. */
import { Link } from "@tanstack/react-router";
import type { ResultRow } from "#api/posture/contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { Evidence } from "../../ui/evidence.tsx";
import { Fold } from "../../ui/fold.tsx";
import { Moment } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { postureAnswers } from "../../ui/posture-words.ts";
import { Prose } from "../../ui/prose.tsx";
import { Severity } from "../../ui/severity.tsx";
import { PanePart } from "../../ui/split/pane-content.tsx";
import { Tag } from "../../ui/tag.tsx";
import { issueStates } from "../../ui/words.ts";
import classes from "./posture-rule.module.css";

interface Properties {
  readonly results: readonly ResultRow[];
  readonly total: number;
  /** Some may be left out by the filters of the list. */
  readonly isFiltered: boolean;
}

export function Results({ results, total, isFiltered }: Properties) {
  const passing = results.filter(({ answer }) => answer === "pass");
  const told = results.filter(({ answer }) => answer !== "pass");
  return (
    <PanePart title={total === 0 ? "Answers" : countOf(total, "answer")}>
      {total > 0 ? null : (
        <p className={classes.quiet}>
          {isFiltered ? "None fits the filters of the list." : "The organization has nothing that this rule is about."}
        </p>
      )}
      {told.length === 0 ? null : (
        <ul className={classes.results} aria-label="Answers">
          {told.map((result) => (
            <Result key={keyOf(result)} result={result} />
          ))}
        </ul>
      )}
      {passing.length === 0 ? null : (
        <Fold
          summary={`${countOf(passing.length, "resource")} ${passing.length === 1 ? "passes" : "pass"}`}
          open={told.length === 0}
        >
          <ul className={classes.passing} aria-label="What passes">
            {passing.map((result) => (
              <li key={keyOf(result)}>
                <Resource result={result} />
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </PanePart>
  );
}

function keyOf({ resource, project }: ResultRow): string {
  return `${resource.kind} ${project?.id} ${resource.id}`;
}

interface ResultProperties {
  readonly result: ResultRow;
  /** Names the rule, and leads to what it says in this organization. */
  readonly ruleOf?: string;
}

/** A failure or what is not known, whole; also where results of several rules stand together. */
export function Result({ result, ruleOf }: ResultProperties) {
  const { answer, severity, severityBecause, reason, fix, evidence, since, issue } = result;
  const { label, tone } = postureAnswers[answer];
  return (
    <li className={classes.result}>
      <div className={classes.resultHead}>
        {severity === null ? <Tag tone={tone}>{label}</Tag> : <Severity severity={severity} />}
        {ruleOf === undefined ? (
          <Resource result={result} />
        ) : (
          <Link
            to="/posture/rules/$"
            params={{ _splat: result.rule }}
            search={{ organizationId: ruleOf }}
            className={classes.title}
          >
            {result.title}
          </Link>
        )}
      </div>
      {ruleOf !== undefined && result.resource.kind !== "pipeline" ? <Resource result={result} /> : null}
      {reason === null ? null : (
        <p>
          <Prose text={sentence(reason)} />
        </p>
      )}
      {severity === null || severityBecause === null || reason?.includes(severityBecause) ? null : (
        <p className={classes.quiet}>
          Graded {severity}: {severityBecause}.
        </p>
      )}
      {fix === null ? null : (
        <p className={classes.fix}>
          <Prose text={fix} />
        </p>
      )}
      <Evidence evidence={evidence} />
      <p className={classes.foot}>
        <span>
          So since <Moment at={since} />
        </span>
        {issue === null ? null : (
          <Link to="/issues/$issueId" params={{ issueId: issue.id }} className={classes.plain}>
            Its issue: {issueStates[issue.state].label.toLowerCase()}
          </Link>
        )}
      </p>
    </li>
  );
}

function Resource({ result: { resource, project } }: { readonly result: ResultRow }) {
  return (
    <span className={classes.resource}>
      <span className={classes.quiet}>{resource.kind}</span>{" "}
      {resource.url === null ? resource.name : <OutsideLink href={resource.url}>{resource.name}</OutsideLink>}
      {project === null || project.name === resource.name ? null : (
        <span className={classes.quiet}> in {project.name}</span>
      )}
    </span>
  );
}

/** Reasons are the ends of sentences. */
function sentence(words: string): string {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
