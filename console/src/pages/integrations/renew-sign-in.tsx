/** A new token for an instance whose old one expires or was revoked. */
import { Button, Collapse, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Connection } from "#api/connections/contract.ts";
import type { InstanceDetail } from "#api/instances/contract.ts";
import { tell } from "../../api.ts";
import { CheckResult } from "../../ui/connection/check-result.tsx";
import { TokenForm } from "../../ui/connection/token-form.tsx";
import { Panel } from "../../ui/panel.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";

export function RenewSignIn({ instance }: { readonly instance: InstanceDetail }) {
  const client = useQueryClient();
  const [opened, form] = useDisclosure(false);
  const [connection, setConnection] = useState<Connection>();
  const save = useMutation({
    mutationFn: (draft: string) => tell.editInstance(instance.id, { draft }),
    onSuccess: async () => {
      sayDone("The new token is at work.");
      form.close();
      setConnection(undefined);
      await client.invalidateQueries({ queryKey: ["instances"] });
    },
    onError: (error) => sayFailed("The token was not taken", error),
  });
  const draft = connection?.draft ?? null;
  return (
    <Panel title="Sign-in">
      <Text>
        Sallyport uses a personal access token of {instance.signIn?.account ?? "somebody"}. It is sealed on this server
        and never shown.
      </Text>
      {opened ? null : (
        <Button variant="default" mt="sm" onClick={form.open}>
          Use a new token
        </Button>
      )}
      <Collapse expanded={opened} mt="md">
        <TokenForm
          organizations={instance.organizations.map((organization) => organization.name)}
          onChecked={setConnection}
        />
        {connection === undefined ? null : <CheckResult connection={connection} sameInstance={instance.name} />}
        {draft === null ? null : (
          <Button mt="md" loading={save.isPending} onClick={() => save.mutate(draft)}>
            Use this token from now on
          </Button>
        )}
      </Collapse>
    </Panel>
  );
}
