/** Asks for organizations and a personal access token, and has the server check them. */
import { Button, PasswordInput, Stack, TagsInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Connection } from "#api/connections/contract.ts";
import { tell } from "../../api.ts";
import { wordsOf } from "../failure.tsx";

interface Properties {
  /** Known already, when only the token is new. */
  readonly organizations?: readonly string[];
  readonly onChecked: (connection: Connection | undefined) => void;
}

export function TokenForm({ organizations: known, onChecked }: Properties) {
  const [organizations, setOrganizations] = useState<string[]>([...(known ?? [])]);
  const [typing, setTyping] = useState("");
  const [token, setToken] = useState("");
  const [expires, setExpires] = useState("");
  const named = typing.trim() === "" ? organizations : [...organizations, typing.trim()];
  const check = useMutation({
    mutationFn: () =>
      tell.checkConnection({
        organizations: named,
        token: token.trim(),
        ...(expires === "" ? {} : { expires: new Date(`${expires}T00:00:00`).toISOString() }),
      }),
    onMutate: () => onChecked(undefined),
    onSuccess: onChecked,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    check.mutate();
  };
  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack gap="md">
        {known === undefined ? (
          <TagsInput
            label="Organizations"
            description="Names or addresses: contoso, or https://dev.azure.com/contoso. Enter or a comma adds the next one."
            value={organizations}
            onChange={setOrganizations}
            searchValue={typing}
            onSearchChange={setTyping}
            splitChars={[",", ";", " "]}
            acceptValueOnBlur
            maxTags={100}
          />
        ) : null}
        <PasswordInput
          label="Personal access token"
          description="Sealed on this server, sent only to Azure DevOps, never shown again"
          autoComplete="off"
          value={token}
          error={check.error === null ? undefined : saysWhy(check.error)}
          onChange={(event) => setToken(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": "Show the token" }}
        />
        <TextInput
          type="date"
          label="Expires"
          description="Optional: Azure DevOps does not tell it; Sallyport then reminds you in time"
          value={expires}
          onChange={(event) => setExpires(event.currentTarget.value)}
          style={{ maxWidth: 260 }}
        />
        <div>
          <Button type="submit" loading={check.isPending} disabled={named.length === 0 || token.trim() === ""}>
            Check the token
          </Button>
        </div>
      </Stack>
    </form>
  );
}

function saysWhy(error: unknown): string {
  const { title, detail } = wordsOf(error);
  return detail === undefined ? title : `${title}. ${detail}`;
}
