/** Asks to type a name before something is done that cannot be undone. */
import { Button, Group, Modal, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { wordsOf } from "./failure.tsx";

interface Properties {
  readonly title: string;
  readonly name: string;
  readonly action: string;
  readonly children: ReactNode;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** "stay": something else takes the dialog's place. */
  readonly onConfirm: () => Promise<"stay" | undefined>;
}

export function ConfirmByName({ title, name, action, children, opened, onClose, onConfirm }: Properties) {
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const close = () => {
    setTyped("");
    setError(undefined);
    onClose();
  };
  const confirm = async (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== name) return;
    setBusy(true);
    try {
      if ((await onConfirm()) !== "stay") close();
    } catch (problem) {
      setError(wordsOf(problem).title);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={(event) => void confirm(event)}>
        {children}
        <TextInput
          data-autofocus
          mt="md"
          label={`Type ${name} to confirm`}
          value={typed}
          error={error}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={close}>
            Keep it
          </Button>
          <Button type="submit" color="red" loading={busy} disabled={typed.trim() !== name}>
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
