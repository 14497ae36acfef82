/** Tells the keys of a page. */
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconKeyboard } from "@tabler/icons-react";

export function KeysButton({ onClick }: { readonly onClick: () => void }) {
  return (
    <Tooltip label="Keys (?)">
      <ActionIcon variant="default" size={36} aria-label="Keys" onClick={onClick}>
        <IconKeyboard size={18} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}
