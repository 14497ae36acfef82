/** Problems that a fix ends or brings in, each with the way to its rule's issues in the repository. */
import { Link } from "@tanstack/react-router";
import type { FixDetail } from "#api/fixes/contract.ts";
import { Severity } from "../../ui/severity.tsx";
import classes from "./fix.module.css";

interface Properties {
  readonly problems: FixDetail["ends"];
  readonly repositoryId: string;
}

export function FixProblems({ problems, repositoryId }: Properties) {
  return (
    <ul className={classes.problems}>
      {problems.map(({ fingerprint, severity, message, path, advisory, rule }) => (
        <li key={fingerprint}>
          <Severity severity={severity} />
          <div className={classes.problem}>
            {message}
            <span className={classes.problemFoot}>
              <span className={classes.path}>{path}</span>
              {advisory === null ? null : <span>{advisory}</span>}
              <Link
                to="/issues"
                search={{ repositoryId, rule, state: ["open", "fixed", "dismissed", "silenced"] }}
                className={classes.plain}
              >
                Issues of this rule
              </Link>
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}
