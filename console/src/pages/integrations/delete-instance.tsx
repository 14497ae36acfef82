/** Deletes an instance after its name was typed, and says before what that takes away. */
import { List, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { tell } from "../../api.ts";
import { ConfirmByName } from "../../ui/confirm-by-name.tsx";
import { sayDone } from "../../ui/say.ts";

interface Properties {
  readonly id: string;
  readonly name: string;
  readonly effects: string;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

export function DeleteInstance({ id, name, effects, onClose, onDeleted }: Properties) {
  const client = useQueryClient();
  return (
    <ConfirmByName
      opened
      title="Delete instance"
      name={name}
      action="Delete instance"
      onClose={onClose}
      onConfirm={async () => {
        await tell.deleteInstance(id);
        sayDone(`${name} is being deleted.`);
        onDeleted?.();
        await client.invalidateQueries();
      }}
    >
      <Text>Deleting cannot be undone. It</Text>
      <List mt={4} size="sm" spacing={2} withPadding>
        <List.Item>removes the service hooks in Azure DevOps,</List.Item>
        <List.Item>erases the stored credentials,</List.Item>
        <List.Item>deletes all scans and issues of this instance ({effects}).</List.Item>
      </List>
      <Text mt={4}>A line in the audit remains. Nothing in the repositories changes.</Text>
    </ConfirmByName>
  );
}
