/** One webhook of the list, with what can be done with it. */
import { ActionIcon, Button, Menu, Switch } from "@mantine/core";
import { IconDots, IconKey, IconPencil, IconSend, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { WebhookRow, WebhookWithSecret } from "#api/webhooks/contract.ts";
import { tell } from "../../api.ts";
import { Badges } from "../../ui/badges.tsx";
import { Moment } from "../../ui/moment.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { Tag } from "../../ui/tag.tsx";
import { webhookEventLabels } from "../../ui/words.ts";
import classes from "./webhooks.module.css";

interface Properties {
  readonly webhook: WebhookRow;
  /** Its log is on screen. */
  readonly isShown: boolean;
  readonly onLog: () => void;
  readonly onTried: () => void;
  readonly onEdit: () => void;
  readonly onSecret: (made: WebhookWithSecret) => void;
  readonly onDelete: () => void;
}

export function WebhookItem({ webhook, isShown, onLog, onTried, onEdit, onSecret, onDelete }: Properties) {
  const { enabled, name } = webhook;
  const orders = useOrders(webhook, { onTried, onSecret });
  return (
    <li className={classes.webhook}>
      <div className={classes.about}>
        <div className={classes.head}>
          <strong>{name}</strong>
          <State webhook={webhook} />
        </div>
        <p className={classes.address}>{webhook.address}</p>
        <Badges words={webhook.events.map((event) => webhookEventLabels[event])} />
      </div>
      <div className={classes.orders}>
        <Switch
          aria-label={`Send to ${name}`}
          checked={enabled}
          disabled={orders.isBusy}
          onChange={(event) => orders.change(event.currentTarget.checked)}
        />
        <Button variant="default" size="compact-md" aria-expanded={isShown} onClick={onLog}>
          Deliveries
        </Button>
        <Menu position="bottom-end" width={210}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={`Actions of ${name}`}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconSend size={16} />} disabled={!enabled} onClick={orders.tryIt}>
              Try it
            </Menu.Item>
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
              Change
            </Menu.Item>
            <Menu.Item leftSection={<IconKey size={16} />} onClick={orders.newSecret}>
              New secret
            </Menu.Item>
            <Menu.Item c="var(--sp-critical)" leftSection={<IconTrash size={16} />} onClick={onDelete}>
              Delete it and its log
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </li>
  );
}

function State({ webhook: { enabled, failingSince } }: { readonly webhook: WebhookRow }) {
  if (!enabled) return <Tag tone="off">Switched off</Tag>;
  if (failingSince === null) return <Tag tone="good">Sends</Tag>;
  return (
    <Tag tone="bad">
      Nothing came through since <Moment at={failingSince} />
    </Tag>
  );
}

function useOrders(webhook: WebhookRow, { onTried, onSecret }: Pick<Properties, "onTried" | "onSecret">) {
  const client = useQueryClient();
  const { id, name, address, events } = webhook;
  const onSettled = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ["instances"] }),
      client.invalidateQueries({ queryKey: ["webhook-deliveries", id] }),
    ]);
  const change = useMutation({
    mutationFn: (enabled: boolean) => tell.changeWebhook(id, { name, address, events, enabled }),
    onSuccess: ({ enabled }) =>
      sayDone(enabled ? `${name} is told what happens from now on.` : `${name} is told nothing.`),
    onError: (error) => sayFailed("It was not changed", error),
    onSettled,
  });
  const tryIt = useMutation({
    mutationFn: () => tell.tryWebhook(id),
    onSuccess: onTried,
    onError: (error) => sayFailed("It was not tried", error),
    onSettled,
  });
  const newSecret = useMutation({
    mutationFn: () => tell.changeWebhookSecret(id),
    onSuccess: onSecret,
    onError: (error) => sayFailed("The secret was not changed", error),
    onSettled,
  });
  return {
    change: change.mutate,
    tryIt: () => tryIt.mutate(),
    newSecret: () => newSecret.mutate(),
    isBusy: change.isPending,
  };
}
