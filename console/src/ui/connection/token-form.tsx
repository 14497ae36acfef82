/** Asks for organizations and personal access tokens, and has the server check each token with each organization. */
import { ActionIcon, Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Connection } from "#api/connections/contract.ts";
import { tell } from "../../api.ts";
import { saysWhy } from "../failure.tsx";
import { beginningOf } from "../local-day.ts";
import { Notice } from "../notice.tsx";
import classes from "./connection.module.css";
import { OrganizationsInput } from "./organizations-input.tsx";

interface Properties {
  readonly organizations?: readonly string[];
  readonly onChecked: (connection: Connection | undefined) => void;
}

interface TypedToken {
  readonly key: number;
  readonly value: string;
  readonly expires: string;
}

const empty = (key: number): TypedToken => ({ key, value: "", expires: "" });

export function TokenForm({ organizations: known, onChecked }: Properties) {
  const [organizations, setOrganizations] = useState<readonly string[]>(known ?? []);
  const [tokens, setTokens] = useState<readonly TypedToken[]>([empty(0)]);
  const given = tokens.filter((token) => token.value.trim() !== "");
  const check = useMutation({
    mutationFn: () =>
      tell.checkConnection({
        method: "pat",
        organizations: [...organizations],
        tokens: given.map(({ value, expires }) => ({
          value: value.trim(),
          ...(expires === "" ? {} : { expires: beginningOf(expires) }),
        })),
      }),
    onMutate: () => onChecked(undefined),
    onSuccess: onChecked,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    check.mutate();
  };
  const change = (key: number, next: Partial<TypedToken>) =>
    setTokens((before) => before.map((token) => (token.key === key ? { ...token, ...next } : token)));
  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack gap="md">
        {known === undefined ? (
          <OrganizationsInput
            description="Names or addresses: contoso, or https://dev.azure.com/contoso. May stay empty for tokens of all accessible organizations."
            value={organizations}
            onChange={setOrganizations}
          />
        ) : null}
        {known === undefined && organizations.length === 0 && given.length > 0 ? <AllOrganizations /> : null}
        {tokens.map((token, index) => (
          <TokenFields
            key={token.key}
            token={token}
            number={tokens.length === 1 ? undefined : index + 1}
            onChange={(next) => change(token.key, next)}
            onRemove={() => setTokens((before) => before.filter((one) => one.key !== token.key))}
          />
        ))}
        {check.error === null ? null : (
          <Alert color="red" variant="light" role="alert">
            {saysWhy(check.error)}
          </Alert>
        )}
        <div className={classes.actions}>
          <Button type="submit" loading={check.isPending} disabled={given.length === 0}>
            {given.length > 1 ? "Check the tokens" : "Check the token"}
          </Button>
          <Button
            variant="subtle"
            leftSection={<IconPlus size={16} />}
            onClick={() => setTokens((before) => [...before, empty((before.at(-1)?.key ?? 0) + 1)])}
          >
            Another token
          </Button>
        </div>
      </Stack>
    </form>
  );
}

function AllOrganizations() {
  return (
    <Notice title="Only a token of all accessible organizations can go without a name">
      Microsoft retires those tokens on 1 December 2026: they stop working then. Better name the organizations, and make
      a token for each.
    </Notice>
  );
}

interface FieldsProperties {
  readonly token: TypedToken;
  /** Of several. */
  readonly number: number | undefined;
  readonly onChange: (next: Partial<TypedToken>) => void;
  readonly onRemove: () => void;
}

function TokenFields({ token, number, onChange, onRemove }: FieldsProperties) {
  const name = number === undefined ? "Personal access token" : `Personal access token ${number}`;
  return (
    <div className={classes.token}>
      <PasswordInput
        label={name}
        description={number === undefined || number === 1 ? "Sealed on this server, never shown again" : undefined}
        autoComplete="off"
        value={token.value}
        onChange={(event) => onChange({ value: event.currentTarget.value })}
        visibilityToggleButtonProps={{ "aria-label": "Show the token" }}
      />
      <TextInput
        type="date"
        label={number === undefined ? "Expires" : `Expires (token ${number})`}
        description={number === undefined || number === 1 ? "To be reminded in time" : undefined}
        value={token.expires}
        onChange={(event) => onChange({ expires: event.currentTarget.value })}
      />
      {number === undefined ? (
        <span />
      ) : (
        <ActionIcon variant="subtle" color="gray" aria-label={`Remove token ${number}`} onClick={onRemove}>
          <IconX size={16} />
        </ActionIcon>
      )}
    </div>
  );
}
