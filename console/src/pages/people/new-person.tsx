/** Adds a person: name, first password, what they may do. */
import { Button, Group, MultiSelect, PasswordInput, Radio, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ask, tell } from "../../api.ts";
import { wordsOf } from "../../ui/failure.tsx";
import { sayDone } from "../../ui/say.ts";

const shortest = 12;

export function NewPerson({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const instances = useQuery(ask.instances());
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [role, setRole] = useState<"administrator" | "member">("member");
  const [seen, setSeen] = useState<string[]>([]);
  const create = useMutation({
    mutationFn: () =>
      tell.createUser({ name: name.trim(), password, role, ...(role === "member" ? { instances: seen } : {}) }),
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
        <PasswordInput
          label="First password"
          description={`At least ${shortest} characters; hand it over safely`}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Radio.Group
          label="May"
          value={role}
          onChange={(value) => setRole(value === "administrator" ? value : "member")}
        >
          <Stack gap={10} mt={6}>
            <Radio value="member" label="See and triage" description="The issues of chosen instances (member)" />
            <Radio value="administrator" label="Do everything" description="Also connect and delete (administrator)" />
          </Stack>
        </Radio.Group>
        {role === "member" ? (
          <MultiSelect
            label="Instances"
            description="None chosen means that nothing is seen"
            data={(instances.data?.rows ?? []).map((row) => ({ value: row.id, label: row.name }))}
            value={seen}
            onChange={setSeen}
          />
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={name.trim() === "" || password.length < shortest}>
            Add the person
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
