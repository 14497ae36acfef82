/** Changes the password of who is signed in. */
import { PasswordInput, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { tell } from "../../api.ts";
import { RequestError } from "../../request.ts";
import { DialogEnd } from "../dialog-end.tsx";
import { wordsOf } from "../failure.tsx";
import { isLongEnough, NewPasswordField } from "../new-password-field.tsx";
import { sayDone } from "../say.ts";

export function ChangePassword({ onClose }: { readonly onClose: () => void }) {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const save = useMutation({
    mutationFn: () => tell.changePassword({ current, password }),
    onSuccess: () => {
      sayDone("Your password is changed.");
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const isWrong = save.error instanceof RequestError && save.error.fields.has("current");
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">You are signed out everywhere else. Your API tokens stay.</Text>
        <PasswordInput
          data-autofocus
          label="Your password until now"
          autoComplete="current-password"
          value={current}
          error={isWrong ? "This is not your password" : undefined}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <NewPasswordField label="New password" value={password} onChange={setPassword} />
        {save.error === null || isWrong ? null : <Text c="var(--sp-critical)">{wordsOf(save.error).title}</Text>}
        <DialogEnd onCancel={onClose} isBusy={save.isPending} isDisabled={current === "" || !isLongEnough(password)}>
          Change the password
        </DialogEnd>
      </Stack>
    </form>
  );
}
