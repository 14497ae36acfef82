/** The state of an instance with the causes of its reasons, in short. */
import type { InstanceRow } from "#api/instances/contract.ts";
import { Tag } from "../../ui/tag.tsx";
import { instanceStates } from "../../ui/words.ts";
import classes from "./integrations.module.css";

type Shown = Pick<InstanceRow, "state" | "reasons" | "pausedAt">;

export function InstanceStatus({ instance }: { readonly instance: Shown }) {
  const { label, tone } = stateOf(instance);
  return (
    <div className={classes.status}>
      <Tag tone={tone}>{label}</Tag>
      {instance.reasons.map((reason) => (
        <div key={`${reason.code} ${reason.organization}`} className={classes.reason}>
          {reason.organization === null ? "" : `${reason.organization}: `}
          {reason.cause}
        </div>
      ))}
    </div>
  );
}

export function stateOf(instance: Pick<InstanceRow, "state" | "pausedAt">) {
  return instance.pausedAt === null ? instanceStates[instance.state] : ({ label: "Paused", tone: "off" } as const);
}
