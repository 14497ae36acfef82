/** What can be done with an instance, by right click or by keyboard. */
import { Menu } from "@mantine/core";
import { IconCopy, IconPencil, IconTrash } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { InstanceRow } from "#api/instances/contract.ts";
import { copyToClipboard } from "../../ui/copy-to-clipboard.ts";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { rowText } from "./row-text.ts";

interface Properties {
  readonly row: InstanceRow;
  readonly administers: boolean;
  readonly onDelete: () => void;
}

export function InstanceMenu({ row, administers, onDelete }: Properties) {
  const navigate = useNavigate();
  const copy = async () => {
    try {
      await copyToClipboard(rowText(row));
      sayDone("The row is on the clipboard.");
    } catch (error) {
      sayFailed("The row was not copied", error);
    }
  };
  return (
    <>
      {administers ? (
        <>
          <Menu.Item
            leftSection={<IconPencil size={16} />}
            onClick={() => void navigate({ to: "/settings/integrations/$instanceId", params: { instanceId: row.id } })}
          >
            Edit instance
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={16} />} c="var(--sp-critical)" onClick={onDelete}>
            Delete instance
          </Menu.Item>
          <Menu.Divider />
        </>
      ) : null}
      <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void copy()}>
        Copy entire row to the clipboard
      </Menu.Item>
    </>
  );
}
