/** The API tokens of the signed-in person. */
import { Alert, Button, Group, Menu, Modal, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKey, IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ApiTokenRow } from "#api/tokens/contract.ts";
import { ask, tell } from "../../api.ts";
import { CopyText } from "../../ui/copy-text.tsx";
import { DialogEnd } from "../../ui/dialog-end.tsx";
import { Empty } from "../../ui/empty.tsx";
import { wordsOf } from "../../ui/failure.tsx";
import { beginningOf } from "../../ui/local-day.ts";
import { Moment, sayDay } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Trail } from "../../ui/trail.tsx";
import classes from "./tokens.module.css";

const columns: Column<ApiTokenRow>[] = [
  { id: "name", header: "Name", cell: ({ row }) => <strong>{row.original.name}</strong> },
  { id: "created", header: "Created", cell: ({ row }) => <Moment at={row.original.createdAt} /> },
  {
    id: "expires",
    header: "Expires",
    cell: ({ row }) => (row.original.expires === null ? "Never" : sayDay(row.original.expires)),
  },
];

export function TokensPage() {
  const client = useQueryClient();
  const query = useQuery(ask.tokens());
  const [opened, dialog] = useDisclosure(false);
  const remove = useMutation({
    mutationFn: (row: ApiTokenRow) => tell.deleteToken(row.id),
    onSuccess: (_answer, row) => sayDone(`${row.name} is deleted; it no longer opens anything.`),
    onError: (error) => sayFailed("The token was not deleted", error),
    onSettled: () => client.invalidateQueries({ queryKey: ["tokens"] }),
  });
  return (
    <Page
      title="API tokens"
      lead={
        <>
          For scripts: send one as <code>Authorization: Bearer</code>. It may do what you may do.
        </>
      }
      trail={
        <Trail>
          <span>Settings</span>
        </Trail>
      }
      actions={
        <Button leftSection={<IconPlus size={16} />} onClick={dialog.open}>
          New token
        </Button>
      }
    >
      <Panel flush>
        <Listing
          query={query}
          isEmpty={(answer) => answer.rows.length === 0}
          empty={
            <Empty icon={IconKey} title="You have no API token">
              Make one for a script or a pipeline that reads issues or starts scans.
            </Empty>
          }
        >
          {(answer) => (
            <DataTable
              label="API tokens"
              columns={columns}
              rows={answer.rows}
              rowId={(row) => row.id}
              rowName={(row) => row.name}
              menu={(row) => (
                <Menu.Item
                  c="var(--sp-critical)"
                  leftSection={<IconTrash size={16} />}
                  onClick={() => remove.mutate(row)}
                >
                  Delete token
                </Menu.Item>
              )}
            />
          )}
        </Listing>
      </Panel>
      <Modal opened={opened} onClose={dialog.close} title="New API token" closeButtonProps={{ "aria-label": "Close" }}>
        <NewToken onClose={dialog.close} />
      </Modal>
    </Page>
  );
}

function NewToken({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [expires, setExpires] = useState("");
  const create = useMutation({
    mutationFn: () =>
      tell.createToken({
        name: name.trim(),
        ...(expires === "" ? {} : { expires: beginningOf(expires) }),
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ["tokens"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  if (create.data !== undefined) {
    return (
      <Stack gap="md">
        <Alert color="copper" variant="light" title="Copy it now">
          It is shown this once; only its fingerprint is kept.
        </Alert>
        <div className={classes.token}>
          <code>{create.data.token}</code>
          <CopyText text={create.data.token} label="Copy the token" />
        </div>
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          data-autofocus
          label="Name"
          description="What it is for"
          value={name}
          maxLength={200}
          error={create.error === null ? undefined : wordsOf(create.error).title}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label="Expires"
          description="Empty means never"
          value={expires}
          onChange={(event) => setExpires(event.currentTarget.value)}
        />
        <DialogEnd onCancel={onClose} isBusy={create.isPending} isDisabled={name.trim() === ""}>
          Create the token
        </DialogEnd>
      </Stack>
    </form>
  );
}
