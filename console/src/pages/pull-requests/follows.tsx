/** What follows from a problem, and which policy asks for it. */
import { Link } from "@tanstack/react-router";
import type { PullRequestDetail } from "#api/pull-requests/contract.ts";
import { policyActionLabels } from "../policies/policy-words.ts";
import classes from "./pull-requests.module.css";

interface Properties {
  readonly actions: PullRequestDetail["introduced"][number]["actions"];
  readonly instanceId: string;
}

export function Follows({ actions, instanceId }: Properties) {
  if (actions.length === 0) return null;
  return (
    <span>
      {actions.map(({ action, policy }, index) => (
        <span key={action}>
          {index === 0 ? "" : ", "}
          {policyActionLabels[action].label}
          {actions[index + 1]?.policy === policy ? null : (
            <>
              {" "}
              by{" "}
              <Link
                to="/policies/$instanceId/$policyId"
                params={{ instanceId, policyId: policy }}
                className={classes.textLink}
              >
                {policy}
              </Link>
            </>
          )}
        </span>
      ))}
    </span>
  );
}
