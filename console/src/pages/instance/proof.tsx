/** The proof that nothing was missed, fresh to the second. */
import type { InstanceDetail } from "#api/instances/contract.ts";
import { Age } from "../../ui/age.tsx";
import { countOf, sayCount } from "../../ui/amounts.ts";
import classes from "./instance.module.css";

interface Properties {
  readonly heads: InstanceDetail["heads"];
  readonly repositories: number;
}

export function Proof({ heads, repositories }: Properties) {
  return (
    <div className={classes.proof}>
      <div>
        <strong className={classes.number} data-bad={heads.unscanned > 0 || undefined}>
          {sayCount(heads.unscanned)}
        </strong>
        unscanned {heads.unscanned === 1 ? "head" : "heads"}
        <div className={classes.quiet}>of {countOf(repositories, "chosen repository", "chosen repositories")}</div>
      </div>
      <div>
        <strong className={classes.number}>
          {heads.oldestCheck === null ? "–" : <Age since={heads.oldestCheck} />}
        </strong>
        oldest look at a head
        <div className={classes.quiet}>
          {heads.unchecked === 0
            ? "every head was compared with what was scanned"
            : `${countOf(heads.unchecked, "repository", "repositories")} not looked at yet`}
        </div>
      </div>
    </div>
  );
}
