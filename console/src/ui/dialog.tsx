/** Something to decide before the page goes on. */
import { Modal } from "@mantine/core";
import type { ReactNode } from "react";

interface Properties {
  readonly title: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly size?: string;
  readonly children: ReactNode;
}

export function Dialog({ title, opened, onClose, size = "md", children }: Properties) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={size} closeButtonProps={{ "aria-label": "Close" }}>
      {children}
    </Modal>
  );
}
