/** Adds a person: name, first password, what they may do. */
import { Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { EditUserBody } from "#api/users/contract.ts";
import { tell } from "../../api.ts";
import { DialogEnd } from "../../ui/dialog-end.tsx";
import { wordsOf } from "../../ui/failure.tsx";
import { isLongEnough, NewPasswordField } from "../../ui/new-password-field.tsx";
import { sayDone } from "../../ui/say.ts";
import { RightsFields } from "./rights-fields.tsx";

export function NewPerson({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [rights, setRights] = useState<EditUserBody>({ role: "member", instances: [] });
  const create = useMutation({
    mutationFn: () => tell.createUser({ name: name.trim(), password, ...rights }),
    onSuccess: () => {
      sayDone(`${name.trim()} may sign in now.`);
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["users"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack gap="md">
        <TextInput
          data-autofocus
          label="Name"
          description="A name or a mail address"
          autoComplete="off"
          value={name}
          error={create.error === null ? undefined : wordsOf(create.error).title}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NewPasswordField label="First password" advice="hand it over safely" value={password} onChange={setPassword} />
        <RightsFields value={rights} onChange={setRights} />
        <DialogEnd
          onCancel={onClose}
          isBusy={create.isPending}
          isDisabled={name.trim() === "" || !isLongEnough(password)}
        >
          Add the person
        </DialogEnd>
      </Stack>
    </form>
  );
}
