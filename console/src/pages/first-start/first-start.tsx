/** First start: whoever holds the one-time address that the server printed makes the first administrator. */
import { Alert, Anchor, Button, Code, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { ask, tell } from "../../api.ts";
import { wordsOf } from "../../ui/failure.tsx";
import { Threshold } from "../../ui/threshold.tsx";

const route = getRouteApi("/first-start");
const shortest = 12;

export function FirstStart() {
  const { token } = route.useSearch();
  const { data: session } = useQuery(ask.session());
  if (session !== undefined && !session.firstStart) {
    return (
      <Threshold title="Sallyport has an administrator" lead="The one-time address has been used.">
        <Button component={Link} to={session.user === null ? "/sign-in" : "/"} fullWidth size="md">
          {session.user === null ? "Sign in" : "Open the overview"}
        </Button>
      </Threshold>
    );
  }
  if (token === undefined) {
    return (
      <Threshold title="Open the one-time address">
        <Text>
          Sallyport has no administrator yet. When it started, it printed an address that ends in{" "}
          <Code>/first-start?token=…</Code> Open that one to create the administrator.
        </Text>
        <Text c="dimmed" mt="sm">
          The address is in the server's log. A restart prints a new one.
        </Text>
      </Threshold>
    );
  }
  return <CreateAdministrator token={token} />;
}

function CreateAdministrator({ token }: { readonly token: string }) {
  const client = useQueryClient();
  const router = useRouter();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const tooShort = password.length > 0 && password.length < shortest;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const session = await tell.createFirstAdministrator({ token, name: name.trim(), password });
      client.setQueryData(ask.session().queryKey, session);
      await router.navigate({ to: "/", replace: true });
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <Threshold title="Create the administrator" lead="This account connects organizations and adds other people.">
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          {error === undefined ? null : (
            <Alert color="red" variant="light" role="alert" title={wordsOf(error).title}>
              {wordsOf(error).detail}
            </Alert>
          )}
          <TextInput
            label="Name"
            description="A name or a mail address"
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            description={`At least ${shortest} characters; a few words are easier to remember than signs`}
            autoComplete="new-password"
            required
            withAsterisk={false}
            minLength={shortest}
            error={tooShort ? `${shortest - password.length} more characters` : undefined}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button
            type="submit"
            size="md"
            fullWidth
            loading={busy}
            disabled={name.trim() === "" || password.length < shortest}
          >
            Create the administrator
          </Button>
          <Text c="dimmed" fz="sm" ta="center">
            Somebody else did this already?{" "}
            <Anchor component={Link} to="/sign-in" fz="inherit">
              Sign in
            </Anchor>
          </Text>
        </Stack>
      </form>
    </Threshold>
  );
}
