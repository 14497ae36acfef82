/** Settings > Data Sources & Integrations: what can be connected, and what is. */
import { Button, Group, Select } from "@mantine/core";
import { IconPlugConnected, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { InstanceRow } from "#api/instances/contract.ts";
import { ask } from "../../api.ts";
import { Empty } from "../../ui/empty.tsx";
import { NothingConnected } from "../../ui/nothing-connected.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { DataTable } from "../../ui/table/data-table.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Trail } from "../../ui/trail.tsx";
import { useIsAdministrator } from "../../ui/use-is-administrator.ts";
import { Catalogue } from "./catalogue.tsx";
import { DeleteInstance } from "./delete-instance.tsx";
import { instanceColumns } from "./instance-columns.tsx";
import { InstanceMenu } from "./instance-menu.tsx";

const route = getRouteApi("/signed-in/settings/integrations");

export function IntegrationsPage() {
  const { search = "", vendor } = route.useSearch();
  const navigate = useNavigate({ from: "/settings/integrations" });
  const integrations = useQuery(ask.integrations());
  // Nothing tells of a look at heads that found all of them as they were.
  const instances = useQuery({ ...ask.instances(), refetchInterval: 20_000 });
  const administers = useIsAdministrator();
  const [deleting, setDeleting] = useState<InstanceRow>();
  const change = (next: { search?: string | undefined; vendor?: "azure-devops" | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const fits = (row: InstanceRow) =>
    (vendor === undefined || row.vendor === vendor) &&
    [row.name, row.signIn?.account ?? "", ...row.organizations.map((organization) => organization.name)].some((text) =>
      text.toLowerCase().includes(search.toLowerCase()),
    );
  return (
    <Page
      title="Data Sources & Integrations"
      trail={
        <Trail>
          <span>Settings</span>
        </Trail>
      }
      actions={
        administers ? (
          <Button component={Link} to="/settings/integrations/new" leftSection={<IconPlus size={16} />}>
            Add New
          </Button>
        ) : undefined
      }
    >
      <Group gap={8}>
        <SearchField
          label="Search integrations"
          value={search}
          onChange={(text) => change({ search: text || undefined })}
        />
        <Select
          aria-label="Vendor"
          placeholder="All vendors"
          clearable
          value={vendor ?? null}
          onChange={(value) => change({ vendor: value === "azure-devops" ? value : undefined })}
          data={(integrations.data?.rows ?? []).map((row) => ({ value: row.vendor, label: row.name }))}
          clearButtonProps={{ "aria-label": "Show all vendors" }}
        />
      </Group>
      <Catalogue query={integrations} search={search} vendor={vendor} administers={administers} />
      <Panel title="Instances" flush>
        <Listing
          query={instances}
          isEmpty={(answer) => answer.rows.filter(fits).length === 0}
          empty={<NoInstances filtered={search !== "" || vendor !== undefined} />}
        >
          {(answer) => (
            <DataTable
              label="Instances"
              columns={instanceColumns}
              rows={answer.rows.filter(fits)}
              rowId={(row) => row.id}
              rowName={(row) => row.name}
              onOpen={(row) =>
                void navigate({ to: "/settings/integrations/$instanceId", params: { instanceId: row.id }, search: {} })
              }
              menu={(row) => <InstanceMenu row={row} administers={administers} onDelete={() => setDeleting(row)} />}
            />
          )}
        </Listing>
      </Panel>
      {deleting === undefined ? null : <DeleteInstance instance={deleting} onClose={() => setDeleting(undefined)} />}
    </Page>
  );
}

function NoInstances({ filtered }: { readonly filtered: boolean }) {
  if (filtered) {
    return (
      <Empty icon={IconPlugConnected} title="No instance fits">
        Search for another name, organization or account.
      </Empty>
    );
  }
  return <NothingConnected>An instance is one sign-in to a vendor with the repositories it watches.</NothingConnected>;
}
