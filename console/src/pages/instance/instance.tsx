/** One instance: whether it works and why not, what it watches, who it acts as, its hooks, its proof, its settings. */
import { Button } from "@mantine/core";
import { IconPlayerPlay, IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { InstanceDetail } from "#api/instances/contract.ts";
import { ask } from "../../api.ts";
import { Page } from "../../ui/page.tsx";
import { SbomMenu } from "../../ui/sbom-items.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Tag } from "../../ui/tag.tsx";
import { Trail } from "../../ui/trail.tsx";
import { useIsAdministrator } from "../../ui/use-is-administrator.ts";
import { DeleteInstance } from "../integrations/delete-instance.tsx";
import { stateOf } from "../integrations/instance-status.tsx";
import { useInstanceOrders } from "../integrations/use-instance-orders.ts";
import { CoverageTab } from "./coverage-tab.tsx";
import { HealthTab } from "./health-tab.tsx";
import { HooksTab } from "./hooks-tab.tsx";
import classes from "./instance.module.css";
import { InstanceTabs } from "./instance-tabs.tsx";
import { LiveChecksTab } from "./live-checks-tab.tsx";
import { RepositoriesTab } from "./repositories-tab.tsx";
import { SettingsTab } from "./settings-tab.tsx";
import { SignInTab } from "./sign-in-tab.tsx";
import { WebhooksTab } from "./webhooks-tab.tsx";
import { WorkItemsTab } from "./work-items-tab.tsx";

const route = getRouteApi("/signed-in/settings/integrations/$instanceId");

export function InstancePage() {
  const { instanceId } = route.useParams();
  // Nothing tells of a look at heads that found all of them as they were.
  const query = useQuery({ ...ask.instance(instanceId), refetchInterval: 20_000 });
  const navigate = useNavigate();
  const administers = useIsAdministrator();
  const [deleting, setDeleting] = useState<InstanceDetail>();
  const { data } = query;
  return (
    <Page
      title={data?.name ?? "Instance"}
      lead={data === undefined ? undefined : <Lead instance={data} />}
      trail={
        <Trail>
          <span>Settings</span>
          <Link to="/settings/integrations">Data Sources & Integrations</Link>
        </Trail>
      }
      actions={
        data === undefined ? undefined : (
          <>
            <SbomMenu of="instances" id={data.id} />
            {administers ? <Actions instance={data} /> : null}
          </>
        )
      }
    >
      {deleting === undefined ? (
        <Listing query={query} isEmpty={() => false} empty={null}>
          {(instance) => (
            <Content instance={instance} administers={administers} onDelete={() => setDeleting(instance)} />
          )}
        </Listing>
      ) : (
        <DeleteInstance
          instance={deleting}
          onClose={() => setDeleting(undefined)}
          onDeleted={() => void navigate({ to: "/settings/integrations" })}
        />
      )}
    </Page>
  );
}

function Lead({ instance }: { readonly instance: InstanceDetail }) {
  const { label, tone } = stateOf(instance);
  return (
    <span className={classes.lead}>
      <Tag tone={tone}>{label}</Tag>
      <span>{instance.organizations.map((organization) => organization.name).join(", ")}</span>
    </span>
  );
}

function Actions({ instance }: { readonly instance: InstanceDetail }) {
  const orders = useInstanceOrders();
  if (instance.pausedAt !== null) {
    return (
      <Button
        leftSection={<IconPlayerPlay size={16} />}
        loading={orders.isPending}
        onClick={() => orders.mutate({ id: instance.id, order: "resume" })}
      >
        Resume
      </Button>
    );
  }
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={16} />}
      loading={orders.isPending}
      onClick={() => orders.mutate({ id: instance.id, order: "sync" })}
    >
      Sync now
    </Button>
  );
}

interface ContentProperties {
  readonly instance: InstanceDetail;
  readonly administers: boolean;
  readonly onDelete: () => void;
}

function Content({ instance, administers, onDelete }: ContentProperties) {
  const { tab = "health", attempt } = route.useSearch();
  // Back from Microsoft: what came of it stands with the sign-in.
  const shown = attempt === undefined ? tab : "sign-in";
  return (
    <>
      <InstanceTabs instanceId={instance.id} shown={shown} administers={administers} />
      {shown === "health" ? (
        <HealthTab instance={instance} administers={administers} />
      ) : shown === "repositories" ? (
        <RepositoriesTab instance={instance} administers={administers} />
      ) : shown === "sign-in" ? (
        <SignInTab instance={instance} administers={administers} attempt={attempt} />
      ) : shown === "hooks" ? (
        <HooksTab instance={instance} administers={administers} />
      ) : shown === "live-checks" ? (
        <LiveChecksTab instance={instance} administers={administers} />
      ) : shown === "work-items" ? (
        <WorkItemsTab instance={instance} administers={administers} />
      ) : shown === "coverage" || !administers ? (
        <CoverageTab instance={instance} />
      ) : shown === "webhooks" ? (
        <WebhooksTab instance={instance} />
      ) : (
        <SettingsTab instance={instance} onDelete={onDelete} />
      )}
    </>
  );
}
