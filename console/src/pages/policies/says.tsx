/** The conditions of a policy as people read them: groups, one of which must hold. */
import { Fragment } from "react";
import classes from "./policies.module.css";
import { capital } from "./policy-words.ts";

export function Says({ groups }: { readonly groups: readonly string[] }) {
  if (groups.length === 0) return <span>Every finding</span>;
  return (
    <span className={classes.says}>
      {groups.map((group, index) => (
        <Fragment key={group}>
          {index === 0 ? null : (
            <>
              {" "}
              <b className={classes.or}>or</b>{" "}
            </>
          )}
          {index === 0 ? capital(group) : group}
        </Fragment>
      ))}
    </span>
  );
}
