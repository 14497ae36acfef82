/** Gates: on which branches a red scan really blocks, why it would not, and who may pass it by. */
import { Button, Group, NativeSelect } from "@mantine/core";
import { IconBarrierBlock, IconRefresh } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { GateRow } from "#api/gates/contract.ts";
import type { InstanceRow } from "#api/instances/contract.ts";
import { ask, tell } from "../../api.ts";
import { gateStateWords } from "../../search-filters.ts";
import { Empty } from "../../ui/empty.tsx";
import { Page } from "../../ui/page.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { SearchField } from "../../ui/search-field.tsx";
import { PagedTable, pageSize } from "../../ui/table/paged-table.tsx";
import { useIsAdministrator } from "../../ui/use-is-administrator.ts";
import { gateStates } from "../../ui/words.ts";
import { InstancePicker } from "../policies/instance-picker.tsx";
import { OfInstance } from "../policies/of-instance.tsx";
import { PolicyTabs } from "../policies/policy-tabs.tsx";
import { useInstance } from "../policies/use-instance.ts";
import { AskForGates } from "./ask-for-gates.tsx";
import { Bypassers } from "./bypassers.tsx";
import { gateColumns } from "./gate-columns.tsx";
import { useGateMenu } from "./gate-menu.tsx";

const route = getRouteApi("/signed-in/policies/gates");

export function GatesPage() {
  const { instanceId } = route.useSearch();
  const choice = useInstance(instanceId);
  const navigate = useNavigate({ from: "/policies/gates" });
  return (
    <Page
      title="Gates"
      lead="A status alone blocks nothing: a gate is the branch policy that requires it."
      actions={choice.instance === undefined ? undefined : <Actions instance={choice.instance} />}
    >
      <PolicyTabs instanceId={instanceId} />
      <OfInstance choice={choice}>
        {(instance) => (
          <Branches
            key={instance.id}
            instance={instance}
            picker={
              <InstancePicker
                choice={choice}
                onChange={(next) => void navigate({ search: { instanceId: next }, replace: true })}
              />
            }
          />
        )}
      </OfInstance>
    </Page>
  );
}

function Actions({ instance }: { readonly instance: InstanceRow }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const mayAsk = useIsAdministrator();
  const check = useMutation({
    mutationFn: () => tell.checkGates(instance.id),
    onSuccess: () => sayDone("Azure DevOps is asked about every branch; what it says appears here."),
    onError: (error) => sayFailed("The gates were not looked at", error),
    onSettled: () => client.invalidateQueries({ queryKey: ["gates"] }),
  });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconRefresh size={16} />}
        loading={check.isPending}
        onClick={() => check.mutate()}
      >
        Check now
      </Button>
      {mayAsk ? (
        <Button leftSection={<IconBarrierBlock size={16} />} onClick={() => setAsking(true)}>
          Ask for gates
        </Button>
      ) : null}
      <AskForGates instance={instance} opened={asking} onClose={() => setAsking(false)} />
    </>
  );
}

interface BranchesProperties {
  readonly instance: InstanceRow;
  readonly picker: React.ReactNode;
}

function Branches({ instance, picker }: BranchesProperties) {
  const { page = 1, wanted, ...filters } = route.useSearch();
  const navigate = useNavigate({ from: "/policies/gates" });
  const [shown, setShown] = useState<GateRow>();
  const query = useQuery(
    ask.gates({
      ...filters,
      instanceId: instance.id,
      wanted: wanted === undefined ? undefined : wanted === "true",
      offset: (page - 1) * pageSize,
      limit: pageSize,
    }),
  );
  const menu = useGateMenu(useIsAdministrator());
  const change = (next: Partial<ReturnType<typeof route.useSearch>>) =>
    void navigate({ search: (before) => ({ ...before, ...next, page: undefined }), replace: true });
  const filtered = [filters.search, filters.state, filters.repositoryId, wanted].some((one) => one !== undefined);
  return (
    <>
      <Group gap={8}>
        {picker}
        <SearchField
          label="Search branches"
          value={filters.search ?? ""}
          onChange={(search) => change({ search: search || undefined })}
        />
        <NativeSelect
          aria-label="State"
          value={filters.state ?? ""}
          onChange={(event) => change({ state: gateStateWords.find((word) => word === event.currentTarget.value) })}
          data={[
            { value: "", label: "Any state" },
            ...gateStateWords.map((value) => ({ value, label: gateStates[value].label })),
          ]}
        />
        <NativeSelect
          aria-label="Asked for"
          value={wanted ?? ""}
          onChange={({ currentTarget: { value } }) =>
            change({ wanted: value === "true" || value === "false" ? value : undefined })
          }
          data={[
            { value: "", label: "Asked for or not" },
            { value: "true", label: "Asked for" },
            { value: "false", label: "Not asked for" },
          ]}
        />
      </Group>
      <PagedTable
        query={query}
        label="Branches"
        columns={gateColumns(setShown)}
        rowId={({ repositoryId, branch }) => `${repositoryId} ${branch}`}
        rowName={({ repository, branch }) => `${repository}, ${branch}`}
        menu={menu}
        page={page}
        one="branch"
        many="branches"
        onPage={(next) => void navigate({ search: (before) => ({ ...before, page: next }) })}
        empty={
          <Empty icon={IconBarrierBlock} title={filtered ? "No branch fits" : "No branch is looked at yet"}>
            {filtered
              ? "Take a filter away, or search for another part of a name."
              : "Branches appear when their organization was read."}
          </Empty>
        }
      />
      <Bypassers gate={shown} onClose={() => setShown(undefined)} />
    </>
  );
}
