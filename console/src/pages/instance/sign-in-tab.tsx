/** Who the instance acts as: each credential with its health and rights; renew, remove, or add another. */

import { Button, Collapse } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus, IconShieldCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { InstanceDetail } from "#api/instances/contract.ts";
import { ask } from "../../api.ts";
import { PanelStack } from "../../ui/columns.tsx";
import { ItemList } from "../../ui/item-list.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { useInstanceOrders } from "../integrations/use-instance-orders.ts";
import { AddCredential } from "./add-credential.tsx";
import { AttemptOutcome } from "./attempt-outcome.tsx";
import { CredentialCard } from "./credential-card.tsx";

interface Properties {
  readonly instance: InstanceDetail;
  readonly administers: boolean;
  /** Back from Microsoft. */
  readonly attempt: string | undefined;
}

export function SignInTab({ instance, administers, attempt }: Properties) {
  const health = useQuery(ask.instanceHealth(instance.id));
  const orders = useInstanceOrders();
  const [adding, form] = useDisclosure(false);
  return (
    <PanelStack alone>
      {attempt === undefined || !administers ? null : (
        <AttemptOutcome
          key={attempt}
          attempt={attempt}
          instance={instance}
          credentials={health.data?.credentials ?? []}
        />
      )}
      <Panel
        title="Credentials"
        flush
        aside={
          administers ? (
            <Button
              variant="default"
              size="compact-md"
              leftSection={<IconShieldCheck size={16} />}
              loading={orders.isPending}
              onClick={() => orders.mutate({ id: instance.id, order: "check" })}
            >
              Check now
            </Button>
          ) : undefined
        }
      >
        <Listing query={health} isEmpty={() => false} empty={null}>
          {(answer) => (
            <ItemList label="Credentials">
              {answer.credentials.map((credential) => (
                <li key={credential.id}>
                  <CredentialCard
                    instanceId={instance.id}
                    credential={credential}
                    isLast={answer.credentials.length === 1}
                    administers={administers}
                    onNewToken={form.open}
                  />
                </li>
              ))}
            </ItemList>
          )}
        </Listing>
      </Panel>
      {administers ? (
        <Panel title="Another credential">
          <p style={{ margin: 0 }}>
            One more, for the day that the first one fails: Sallyport then goes on under it by itself, and makes its
            hooks anew. A sign-in that reaches more organizations adds these too.
          </p>
          {adding ? null : (
            <Button variant="default" mt="sm" leftSection={<IconPlus size={16} />} onClick={form.open}>
              Add another credential
            </Button>
          )}
          <Collapse expanded={adding} mt="md">
            {adding ? <AddCredential instance={instance} onDone={form.close} /> : null}
          </Collapse>
        </Panel>
      ) : null}
    </PanelStack>
  );
}
