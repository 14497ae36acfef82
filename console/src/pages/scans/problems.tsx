/** What a scan could not read, or has to say beside its result, by kind. */
import type { ScanDetail } from "#api/scans/contract.ts";
import { countOf } from "../../ui/amounts.ts";
import classes from "./scans.module.css";

/** So many are read at a glance; of more, each kind is unfolded by a click. */
const mostUnfolded = 12;

export function Problems({ problems }: { readonly problems: ScanDetail["problems"] }) {
  const few = problems.length <= mostUnfolded;
  const kinds = Map.groupBy(problems, (problem) => `${problem.scanner} ${problem.code}`);
  return (
    <ul className={classes.problems}>
      {[...kinds].map(([kind, alike]) => (
        <li key={kind}>
          <details open={few || kinds.size === 1}>
            <summary>
              <strong>{kind.replace(" ", ": ")}</strong>
              <span className={classes.quiet}>{countOf(alike.length, "time")}</span>
            </summary>
            <ul>
              {alike.map((problem) => (
                <li key={`${problem.path} ${problem.line} ${problem.message}`}>
                  {problem.path === null ? null : (
                    <>
                      <code>
                        {problem.path}
                        {problem.line === null ? "" : `:${problem.line}`}
                      </code>{" "}
                    </>
                  )}
                  {problem.message}
                </li>
              ))}
            </ul>
          </details>
        </li>
      ))}
    </ul>
  );
}
