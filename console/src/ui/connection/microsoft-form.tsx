/** One field, and away to Microsoft: the organization, its domain or an e-mail address leads to the right directory. */
import { Alert, Anchor, Button, Stack, TextInput } from "@mantine/core";
import { IconBrandWindows } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { ask } from "../../api.ts";
import { saysWhy } from "../failure.tsx";
import { Listing } from "../table/listing.tsx";
import { useMicrosoft } from "./use-microsoft.ts";

export function MicrosoftForm({ organizations = [] }: { readonly organizations?: readonly string[] }) {
  const app = useQuery(ask.entraApp());
  return (
    <Listing query={app} isEmpty={(answer) => answer.app === null} empty={<NoApp />}>
      {() => <HintForm first={organizations[0] ?? ""} />}
    </Listing>
  );
}

function HintForm({ first }: { readonly first: string }) {
  const [hint, setHint] = useState(first);
  const away = useMicrosoft();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    away.mutate({ hint: hint.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Organization, company domain or e-mail address"
          description="contoso, contoso.com or ada@contoso.com: each leads to the directory it belongs to"
          value={hint}
          autoComplete="off"
          error={away.error === null ? undefined : saysWhy(away.error)}
          onChange={(event) => setHint(event.currentTarget.value)}
        />
        <div>
          <Button
            type="submit"
            leftSection={<IconBrandWindows size={16} />}
            loading={away.isPending || away.isSuccess}
            disabled={hint.trim() === ""}
          >
            Continue to Microsoft
          </Button>
        </div>
      </Stack>
    </form>
  );
}

function NoApp() {
  return (
    <Alert color="copper" variant="light" title="One thing first: your own app at Microsoft">
      People sign in through an app that you register in your directory. It takes about five minutes, once, and the page
      says every step.{" "}
      <Anchor component={Link} to="/settings/entra-app" fz="inherit">
        Set up the Microsoft Entra app
      </Anchor>
    </Alert>
  );
}
