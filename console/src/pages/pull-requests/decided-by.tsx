/** The policies that made a verdict what it is, the strictest first; each leads to what it says today. */
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import classes from "./pull-requests.module.css";

interface Properties {
  readonly instanceId: string;
  readonly policies: readonly { readonly id: string; readonly name: string }[];
}

export function DecidedBy({ instanceId, policies }: Properties) {
  return policies.map(({ id, name }, index) => (
    <Fragment key={id}>
      {index === 0 ? null : index === policies.length - 1 ? " and " : ", "}
      <Link to="/policies/$instanceId/$policyId" params={{ instanceId, policyId: id }} className={classes.textLink}>
        {name}
      </Link>
    </Fragment>
  ));
}
