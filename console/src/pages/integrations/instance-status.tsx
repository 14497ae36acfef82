/** The state of an instance with its reasons. */
import type { InstanceRow } from "#api/instances/contract.ts";
import { Tag } from "../../ui/tag.tsx";
import { instanceStates } from "../../ui/words.ts";
import classes from "./integrations.module.css";

export function InstanceStatus({ instance }: { readonly instance: Pick<InstanceRow, "state" | "reasons"> }) {
  const { label, tone } = instanceStates[instance.state];
  return (
    <div className={classes.status}>
      <Tag tone={tone}>{label}</Tag>
      {instance.reasons.map((reason) => (
        <div key={reason.code} className={classes.reason}>
          {reason.message}
        </div>
      ))}
    </div>
  );
}
