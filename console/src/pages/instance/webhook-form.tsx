/** Where a webhook goes, and what it tells. */
import { Checkbox, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { WebhookBody, WebhookRow, WebhookWithSecret } from "#api/webhooks/contract.ts";
import { tell } from "../../api.ts";
import { RequestError } from "../../request.ts";
import { DialogEnd } from "../../ui/dialog-end.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { webhookEventLabels, webhookEvents } from "../../ui/words.ts";
import classes from "./webhooks.module.css";

interface Properties {
  readonly instanceId: string;
  /** Absent: a new one. */
  readonly webhook: WebhookRow | undefined;
  readonly onClose: () => void;
  readonly onMade: (made: WebhookWithSecret) => void;
}

const mostUseful: WebhookBody["events"] = ["issue-opened", "verdict", "gate-not-effective", "digest"];

export function WebhookForm({ instanceId, webhook, onClose, onMade }: Properties) {
  const [name, setName] = useState(webhook?.name ?? "");
  const [address, setAddress] = useState(webhook?.address ?? "");
  const [events, setEvents] = useState<readonly string[]>(webhook?.events ?? mostUseful);
  const save = useSave({ instanceId, webhook, onClose, onMade });
  const mistakes = save.error instanceof RequestError ? save.error.fields : new Map<string, string>();
  const mistakeOf = (field: string) => mistakes.get(field) ?? mistakes.get(`/${field}`);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const chosen = webhookEvents.filter((one) => events.includes(one));
        save.mutate({ name: name.trim(), address: address.trim(), events: chosen, enabled: webhook?.enabled ?? true });
      }}
    >
      <Stack gap="md">
        <TextInput
          data-autofocus
          label="Name"
          description="Who is told"
          value={name}
          maxLength={100}
          error={mistakeOf("name")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Address"
          description="https, and reachable from this server"
          placeholder="https://hooks.example.com/sallyport"
          value={address}
          maxLength={2000}
          spellCheck={false}
          error={mistakeOf("address")}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Checkbox.Group label="What it tells" value={[...events]} error={mistakeOf("events")} onChange={setEvents}>
          <div className={classes.events}>
            {webhookEvents.map((event) => (
              <Checkbox key={event} value={event} label={webhookEventLabels[event]} />
            ))}
          </div>
        </Checkbox.Group>
        <DialogEnd
          onCancel={onClose}
          isBusy={save.isPending}
          isDisabled={name.trim() === "" || address.trim() === "" || events.length === 0}
        >
          {webhook === undefined ? "Make it" : "Save it"}
        </DialogEnd>
      </Stack>
    </form>
  );
}

function useSave({ instanceId, webhook, onClose, onMade }: Properties) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: WebhookBody) => {
      if (webhook === undefined) {
        onMade(await tell.createWebhook(instanceId, body));
        return;
      }
      await tell.changeWebhook(webhook.id, body);
      sayDone("The webhook is saved.");
      onClose();
    },
    onError: (error) => {
      if (!(error instanceof RequestError) || error.fields.size === 0) sayFailed("The webhook was not saved", error);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["instances", instanceId, "webhooks"] }),
  });
}
