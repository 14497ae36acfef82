/** Deletes an instance: says what goes, offers the issues first, asks for the name, and shows the receipt afterwards. */
import { Button, Group, List, Modal, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { InstanceRow } from "#api/instances/contract.ts";
import { tell } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { ConfirmByName } from "../../ui/confirm-by-name.tsx";
import { DeletionReceipt } from "./deletion-receipt.tsx";

interface Properties {
  readonly instance: InstanceRow;
  readonly onClose: () => void;
  /** After the receipt was seen. */
  readonly onDeleted?: () => void;
}

export function DeleteInstance({ instance, onClose, onDeleted }: Properties) {
  const client = useQueryClient();
  // What it was: the row itself goes away while the receipt is shown.
  const [{ id, name }] = useState(instance);
  const [deleted, setDeleted] = useState(false);
  if (deleted) {
    const close = () => {
      onClose();
      onDeleted?.();
    };
    return (
      <Modal opened onClose={close} title={`${name} is deleted`} closeButtonProps={{ "aria-label": "Close" }}>
        <DeletionReceipt id={id} />
        <Group justify="flex-end" mt="lg">
          <Button onClick={close}>Done</Button>
        </Group>
      </Modal>
    );
  }
  return (
    <ConfirmByName
      opened
      title="Delete instance"
      name={name}
      action="Delete instance"
      onClose={onClose}
      onConfirm={async () => {
        await tell.deleteInstance(id);
        setDeleted(true);
        await client.invalidateQueries();
        // The receipt takes the dialog's place; nothing is to be closed yet.
        return "stay";
      }}
    >
      <Effects instance={instance} />
      <Group gap={8} mt="md">
        <Text fz="sm">Take the issues with you first:</Text>
        <Export id={id} format="csv" />
        <Export id={id} format="json" />
      </Group>
    </ConfirmByName>
  );
}

function Effects({ instance }: { readonly instance: InstanceRow }) {
  const { repositories, issues, hooks, credentials, organizations } = instance;
  return (
    <>
      <Text>Deleting cannot be undone. It takes away</Text>
      <List mt={4} size="sm" spacing={2} withPadding>
        <List.Item>
          {countOf(hooks.total, "service hook")} in Azure DevOps ({organizations.map((one) => one.name).join(", ")}),
        </List.Item>
        <List.Item>{countOf(credentials.total, "stored credential")},</List.Item>
        <List.Item>
          {countOf(repositories.total, "repository", "repositories")} from the lists, with their mirrors and all scans,
        </List.Item>
        <List.Item>all issues with their history and decisions; {countOf(issues, "is", "are")} open now.</List.Item>
      </List>
      <Text mt={4}>A line in the audit and a receipt remain. Nothing in the repositories changes.</Text>
    </>
  );
}

function Export({ id, format }: { readonly id: string; readonly format: "csv" | "json" }) {
  return (
    <Button
      component="a"
      href={`/api/instances/${id}/issues.${format}`}
      download
      variant="default"
      size="compact-sm"
      leftSection={<IconDownload size={14} />}
    >
      Issues as {format.toUpperCase()}
    </Button>
  );
}
