/** The two buttons at the end of a dialog: leave it, or do what it asks about. */
import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";

interface Properties {
  readonly onCancel: () => void;
  /** Left out in a form, which knows it from its submit. */
  readonly onConfirm?: () => void;
  readonly isBusy: boolean;
  readonly isDisabled?: boolean;
  /** What it does, on the button. */
  readonly children: ReactNode;
}

export function DialogEnd({ onCancel, onConfirm, isBusy, isDisabled = false, children }: Properties) {
  const confirm =
    onConfirm === undefined ? { type: "submit" as const } : { onClick: onConfirm, "data-autofocus": true };
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onCancel}>
        Cancel
      </Button>
      <Button {...confirm} loading={isBusy} disabled={isDisabled}>
        {children}
      </Button>
    </Group>
  );
}
