/** Why an instance is not simply connected: each cause with its time, what it affects, and what to do about it. */

import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { InstanceDetail } from "#api/instances/contract.ts";
import { ItemList } from "../../ui/item-list.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { type InstanceOrder, useInstanceOrders } from "../integrations/use-instance-orders.ts";
import classes from "./instance.module.css";

type Reason = InstanceDetail["reasons"][number];

const icons = { error: IconCircleX, warning: IconAlertTriangle, notice: IconInfoCircle };
const levels = { error: "Error:", warning: "Warning:", notice: "Notice:" };

interface Properties {
  readonly instance: InstanceDetail;
  readonly administers: boolean;
}

export function Reasons({ instance, administers }: Properties) {
  return (
    <ItemList label="Reasons">
      {instance.reasons.map((reason) => {
        const Icon = icons[reason.level];
        return (
          <li key={`${reason.code} ${reason.organization}`} className={classes.reason} data-level={reason.level}>
            <Icon size={18} stroke={1.8} aria-label={levels[reason.level]} />
            <div>
              <strong>
                {reason.organization === null ? "" : `${reason.organization}: `}
                {reason.cause}
              </strong>{" "}
              <span className={classes.quiet}>
                since <Moment at={reason.since} />
              </span>
              <p>{reason.affects}</p>
              <p className={classes.quiet}>{reason.remedy}</p>
            </div>
            {reason.action !== null && administers ? (
              <Remedy instanceId={instance.id} action={reason.action} />
            ) : (
              <span />
            )}
          </li>
        );
      })}
    </ItemList>
  );
}

type Action = NonNullable<Reason["action"]>;

/** Those that need a person's choice lead to where it is made. */
const places = {
  "renew-sign-in": { tab: "sign-in", label: "Re-authenticate" },
  "edit-choice": { tab: "repositories", label: "Edit the choice" },
} as const;

const orderLabels = {
  sync: "Sync now",
  validate: "Validate",
  resume: "Resume",
  "try-again": "Try again",
} as const satisfies Partial<Record<InstanceOrder, string>>;

function Remedy({ instanceId, action }: { readonly instanceId: string; readonly action: Action }) {
  const orders = useInstanceOrders();
  const navigate = useNavigate();
  if (action === "renew-sign-in" || action === "edit-choice") {
    const { tab, label } = places[action];
    return (
      <LinkButton to="/settings/integrations/$instanceId" params={{ instanceId }} search={{ tab }} size="compact-md">
        {label}
      </LinkButton>
    );
  }
  const give = () => {
    orders.mutate({ id: instanceId, order: action });
    // There each test notification is seen arriving.
    if (action === "validate") {
      void navigate({ to: "/settings/integrations/$instanceId", params: { instanceId }, search: { tab: "hooks" } });
    }
  };
  return (
    <Button size="compact-md" loading={orders.isPending} onClick={give}>
      {orderLabels[action]}
    </Button>
  );
}
