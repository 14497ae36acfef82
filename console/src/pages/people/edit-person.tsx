/** Changes what somebody may do and see; it counts with their next click. */
import { Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { EditUserBody, UserRow } from "#api/users/contract.ts";
import { tell } from "../../api.ts";
import { DialogEnd } from "../../ui/dialog-end.tsx";
import { wordsOf } from "../../ui/failure.tsx";
import { sayDone } from "../../ui/say.ts";
import { RightsFields } from "./rights-fields.tsx";

export function EditPerson({ person, onClose }: { readonly person: UserRow; readonly onClose: () => void }) {
  const client = useQueryClient();
  const [rights, setRights] = useState<EditUserBody>({ role: person.role, instances: person.instances });
  const save = useMutation({
    mutationFn: () => tell.editUser(person.id, rights),
    onSuccess: () => {
      sayDone(`What ${person.name} may is changed.`);
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["users"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <RightsFields value={rights} onChange={setRights} />
        {save.error === null ? null : <Text c="var(--sp-critical)">{wordsOf(save.error).title}</Text>}
        <DialogEnd onCancel={onClose} isBusy={save.isPending}>
          Save
        </DialogEnd>
      </Stack>
    </form>
  );
}
