/** Gives somebody who forgot theirs a new password. */
import { Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { UserRow } from "#api/users/contract.ts";
import { tell } from "../../api.ts";
import { DialogEnd } from "../../ui/dialog-end.tsx";
import { wordsOf } from "../../ui/failure.tsx";
import { isLongEnough, NewPasswordField } from "../../ui/new-password-field.tsx";
import { sayDone } from "../../ui/say.ts";

export function SetPassword({ person, onClose }: { readonly person: UserRow; readonly onClose: () => void }) {
  const [password, setPassword] = useState("");
  const save = useMutation({
    mutationFn: () => tell.setPassword(person.id, { password }),
    onSuccess: () => {
      sayDone(`${person.name} signs in with the new password now.`);
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack gap="md">
        <Text size="sm">They are signed out everywhere. Their API tokens stay.</Text>
        <NewPasswordField label="New password" advice="hand it over safely" value={password} onChange={setPassword} />
        {save.error === null ? null : <Text c="var(--sp-critical)">{wordsOf(save.error).title}</Text>}
        <DialogEnd onCancel={onClose} isBusy={save.isPending} isDisabled={!isLongEnough(password)}>
          Set the password
        </DialogEnd>
      </Stack>
    </form>
  );
}
