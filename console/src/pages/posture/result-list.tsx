/** Results of several rules together, each with its rule. */
import type { ResultRow } from "#api/posture/contract.ts";
import classes from "./posture-rule.module.css";
import { Result } from "./results.tsx";

interface Properties {
  readonly results: readonly ResultRow[];
  readonly organizationId: string;
  readonly label: string;
}

export function ResultList({ results, organizationId, label }: Properties) {
  if (results.length === 0) return null;
  return (
    <ul className={classes.results} aria-label={label}>
      {results.map((result) => (
        <Result key={`${result.rule} ${result.resource.id}`} result={result} ruleOf={organizationId} />
      ))}
    </ul>
  );
}
