/** Back from Microsoft to an instance: renewed, somebody else, another credential to add, or a problem. */
import { Alert, Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Connection } from "#api/connections/contract.ts";
import type { InstanceDetail } from "#api/instances/contract.ts";
import { ask, tell } from "../../api.ts";
import { CheckResult } from "../../ui/connection/check-result.tsx";
import { draftOf } from "../../ui/connection/ready-in.ts";
import { SignInProblem } from "../../ui/connection/sign-in-problem.tsx";
import { useMicrosoft } from "../../ui/connection/use-microsoft.ts";
import { Panel } from "../../ui/panel.tsx";
import { sayFailed } from "../../ui/say.ts";
import { Listing } from "../../ui/table/listing.tsx";
import { Tag } from "../../ui/tag.tsx";
import type { CredentialRow } from "./credential-card.tsx";
import classes from "./instance.module.css";
import { useTakeCredential } from "./use-take-credential.ts";

interface Properties {
  readonly attempt: string;
  readonly instance: InstanceDetail;
  readonly credentials: readonly CredentialRow[];
}

export function AttemptOutcome({ attempt, instance, credentials }: Properties) {
  const query = useQuery(ask.signInAttempt(attempt));
  const navigate = useNavigate();
  const away = useMicrosoft();
  const close = () =>
    void navigate({
      to: "/settings/integrations/$instanceId",
      params: { instanceId: instance.id },
      search: { tab: "sign-in" },
    });
  const renew = () => {
    const own = credentials.filter((credential) => credential.method === "entra");
    const credential = own.find(({ health }) => health !== "good") ?? own[0];
    if (credential === undefined) close();
    else away.mutate({ instanceId: instance.id, credentialId: credential.id });
  };
  return (
    <Listing query={query} isEmpty={() => false} empty={null}>
      {(answer) =>
        answer.is === "under-way" ? (
          <Panel>
            <Tag tone="busy">Waiting for Microsoft's answer</Tag>
          </Panel>
        ) : answer.is === "problem" ? (
          <SignInProblem
            problem={answer.problem}
            account={answer.account}
            busy={away.isPending || away.isSuccess}
            error={away.error}
            onRetry={renew}
            onOtherAccount={
              answer.hint === null ? undefined : () => away.mutate({ hint: answer.hint ?? "", selectAccount: true })
            }
            onAnew={close}
          >
            {answer.signIn === null || answer.account === null ? null : (
              <TakeSignIn
                signIn={answer.signIn}
                label={`Add ${answer.account.name} as another credential`}
                instance={instance}
                onDone={close}
              />
            )}
          </SignInProblem>
        ) : answer.renewed === null ? (
          <Panel title={`Signed in as ${answer.account.name}`}>
            <p style={{ margin: "0 0 12px" }}>
              {answer.account.userName} can act here beside the credentials that are there.
            </p>
            <TakeSignIn signIn={answer.signIn} label="See what works and add it" instance={instance} onDone={close} />
          </Panel>
        ) : (
          <Alert
            color="copper"
            variant="light"
            role="status"
            title="The sign-in is renewed"
            withCloseButton
            onClose={close}
            closeButtonLabel="Close"
          >
            {answer.account.name} ({answer.account.userName}) is signed in again. Sallyport catches up now.
          </Alert>
        )
      }
    </Listing>
  );
}

interface TakeProperties {
  readonly signIn: string;
  readonly label: string;
  readonly instance: InstanceDetail;
  readonly onDone: () => void;
}

/** Checked first, and shown, as every sign-in is. */
function TakeSignIn({ signIn, label, instance, onDone }: TakeProperties) {
  const [connection, setConnection] = useState<Connection>();
  const check = useMutation({
    mutationFn: () =>
      tell.checkConnection({
        method: "entra",
        signIn,
        organizations: instance.organizations.map((organization) => organization.name),
      }),
    onSuccess: setConnection,
    onError: (error) => sayFailed("The sign-in was not checked", error),
  });
  const take = useTakeCredential(instance.id, onDone);
  if (connection === undefined) {
    return (
      <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
        {label}
      </Button>
    );
  }
  const draft = draftOf(connection, instance.name);
  return (
    <div style={{ flexBasis: "100%" }}>
      <CheckResult connection={connection} sameInstance={instance.name} />
      {draft === undefined ? null : (
        <div className={classes.buttons}>
          <Button loading={take.isPending} onClick={() => take.mutate(draft)}>
            Use it from now on
          </Button>
        </div>
      )}
    </div>
  );
}
