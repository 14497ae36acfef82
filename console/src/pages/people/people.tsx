/** People who may sign in. */
import { Button, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconLock, IconPencil, IconTrash, IconUserPlus, IconUsers } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { UserRow } from "#api/users/contract.ts";
import { ask, tell } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { ConfirmByName } from "../../ui/confirm-by-name.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { LinkedName } from "../../ui/table/linked-name.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Trail } from "../../ui/trail.tsx";
import { EditPerson } from "./edit-person.tsx";
import { NewPerson } from "./new-person.tsx";
import { SetPassword } from "./set-password.tsx";

const columns: Column<UserRow>[] = [
  {
    id: "name",
    header: "Name",
    cell: ({ row }) => (
      <LinkedName>
        <strong>{row.original.name}</strong>
      </LinkedName>
    ),
  },
  {
    id: "role",
    header: "May",
    cell: ({ row }) =>
      row.original.role === "administrator"
        ? "Do everything (administrator)"
        : `See and triage ${countOf(row.original.instances.length, "instance")} (member)`,
  },
  { id: "created", header: "Added", cell: ({ row }) => <Moment at={row.original.createdAt} /> },
];

export function PeoplePage() {
  const query = useQuery(ask.users());
  const client = useQueryClient();
  const me = useQuery(ask.session()).data?.user?.id;
  const [opened, dialog] = useDisclosure(false);
  const [edited, setEdited] = useState<UserRow>();
  const [forgetful, setForgetful] = useState<UserRow>();
  const [removed, setRemoved] = useState<UserRow>();
  const stopEditing = () => setEdited(undefined);
  const stopSetting = () => setForgetful(undefined);
  return (
    <Page
      title="People"
      trail={
        <Trail>
          <span>Settings</span>
        </Trail>
      }
      actions={
        <Button leftSection={<IconUserPlus size={16} />} onClick={dialog.open}>
          Add a person
        </Button>
      }
    >
      <Panel flush>
        <Listing
          query={query}
          isEmpty={(answer) => answer.rows.length === 0}
          empty={<Empty icon={IconUsers} title="Nobody may sign in yet" />}
        >
          {(answer) => (
            <DataTable
              label="People"
              columns={columns}
              rows={answer.rows}
              rowId={(row) => row.id}
              rowName={(row) => row.name}
              menu={(row) => (
                <>
                  <Menu.Item
                    leftSection={<IconPencil size={16} />}
                    disabled={row.id === me}
                    onClick={() => setEdited(row)}
                  >
                    Change rights
                  </Menu.Item>
                  <Menu.Item
                    leftSection={<IconLock size={16} />}
                    disabled={row.id === me}
                    onClick={() => setForgetful(row)}
                  >
                    Set a new password
                  </Menu.Item>
                  <Menu.Item
                    c="var(--sp-critical)"
                    leftSection={<IconTrash size={16} />}
                    disabled={row.id === me}
                    onClick={() => setRemoved(row)}
                  >
                    Remove
                  </Menu.Item>
                </>
              )}
            />
          )}
        </Listing>
      </Panel>
      <Dialog opened={opened} onClose={dialog.close} title="Add a person">
        <NewPerson onClose={dialog.close} />
      </Dialog>
      <Dialog opened={edited !== undefined} onClose={stopEditing} title={`What ${edited?.name ?? ""} may`}>
        {edited === undefined ? null : <EditPerson key={edited.id} person={edited} onClose={stopEditing} />}
      </Dialog>
      <Dialog
        title={`A new password for ${forgetful?.name ?? ""}`}
        opened={forgetful !== undefined}
        onClose={stopSetting}
      >
        {forgetful === undefined ? null : <SetPassword key={forgetful.id} person={forgetful} onClose={stopSetting} />}
      </Dialog>
      <ConfirmByName
        title="Remove this person"
        name={removed?.name ?? ""}
        action="Remove"
        opened={removed !== undefined}
        onClose={() => setRemoved(undefined)}
        onConfirm={async () => {
          if (removed !== undefined) await tell.deleteUser(removed.id);
          await client.invalidateQueries({ queryKey: ["users"] });
          return undefined;
        }}
      >
        They are signed out, and their API tokens and the views that they keep are deleted. What they decided stays.
      </ConfirmByName>
    </Page>
  );
}
