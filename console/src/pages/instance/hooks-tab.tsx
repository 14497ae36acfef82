/** The service hooks: what Azure DevOps says of each, what arrived, and a try of them all that can be watched. */

import { Button, Group } from "@mantine/core";
import { IconKey, IconWebhook } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { InstanceDetail } from "#api/instances/contract.ts";
import { ask } from "../../api.ts";
import { Columns, PanelStack } from "../../ui/columns.tsx";
import { Panel } from "../../ui/panel.tsx";
import { useInstanceOrders } from "../integrations/use-instance-orders.ts";
import { DeliveryMode } from "./delivery-mode.tsx";
import { HooksOfProject } from "./hooks-of-project.tsx";
import { Validation } from "./validation.tsx";

interface Properties {
  readonly instance: InstanceDetail;
  readonly administers: boolean;
}

export function HooksTab({ instance, administers }: Properties) {
  const health = useQuery(ask.instanceHealth(instance.id));
  const validation = useQuery(ask.latestValidation(instance.id));
  const orders = useInstanceOrders();
  const { subscriptions } = instance;
  const groups = [...Map.groupBy(subscriptions, (one) => `${one.organization} ${one.project}`).values()];
  const runs = validation.data?.finishedAt === null;
  const order = (name: "validate" | "rotate-secrets") => () => orders.mutate({ id: instance.id, order: name });
  return (
    <Columns>
      <PanelStack>
        {validation.data === undefined ? null : <Validation validation={validation.data} />}
        <Panel title="Hooks by project" flush={subscriptions.length > 0}>
          {subscriptions.length === 0 ? (
            <p style={{ margin: 0 }}>
              {health.data?.delivery.is === "polling"
                ? "None are wanted: Sallyport asks for news by itself."
                : "None yet. They are made right after an instance is saved."}
            </p>
          ) : (
            groups.map((group) => (
              <HooksOfProject
                key={`${group[0]?.organization} ${group[0]?.project}`}
                subscriptions={group}
                results={validation.data?.results ?? []}
                open={groups.length <= 3}
              />
            ))
          )}
        </Panel>
      </PanelStack>
      <PanelStack>
        <Panel title="How news arrives">
          {health.data === undefined ? null : <DeliveryMode delivery={health.data.delivery} hooks={instance.hooks} />}
        </Panel>
        {administers ? (
          <Panel title="Try them">
            <p style={{ margin: "0 0 12px" }}>
              Azure DevOps sends a test notification through each hook, and you see each arrive. Nothing is scanned by
              it.
            </p>
            <Group gap={8}>
              <Button
                leftSection={<IconWebhook size={16} />}
                loading={orders.isPending || runs}
                disabled={subscriptions.length === 0 || instance.pausedAt !== null}
                onClick={order("validate")}
              >
                Validate
              </Button>
              <Button
                variant="default"
                leftSection={<IconKey size={16} />}
                disabled={subscriptions.length === 0 || orders.isPending}
                onClick={order("rotate-secrets")}
              >
                Rotate secrets
              </Button>
            </Group>
          </Panel>
        ) : null}
      </PanelStack>
    </Columns>
  );
}
