/** Webhooks: what other systems are told by this instance, whether they took it, and what they answered. */
import { Button, Modal } from "@mantine/core";
import { IconPlus, IconWebhook } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { InstanceDetail } from "#api/instances/contract.ts";
import type { WebhookRow, WebhookWithSecret } from "#api/webhooks/contract.ts";
import { ask, tell } from "../../api.ts";
import { PanelStack } from "../../ui/columns.tsx";
import { ConfirmByName } from "../../ui/confirm-by-name.tsx";
import { Empty } from "../../ui/empty.tsx";
import { ItemList } from "../../ui/item-list.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { WebhookDeliveries } from "./webhook-deliveries.tsx";
import { WebhookForm } from "./webhook-form.tsx";
import { WebhookItem } from "./webhook-item.tsx";
import { WebhookSecret } from "./webhook-secret.tsx";

type Asked =
  | { readonly is: "new" }
  | { readonly is: "edit"; readonly webhook: WebhookRow }
  | { readonly is: "secret"; readonly made: WebhookWithSecret };

export function WebhooksTab({ instance }: { readonly instance: InstanceDetail }) {
  const query = useQuery(ask.webhooks(instance.id));
  const [asked, setAsked] = useState<Asked>();
  const [deleting, setDeleting] = useState<WebhookRow>();
  const client = useQueryClient();
  const [logOf, setLogOf] = useState<string>();
  const shown = query.data?.rows.find(({ id }) => id === logOf);
  const close = () => setAsked(undefined);
  return (
    <PanelStack>
      <Panel
        title="Webhooks"
        flush
        aside={
          <Button size="compact-md" leftSection={<IconPlus size={15} />} onClick={() => setAsked({ is: "new" })}>
            New webhook
          </Button>
        }
      >
        <Listing
          query={query}
          isEmpty={({ rows }) => rows.length === 0}
          empty={
            <Empty icon={IconWebhook} title="Nobody is told anything yet">
              A webhook tells another system what happens here, by a signed request over https: a chat, a ticket system,
              a program of yours.
            </Empty>
          }
        >
          {({ rows }) => (
            <ItemList label="Webhooks">
              {rows.map((webhook) => (
                <WebhookItem
                  key={webhook.id}
                  webhook={webhook}
                  isShown={webhook.id === logOf}
                  onLog={() => setLogOf(webhook.id === logOf ? undefined : webhook.id)}
                  onTried={() => setLogOf(webhook.id)}
                  onEdit={() => setAsked({ is: "edit", webhook })}
                  onSecret={(made) => setAsked({ is: "secret", made })}
                  onDelete={() => setDeleting(webhook)}
                />
              ))}
            </ItemList>
          )}
        </Listing>
      </Panel>
      {shown === undefined ? null : <WebhookDeliveries key={shown.id} webhook={shown} />}
      <Modal
        opened={asked !== undefined}
        onClose={close}
        title={asked === undefined ? "" : titles[asked.is]}
        size="lg"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {asked === undefined ? null : asked.is === "secret" ? (
          <WebhookSecret made={asked.made} onClose={close} />
        ) : (
          <WebhookForm
            instanceId={instance.id}
            webhook={asked.is === "edit" ? asked.webhook : undefined}
            onClose={close}
            onMade={(made) => setAsked({ is: "secret", made })}
          />
        )}
      </Modal>
      <ConfirmByName
        title="Delete this webhook"
        name={deleting?.name ?? ""}
        action="Delete it"
        opened={deleting !== undefined}
        onClose={() => setDeleting(undefined)}
        onConfirm={async () => {
          if (deleting !== undefined) await tell.deleteWebhook(deleting.id);
          await client.invalidateQueries({ queryKey: ["instances", instance.id, "webhooks"] });
          return undefined;
        }}
      >
        Its address is told nothing any more, and the log of its deliveries is deleted with it.
      </ConfirmByName>
    </PanelStack>
  );
}

const titles: Readonly<Record<Asked["is"], string>> = {
  new: "New webhook",
  edit: "Change this webhook",
  secret: "The secret of this webhook",
};
