/** The policies that hold an issue: when, and what each of them asks for. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { DecidedAbout, IssueDetail } from "#api/issues/contract.ts";
import { ask } from "../../api.ts";
import { Badges } from "../../ui/badges.tsx";
import { sayDay } from "../../ui/moment.tsx";
import { PanePart } from "../../ui/split/pane-content.tsx";
import { policyActionLabels, policyTriggerLabels } from "../policies/policy-words.ts";
import classes from "./issue.module.css";

export function PoliciesOf({ issue: { id, instanceId, state } }: { readonly issue: IssueDetail }) {
  const { data } = useQuery(ask.decided(id));
  if (data === undefined || state.is !== "open") return null;
  return (
    <PanePart title="Policies">
      {data.policies.length === 0 ? (
        <p className={classes.quiet}>No policy that is in force asks for anything because of it.</p>
      ) : (
        <ul className={classes.decided}>
          {data.policies.map((policy) => (
            <li key={policy.id}>
              <div className={classes.decidedHead}>
                <Link
                  to="/policies/$instanceId/$policyId"
                  params={{ instanceId, policyId: policy.id }}
                  className={classes.plain}
                >
                  {policy.name}
                </Link>
                <Badges words={policy.actions.map((action) => policyActionLabels[action].label)} />
              </div>
              <div className={classes.quiet}>{sayWhen(policy)}</div>
            </li>
          ))}
        </ul>
      )}
    </PanePart>
  );
}

function sayWhen({ triggers, graceUntil }: DecidedAbout["policies"][number]): string {
  const labels = triggers.map((trigger) => policyTriggerLabels[trigger].label);
  const grace = graceUntil === null ? "" : `; until ${sayDay(graceUntil)} it only records instead of blocking`;
  return `${labels.join(", ")}${grace}`;
}
