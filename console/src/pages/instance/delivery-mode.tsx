/** Hooks or polling, and how long a push takes to be seen. */
import type { InstanceHealth } from "#api/instance-health/contract.ts";
import type { InstanceDetail } from "#api/instances/contract.ts";
import { sayCount, sayDuration } from "../../ui/amounts.ts";
import { Tag } from "../../ui/tag.tsx";
import classes from "./instance.module.css";

interface Properties {
  readonly delivery: InstanceHealth["delivery"];
  readonly hooks: InstanceDetail["hooks"];
}

export function DeliveryMode({ delivery, hooks }: Properties) {
  const within = sayDuration(delivery.latencySeconds * 1000);
  if (delivery.is === "polling") {
    return (
      <>
        <Tag tone="quiet">By polling alone</Tag>
        <p className={classes.quiet} style={{ margin: "4px 0 0" }}>
          {delivery.because} A push is usually seen within {within}.
        </p>
      </>
    );
  }
  const good = hooks.total > 0 && hooks.healthy === hooks.total;
  return (
    <>
      <Tag tone={good ? "good" : "warning"}>
        {sayCount(hooks.healthy)} of {sayCount(hooks.total)} hooks enabled
      </Tag>
      <p className={classes.quiet} style={{ margin: "4px 0 0" }}>
        Azure DevOps tells of every push, pull request and build; a push is usually seen within {within}. What is lost
        on the way is found by looking.
      </p>
    </>
  );
}
