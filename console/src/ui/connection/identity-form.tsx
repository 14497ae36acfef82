/** The app's own service principal, or the machine's managed identity: an identity that is no person. */
import { Alert, Anchor, Button, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { Connection, ConnectionBody } from "#api/connections/contract.ts";
import { tell } from "../../api.ts";
import { saysWhy } from "../failure.tsx";
import { OrganizationsInput } from "./organizations-input.tsx";

interface Properties {
  readonly organizations?: readonly string[];
  readonly onChecked: (connection: Connection | undefined) => void;
}

type Kind = "service-principal" | "managed-identity";

export function IdentityForm({ organizations: known, onChecked }: Properties) {
  const [kind, setKind] = useState<Kind>("service-principal");
  const [organizations, setOrganizations] = useState<readonly string[]>(known ?? []);
  const [about, setAbout] = useState("");
  const check = useMutation({
    mutationFn: () => tell.checkConnection(bodyOf(kind, [...organizations], about.trim())),
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
        <SegmentedControl
          aria-label="Kind of identity"
          value={kind}
          onChange={(value) => {
            setKind(value as Kind);
            setAbout("");
          }}
          data={[
            { value: "service-principal", label: "Service principal" },
            { value: "managed-identity", label: "Managed identity" },
          ]}
        />
        {known === undefined ? (
          <OrganizationsInput
            description="It must be a user of each. Azure DevOps does not list them for such an identity."
            value={organizations}
            onChange={setOrganizations}
          />
        ) : null}
        <TextInput
          label={kind === "service-principal" ? "Directory ID" : "Client ID of the identity"}
          description={
            kind === "service-principal"
              ? "Empty: the directory that the app registration is in"
              : "Empty, if the machine has one identity"
          }
          placeholder="00000000-0000-0000-0000-000000000000"
          value={about}
          onChange={(event) => setAbout(event.currentTarget.value)}
        />
        {check.error === null ? null : (
          <Alert color="red" variant="light" role="alert">
            {saysWhy(check.error)}
          </Alert>
        )}
        <div>
          <Button type="submit" loading={check.isPending} disabled={organizations.length === 0}>
            Check the identity
          </Button>
        </div>
        <Anchor component={Link} to="/settings/entra-app" fz="sm">
          How to set one up
        </Anchor>
      </Stack>
    </form>
  );
}

function bodyOf(kind: Kind, organizations: string[], about: string): ConnectionBody {
  if (kind === "service-principal") {
    return { method: kind, organizations, ...(about === "" ? {} : { tenant: about }) };
  }
  return { method: kind, organizations, ...(about === "" ? {} : { clientId: about }) };
}
