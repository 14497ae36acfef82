/** Policies: those of an instance, whether each is on, what it asks and what follows; and where they are kept. */
import { Group } from "@mantine/core";
import { IconGavel, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { InstanceRow } from "#api/instances/contract.ts";
import type { Policies, PolicyBody } from "#api/policies/contract.ts";
import { ask } from "../../api.ts";
import { Empty } from "../../ui/empty.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { DataTable } from "../../ui/table/data-table.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { useIsAdministrator } from "../../ui/use-is-administrator.ts";
import { InstancePicker } from "./instance-picker.tsx";
import { OfInstance } from "./of-instance.tsx";
import { policyColumns } from "./policy-columns.tsx";
import { usePolicyMenu } from "./policy-menu.tsx";
import { PolicyTabs } from "./policy-tabs.tsx";
import { RemovePolicy } from "./remove-policy.tsx";
import { SourcePanel } from "./source-panel.tsx";
import { useInstance } from "./use-instance.ts";
import { useSwitchPolicy } from "./use-policy-orders.ts";

const route = getRouteApi("/signed-in/policies");

export function PoliciesPage() {
  const { instanceId } = route.useSearch();
  const navigate = useNavigate({ from: "/policies" });
  const choice = useInstance(instanceId);
  return (
    <Page
      title="Policies"
      lead="They say which findings block a pull request, are commented on, become work items, or are only recorded."
      actions={<MakePolicy instance={choice.instance} />}
    >
      <PolicyTabs instanceId={instanceId} />
      {choice.instances.length < 2 ? null : (
        <Group gap={8}>
          <InstancePicker
            choice={choice}
            onChange={(next) => void navigate({ search: { instanceId: next }, replace: true })}
          />
        </Group>
      )}
      <OfInstance choice={choice}>{(instance) => <OfOne key={instance.id} instance={instance} />}</OfInstance>
    </Page>
  );
}

function MakePolicy({ instance }: { readonly instance: InstanceRow | undefined }) {
  const mayChange = useIsAdministrator();
  const { data } = useQuery({ ...ask.policies(instance?.id ?? ""), enabled: instance !== undefined });
  if (!mayChange || instance === undefined || data === undefined || data.source !== null) return null;
  return (
    <LinkButton to="/policies/new" search={{ instanceId: instance.id }} leftSection={<IconPlus size={16} />}>
      Make a policy
    </LinkButton>
  );
}

function OfOne({ instance }: { readonly instance: InstanceRow }) {
  const query = useQuery(ask.policies(instance.id));
  return (
    <>
      {query.data === undefined ? null : <SourcePanel instance={instance} source={query.data.source} />}
      <Panel flush>
        <Listing
          query={query}
          isEmpty={({ rows }) => rows.length === 0}
          empty={
            <Empty icon={IconGavel} title="No policy is in force">
              The folder holds none: nothing blocks, and nothing is commented on.
            </Empty>
          }
        >
          {(policies) => <Table instance={instance} policies={policies} />}
        </Listing>
      </Panel>
    </>
  );
}

function Table({ instance, policies }: { readonly instance: InstanceRow; readonly policies: Policies }) {
  const navigate = useNavigate();
  const change = useSwitchPolicy(instance.id);
  const mayChange = useIsAdministrator() && policies.source === null;
  const [removing, setRemoving] = useState<PolicyBody>();
  const menu = usePolicyMenu({ instanceId: instance.id, mayChange, onRemove: setRemoving });
  const columns = policyColumns({
    instanceId: instance.id,
    onSwitch: mayChange ? (policy, enabled) => change.mutate({ policy, enabled }) : undefined,
    switching: change.isPending ? change.variables : undefined,
  });
  return (
    <>
      <DataTable
        label="Policies"
        columns={columns}
        rows={policies.rows}
        rowId={({ policy }) => policy.id}
        rowName={({ policy }) => policy.name}
        menu={menu}
        onOpen={({ policy }) =>
          void navigate({
            to: "/policies/$instanceId/$policyId",
            params: { instanceId: instance.id, policyId: policy.id },
          })
        }
      />
      <RemovePolicy instanceId={instance.id} policy={removing} onClose={() => setRemoving(undefined)} />
    </>
  );
}
