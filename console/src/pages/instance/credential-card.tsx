/** One credential: whose it is, how it does, how long it holds, what it may do, and the ways to renew or remove it. */
import { Button, Group } from "@mantine/core";
import { IconRefresh, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { InstanceHealth } from "#api/instance-health/contract.ts";
import { tell } from "../../api.ts";
import { CapabilityMatrix } from "../../ui/connection/capability-matrix.tsx";
import { useMicrosoft } from "../../ui/connection/use-microsoft.ts";
import { methodLabels } from "../../ui/connection/words-of-rights.ts";
import { Fold } from "../../ui/fold.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Remaining } from "../../ui/remaining.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { Badge, Tag, type Tone } from "../../ui/tag.tsx";
import classes from "./instance.module.css";

export type CredentialRow = InstanceHealth["credentials"][number];

const healths: Readonly<Record<CredentialRow["health"], { readonly label: string; readonly tone: Tone }>> = {
  good: { label: "In good health", tone: "good" },
  refused: { label: "Refused", tone: "bad" },
  "sign-in-again": { label: "Must sign in again", tone: "bad" },
  removed: { label: "Removed from the organization", tone: "bad" },
};

interface Properties {
  readonly instanceId: string;
  readonly credential: CredentialRow;
  readonly isLast: boolean;
  readonly administers: boolean;
  /** A token cannot be renewed, only replaced. */
  readonly onNewToken: () => void;
}

export function CredentialCard({ instanceId, credential, isLast, administers, onNewToken }: Properties) {
  const { health, preflight } = credential;
  const label = `${credential.account} in ${credential.organization}`;
  const matrix = preflight === null ? null : <CapabilityMatrix preflight={preflight} label={label} />;
  return (
    <section aria-label={label}>
      <div className={classes.credentialHead}>
        <div>
          <div className={classes.credentialName}>
            {credential.account}
            {credential.isInUse ? <Badge>in use</Badge> : <Badge>in reserve</Badge>}
            <Tag tone={healths[health].tone}>{healths[health].label}</Tag>
          </div>
          <div className={classes.facts}>
            <span>{credential.organization}</span>
            <span>
              {methodLabels[credential.method]}
              {credential.allOrganizations ? " of all organizations" : ""}
            </span>
            {credential.tenant === null ? null : (
              <span>
                directory <code>{credential.tenant}</code>
              </span>
            )}
            {credential.checkedAt === null ? null : (
              <span>
                rights looked at <Moment at={credential.checkedAt} />
              </span>
            )}
          </div>
          {credential.expires === null ? null : <Remaining until={credential.expires} />}
          {credential.healthReason === null ? null : (
            <p style={{ margin: "4px 0 0" }}>
              {credential.healthReason}{" "}
              <span className={classes.quiet}>
                since <Moment at={credential.healthSince} />
              </span>
            </p>
          )}
        </div>
        {administers ? (
          <Orders instanceId={instanceId} credential={credential} isLast={isLast} onNewToken={onNewToken} />
        ) : null}
      </div>
      {preflight === null ? (
        <p className={classes.quiet}>Its rights have not been looked at yet.</p>
      ) : (
        <div className={classes.matrix}>
          {credential.isInUse ? matrix : <Fold summary="What it may do">{matrix}</Fold>}
        </div>
      )}
    </section>
  );
}

type OrdersProperties = Omit<Properties, "administers">;

function Orders({ instanceId, credential, isLast, onNewToken }: OrdersProperties) {
  const client = useQueryClient();
  const away = useMicrosoft();
  const remove = useMutation({
    mutationFn: () => tell.deleteCredential(instanceId, credential.id),
    onSuccess: () => sayDone(`The credential of ${credential.account} is erased.`),
    onError: (error) => sayFailed("The credential was not removed", error),
    onSettled: () => client.invalidateQueries({ queryKey: ["instances"] }),
  });
  const renew = () =>
    credential.method === "entra"
      ? away.mutate(
          { instanceId, credentialId: credential.id },
          { onError: (error) => sayFailed("The sign-in did not begin", error) },
        )
      : onNewToken();
  return (
    <Group gap={8}>
      <Button
        variant={credential.health === "good" ? "default" : "filled"}
        size="compact-md"
        leftSection={<IconRefresh size={15} />}
        loading={away.isPending || away.isSuccess}
        onClick={renew}
      >
        {credential.method === "pat" ? "Use a new token" : "Re-authenticate"}
      </Button>
      {isLast ? null : (
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          leftSection={<IconTrash size={15} />}
          loading={remove.isPending}
          onClick={() => remove.mutate()}
        >
          Remove
        </Button>
      )}
    </Group>
  );
}
