/** The organizations that a sign-in reaches: free ones to take, those of other directories and connected ones by name. */
import { Alert, Button, Checkbox, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Connection } from "#api/connections/contract.ts";
import type { SignInAttemptAnswer } from "#api/sign-ins/contract.ts";
import { ask, tell } from "../../api.ts";
import { OrganizationsInput } from "../../ui/connection/organizations-input.tsx";
import { useMicrosoft } from "../../ui/connection/use-microsoft.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { saysWhy } from "../../ui/failure.tsx";
import { Fold } from "../../ui/fold.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Tag } from "../../ui/tag.tsx";
import classes from "./connect.module.css";

type Answer = Extract<SignInAttemptAnswer, { is: "signed-in" }>;

interface Properties {
  readonly attempt: string;
  readonly signedIn: Answer;
  readonly onChecked: (connection: Connection | undefined) => void;
  readonly onAnew: () => void;
}

export function ChooseOrganizations({ attempt, signedIn, onChecked, onAnew }: Properties) {
  const { account, tenant, organizations } = signedIn;
  const free = organizations.filter((one) => !one.isOtherTenant && one.connectedTo === null);
  const [chosen, setChosen] = useState<readonly string[]>(() => free.map((one) => one.name));
  const [others, setOthers] = useState<readonly string[]>([]);
  const named = [...new Set([...chosen, ...others])];
  const check = useMutation({
    mutationFn: () => tell.checkConnection({ method: "entra", signIn: signedIn.signIn, organizations: named }),
    onMutate: () => onChecked(undefined),
    onSuccess: onChecked,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    check.mutate();
  };
  return (
    <Panel title={`Signed in as ${account.name}`} aside={<Tag tone="good">Microsoft knows you</Tag>}>
      <Facts>
        <Fact name="Account">{account.userName}</Fact>
        <Fact name="Directory">
          <code>{tenant}</code>
        </Fact>
      </Facts>
      <form onSubmit={submit}>
        {organizations.length === 0 ? (
          <Text mt="md">
            Azure DevOps lists no organization for this account. If you know of one in this directory, name it below.
          </Text>
        ) : (
          <ul className={classes.organizations} aria-label="Organizations">
            {organizations.map((organization) => (
              <li key={organization.id}>
                <Organization
                  attempt={attempt}
                  organization={organization}
                  checked={chosen.includes(organization.name)}
                  onChange={(on) =>
                    setChosen((before) =>
                      on ? [...before, organization.name] : before.filter((name) => name !== organization.name),
                    )
                  }
                />
              </li>
            ))}
          </ul>
        )}
        <Fold summary="Another organization of this directory">
          <OrganizationsInput
            label="Other organizations"
            description="Names or addresses of organizations that are not listed above"
            value={others}
            onChange={setOthers}
          />
        </Fold>
        {check.error === null ? null : (
          <Alert color="red" variant="light" role="alert" mt="md">
            {saysWhy(check.error)}
          </Alert>
        )}
        <div className={classes.buttons}>
          <Button variant="default" onClick={onAnew}>
            Sign in differently
          </Button>
          <Button type="submit" loading={check.isPending} disabled={named.length === 0}>
            See what works
          </Button>
        </div>
      </form>
    </Panel>
  );
}

interface OrganizationProperties {
  readonly attempt: string;
  readonly organization: Answer["organizations"][number];
  readonly checked: boolean;
  readonly onChange: (on: boolean) => void;
}

function Organization({ attempt, organization, checked, onChange }: OrganizationProperties) {
  const away = useMicrosoft();
  if (organization.isOtherTenant) {
    return (
      <div className={classes.organization}>
        <span>
          <strong>{organization.name}</strong>
          <span className={classes.quiet}> is in another directory</span>
          {away.error === null ? null : <span className={classes.quiet}> {saysWhy(away.error)}</span>}
        </span>
        <Button
          variant="default"
          size="compact-sm"
          loading={away.isPending || away.isSuccess}
          onClick={() => away.mutate({ hint: organization.name })}
        >
          Sign in to that directory
        </Button>
      </div>
    );
  }
  if (organization.connectedTo !== null) {
    return <Connected attempt={attempt} name={organization.name} instance={organization.connectedTo} />;
  }
  return (
    <Checkbox label={organization.name} checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
  );
}

/** The sign-in can still help: as one more credential, for the day that the other one fails. */
function Connected({
  attempt,
  name,
  instance,
}: {
  readonly attempt: string;
  readonly name: string;
  readonly instance: string;
}) {
  const instances = useQuery(ask.instances());
  const row = instances.data?.rows.find((one) => one.name === instance);
  return (
    <div className={classes.organization}>
      <span>
        <strong>{name}</strong>
        <span className={classes.quiet}> is connected by the instance {instance}</span>
      </span>
      {row === undefined ? null : (
        <LinkButton
          to="/settings/integrations/$instanceId"
          params={{ instanceId: row.id }}
          search={{ tab: "sign-in", attempt }}
          variant="default"
          size="compact-sm"
        >
          Add this sign-in to it
        </LinkButton>
      )}
    </div>
  );
}
