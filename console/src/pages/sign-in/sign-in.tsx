/** Sign in with name and password. */
import { Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { ask, tell } from "../../api.ts";
import { RequestError } from "../../request.ts";
import { wordsOf } from "../../ui/failure.tsx";
import { Threshold } from "../../ui/threshold.tsx";

const route = getRouteApi("/sign-in");

export function SignIn() {
  const { next } = route.useSearch();
  const client = useQueryClient();
  const router = useRouter();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      // The token of the anonymous session must be there before the first write.
      await client.fetchQuery({ ...ask.session(), staleTime: 0 });
      client.setQueryData(ask.session().queryKey, await tell.signIn({ name, password }));
      router.history.push(insideOf(next));
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <Threshold title="Sign in to Sallyport">
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          {error === undefined ? null : <Refusal error={error} />}
          <TextInput
            label="Name"
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" size="md" fullWidth loading={busy}>
            Sign in
          </Button>
        </Stack>
      </form>
    </Threshold>
  );
}

function Refusal({ error }: { readonly error: unknown }) {
  const { title, detail } = wordsOf(error);
  const wrong = error instanceof RequestError && error.status === 401;
  return (
    <Alert color="red" variant="light" role="alert" title={wrong ? "Name or password is wrong" : title}>
      {wrong ? "Nothing was changed. Try again, or ask an administrator for a new password." : detail}
    </Alert>
  );
}

/** Only addresses of this console: a crafted link must not lead elsewhere after sign-in. */
function insideOf(next: string | undefined): string {
  return next?.startsWith("/") && !next.startsWith("//") && !next.startsWith("/\\") ? next : "/";
}
