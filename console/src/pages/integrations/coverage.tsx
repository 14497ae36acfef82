/** The proof that nothing is missed: heads that differ from what was scanned, and when they were looked at. */
import type { InstanceRow } from "#api/instances/contract.ts";
import { Age } from "../../ui/age.tsx";
import { sayCount } from "../../ui/amounts.ts";
import classes from "./integrations.module.css";

export function Coverage({ heads }: { readonly heads: InstanceRow["heads"] }) {
  return (
    <div className={classes.whole}>
      {sayCount(heads.unscanned)} unscanned {heads.unscanned === 1 ? "head" : "heads"}
      <div className={classes.quiet}>
        {heads.unchecked > 0 ? (
          `${sayCount(heads.unchecked)} not looked at yet`
        ) : heads.oldestCheck === null ? (
          "not looked at yet"
        ) : (
          <>
            oldest look <Age since={heads.oldestCheck} />
          </>
        )}
      </div>
    </div>
  );
}
