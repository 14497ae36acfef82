/** A webhook's secret, the one time that it is shown. */
import { Alert, Button, Group, Stack } from "@mantine/core";
import type { WebhookWithSecret } from "#api/webhooks/contract.ts";
import { CopyText } from "../../ui/copy-text.tsx";
import classes from "./webhooks.module.css";

interface Properties {
  readonly made: WebhookWithSecret;
  readonly onClose: () => void;
}

export function WebhookSecret({ made, onClose }: Properties) {
  return (
    <Stack gap="md">
      <Alert color="copper" variant="light" title="Copy it now">
        It is shown this once. {made.name} proves with it that a request comes from here: each is signed by HMAC SHA-256
        of its time and its body.
      </Alert>
      <div className={classes.secret}>
        <code>{made.secret}</code>
        <CopyText text={made.secret} label="Copy the secret" />
      </div>
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}
