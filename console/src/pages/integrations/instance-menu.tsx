/** What can be done with an instance, by right click or by keyboard. */
import { Menu } from "@mantine/core";
import {
  IconCopy,
  IconKey,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconTrash,
  IconWebhook,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { InstanceRow } from "#api/instances/contract.ts";
import type { instanceTabs } from "../../search-filters.ts";
import { copyToClipboard } from "../../ui/copy-to-clipboard.ts";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { rowText } from "./row-text.ts";
import { type InstanceOrder, useInstanceOrders } from "./use-instance-orders.ts";

interface Properties {
  readonly row: InstanceRow;
  readonly administers: boolean;
  readonly onDelete: () => void;
}

export function InstanceMenu({ row, administers, onDelete }: Properties) {
  const navigate = useNavigate();
  const orders = useInstanceOrders();
  const order = (name: InstanceOrder) => () => orders.mutate({ id: row.id, order: name });
  const open = (tab: (typeof instanceTabs)[number]) => () =>
    void navigate({ to: "/settings/integrations/$instanceId", params: { instanceId: row.id }, search: { tab } });
  const validate = () => {
    orders.mutate({ id: row.id, order: "validate" });
    open("hooks")();
  };
  const copy = async () => {
    try {
      await copyToClipboard(rowText(row));
      sayDone("The row is on the clipboard.");
    } catch (error) {
      sayFailed("The row was not copied", error);
    }
  };
  const copyItem = (
    <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void copy()}>
      Copy entire row to the clipboard
    </Menu.Item>
  );
  if (!administers) return copyItem;
  const paused = row.pausedAt !== null;
  return (
    <>
      <Menu.Item leftSection={<IconPencil size={16} />} onClick={open("repositories")}>
        Edit instance
      </Menu.Item>
      <Menu.Item leftSection={<IconKey size={16} />} onClick={open("sign-in")}>
        Re-authenticate
      </Menu.Item>
      <Menu.Item
        leftSection={paused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
        onClick={order(paused ? "resume" : "pause")}
      >
        {paused ? "Resume" : "Pause"}
      </Menu.Item>
      <Menu.Item leftSection={<IconRefresh size={16} />} disabled={paused} onClick={order("sync")}>
        Sync now
      </Menu.Item>
      <Menu.Item leftSection={<IconWebhook size={16} />} disabled={paused} onClick={validate}>
        Validate
      </Menu.Item>
      <Menu.Divider />
      {copyItem}
      <Menu.Divider />
      <Menu.Item leftSection={<IconTrash size={16} />} c="var(--sp-critical)" onClick={onDelete}>
        Delete instance
      </Menu.Item>
    </>
  );
}
