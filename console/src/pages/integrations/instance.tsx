/** Edit instance: its name, its repositories, its sign-in; its hooks; the way to delete it. */
import { Button, Text } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { InstanceDetail } from "#api/instances/contract.ts";
import { ask, tell } from "../../api.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { Waiting } from "../../ui/table/listing.tsx";
import { Trail } from "../../ui/trail.tsx";
import { useIsAdministrator } from "../../ui/use-is-administrator.ts";
import { DeleteInstance } from "./delete-instance.tsx";
import { EditChoice } from "./edit-choice.tsx";
import { EditName } from "./edit-name.tsx";
import { Hooks } from "./hooks.tsx";
import { InstanceStatus } from "./instance-status.tsx";
import classes from "./integrations.module.css";
import { RenewSignIn } from "./renew-sign-in.tsx";
import { SignedInAs } from "./signed-in-as.tsx";

const route = getRouteApi("/signed-in/settings/integrations/$instanceId");

export function InstancePage() {
  const { instanceId } = route.useParams();
  const query = useQuery(ask.instance(instanceId));
  const { data } = query;
  const sync = useMutation({
    mutationFn: () => tell.syncInstance(instanceId),
    onSuccess: () => sayDone("Sallyport looks for new and changed repositories."),
    onError: (error) => sayFailed("The instance was not synchronized", error),
  });
  const administers = useIsAdministrator();
  return (
    <Page
      title={data?.name ?? "Instance"}
      trail={
        <Trail>
          <span>Settings</span>
          <Link to="/settings/integrations">Data Sources & Integrations</Link>
        </Trail>
      }
      actions={
        data === undefined || !administers ? undefined : (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} />}
            loading={sync.isPending}
            onClick={() => sync.mutate()}
          >
            Synchronize now
          </Button>
        )
      }
    >
      {data !== undefined ? (
        <Content instance={data} administers={administers} />
      ) : query.error !== null ? (
        <Failure error={query.error} retry={() => query.refetch()} />
      ) : (
        <Waiting />
      )}
    </Page>
  );
}

function Content({ instance, administers }: { readonly instance: InstanceDetail; readonly administers: boolean }) {
  return (
    <div className={classes.columns}>
      <div className={classes.stack}>
        {administers ? (
          <>
            <EditName instance={instance} />
            <EditChoice instance={instance} />
            <RenewSignIn instance={instance} />
          </>
        ) : null}
        <Hooks instance={instance} />
        {administers ? <Danger instance={instance} /> : null}
      </div>
      <Panel title="About">
        <About instance={instance} />
      </Panel>
    </div>
  );
}

function About({ instance }: { readonly instance: InstanceDetail }) {
  return (
    <Facts>
      <Fact name="Status">
        <InstanceStatus instance={instance} />
      </Fact>
      <Fact name="Organizations">
        {instance.organizations.map((organization) => (
          <div key={organization.id}>
            {organization.name}
            <div className={classes.quiet}>
              {organization.syncedAt === null ? (
                "not synchronized yet"
              ) : (
                <>
                  synchronized <Moment at={organization.syncedAt} />
                </>
              )}
            </div>
          </div>
        ))}
      </Fact>
      <Fact name="Signed in as">
        <SignedInAs signIn={instance.signIn} />
      </Fact>
      <Fact name="Repositories">
        {sayCount(instance.repositories.chosen)} of {sayCount(instance.repositories.total)} scanned
      </Fact>
      <Fact name="Open issues">
        <Link to="/issues" search={{ instanceId: instance.id }} className={classes.plain}>
          {sayCount(instance.issues)}
        </Link>
      </Fact>
      <Fact name="Created">
        <Moment at={instance.createdAt} />
      </Fact>
    </Facts>
  );
}

function Danger({ instance }: { readonly instance: InstanceDetail }) {
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  return (
    <Panel title="Delete instance" className={classes.danger}>
      <Text mb="sm">Removes its hooks in Azure DevOps, erases its credentials and deletes its scans and issues.</Text>
      <Button variant="outline" color="red" onClick={() => setAsking(true)}>
        Delete instance
      </Button>
      {asking ? (
        <DeleteInstance
          id={instance.id}
          name={instance.name}
          effects={countOf(instance.issues, "open issue")}
          onClose={() => setAsking(false)}
          onDeleted={() => void navigate({ to: "/settings/integrations" })}
        />
      ) : null}
    </Panel>
  );
}
