/** People who may sign in. */
import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUserPlus, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { UserRow } from "#api/users/contract.ts";
import { ask } from "../../api.ts";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Trail } from "../../ui/trail.tsx";
import { NewPerson } from "./new-person.tsx";

const columns: Column<UserRow>[] = [
  { id: "name", header: "Name", cell: ({ row }) => <strong>{row.original.name}</strong> },
  {
    id: "role",
    header: "May",
    cell: ({ row }) =>
      row.original.role === "administrator"
        ? "Do everything (administrator)"
        : "See and triage some instances (member)",
  },
  { id: "created", header: "Added", cell: ({ row }) => <Moment at={row.original.createdAt} /> },
];

export function PeoplePage() {
  const query = useQuery(ask.users());
  const [opened, dialog] = useDisclosure(false);
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
          {(answer) => <DataTable label="People" columns={columns} rows={answer.rows} rowId={(row) => row.id} />}
        </Listing>
      </Panel>
      <Modal opened={opened} onClose={dialog.close} title="Add a person" closeButtonProps={{ "aria-label": "Close" }}>
        <NewPerson onClose={dialog.close} />
      </Modal>
    </Page>
  );
}
