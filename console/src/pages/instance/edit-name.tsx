/** The name of an instance. */
import { Button, Group, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { InstanceDetail } from "#api/instances/contract.ts";
import { tell } from "../../api.ts";
import { wordsOf } from "../../ui/failure.tsx";
import { Panel } from "../../ui/panel.tsx";
import { sayDone } from "../../ui/say.ts";

export function EditName({ instance }: { readonly instance: InstanceDetail }) {
  const client = useQueryClient();
  const [name, setName] = useState(instance.name);
  const save = useMutation({
    mutationFn: () => tell.editInstance(instance.id, { name: name.trim() }),
    onSuccess: async () => {
      sayDone("The name is saved.");
      await client.invalidateQueries({ queryKey: ["instances"] });
    },
  });
  return (
    <Panel title="Name">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Group align="flex-start" gap={8}>
          <TextInput
            aria-label="Name of the instance"
            value={name}
            maxLength={200}
            error={save.error === null ? undefined : wordsOf(save.error).title}
            onChange={(event) => setName(event.currentTarget.value)}
            style={{ flex: 1, maxWidth: 420 }}
          />
          <Button type="submit" loading={save.isPending} disabled={name.trim() === "" || name.trim() === instance.name}>
            Save the name
          </Button>
        </Group>
      </form>
    </Panel>
  );
}
