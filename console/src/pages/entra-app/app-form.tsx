/** What Sallyport must know of the app: its id, its directory, and how it proves itself. */
import { Alert, Button, PasswordInput, SegmentedControl, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { EntraAppBody, EntraAppSettings } from "#api/entra-app/contract.ts";
import { tell } from "../../api.ts";
import { RequestError } from "../../request.ts";
import { wordsOf } from "../../ui/failure.tsx";
import { beginningOf } from "../../ui/local-day.ts";
import { sayDone } from "../../ui/say.ts";

type Proof = EntraAppBody["proof"];

export function AppForm({ app }: { readonly app: EntraAppSettings["app"] }) {
  const client = useQueryClient();
  const [clientId, setClientId] = useState(app?.clientId ?? "");
  const [tenant, setTenant] = useState(app?.tenant ?? "");
  const [proof, setProof] = useState<Proof>(emptyProof(app?.proof === "certificate" ? "certificate" : "secret"));
  const [expires, setExpires] = useState("");
  const save = useMutation({
    mutationFn: () =>
      tell.setEntraApp({
        clientId: clientId.trim(),
        proof,
        ...(tenant.trim() === "" ? {} : { tenant: tenant.trim() }),
        ...(proof.is === "secret" && expires !== "" ? { proofExpires: beginningOf(expires) } : {}),
      }),
    onSuccess: async () => {
      sayDone("The app is saved. People can sign in with Microsoft now.");
      await client.invalidateQueries({ queryKey: ["entra-app"] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const fields = save.error instanceof RequestError ? save.error.fields : new Map<string, string>();
  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack gap="md">
        <TextInput
          label="Application (client) ID"
          placeholder="00000000-0000-0000-0000-000000000000"
          value={clientId}
          error={fields.get("clientId")}
          onChange={(event) => setClientId(event.currentTarget.value)}
        />
        <TextInput
          label="Directory (tenant)"
          description="The directory's ID; only needed to use the app's service principal"
          value={tenant}
          error={fields.get("tenant")}
          onChange={(event) => setTenant(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label="How the app proves itself"
          value={proof.is}
          onChange={(is) => setProof(emptyProof(is === "certificate" ? "certificate" : "secret"))}
          data={[
            { value: "secret", label: "Client secret" },
            { value: "certificate", label: "Certificate" },
          ]}
        />
        {proof.is === "secret" ? (
          <>
            <PasswordInput
              label="Client secret"
              description="The value, not its ID. Sealed on this server, sent only to Microsoft, never shown again"
              autoComplete="off"
              value={proof.value}
              onChange={(event) => setProof({ is: "secret", value: event.currentTarget.value })}
              visibilityToggleButtonProps={{ "aria-label": "Show the secret" }}
            />
            <TextInput
              type="date"
              label="Secret expires"
              description="As Microsoft's page shows it; Sallyport reminds you in time"
              value={expires}
              onChange={(event) => setExpires(event.currentTarget.value)}
              style={{ maxWidth: 260 }}
            />
          </>
        ) : (
          <CertificateFields proof={proof} onChange={setProof} />
        )}
        {save.error === null ? null : (
          <Alert color="red" variant="light" role="alert" title={wordsOf(save.error).title}>
            {wordsOf(save.error).detail}
          </Alert>
        )}
        <div>
          <Button type="submit" loading={save.isPending} disabled={clientId.trim() === "" || isEmpty(proof)}>
            Save the app
          </Button>
        </div>
      </Stack>
    </form>
  );
}

interface CertificateProperties {
  readonly proof: Extract<Proof, { is: "certificate" }>;
  readonly onChange: (proof: Proof) => void;
}

function CertificateFields({ proof, onChange }: CertificateProperties) {
  return (
    <>
      <Textarea
        label="Certificate"
        description="The one that you uploaded, as PEM text; its own end of validity is read from it"
        placeholder="-----BEGIN CERTIFICATE-----"
        rows={4}
        value={proof.certificate}
        onChange={(event) => onChange({ ...proof, certificate: event.currentTarget.value })}
      />
      <Textarea
        label="Private key"
        description="PEM text without a password. Sealed on this server, never sent anywhere"
        rows={4}
        value={proof.privateKey}
        onChange={(event) => onChange({ ...proof, privateKey: event.currentTarget.value })}
      />
    </>
  );
}

function emptyProof(is: Proof["is"]): Proof {
  return is === "secret" ? { is, value: "" } : { is, privateKey: "", certificate: "" };
}

function isEmpty(proof: Proof): boolean {
  return proof.is === "secret"
    ? proof.value.trim() === ""
    : proof.privateKey.trim() === "" || proof.certificate.trim() === "";
}
