/** Makes a policy: from nothing, or from another one. */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { PolicyBody } from "#api/policies/contract.ts";
import { ask, tell } from "../../api.ts";
import { LinkButton } from "../../ui/link-button.tsx";
import { Page } from "../../ui/page.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { Listing } from "../../ui/table/listing.tsx";
import { Trail } from "../../ui/trail.tsx";
import { OfInstance } from "./of-instance.tsx";
import { PolicyEditor } from "./policy-editor.tsx";
import { useInstance } from "./use-instance.ts";

const route = getRouteApi("/signed-in/policies/new");

const empty: PolicyBody = {
  id: "new-policy",
  name: "New policy",
  enabled: true,
  when: [{ novelty: "new", severity: "high" }],
  scope: { repositories: [], projects: [], tags: [] },
  triggers: ["pull-request"],
  actions: ["block", "comment"],
  graceDays: 0,
  unfinished: { fails: "open", afterMinutes: 60 },
};

export function NewPolicyPage() {
  const { instanceId, from } = route.useSearch();
  const choice = useInstance(instanceId);
  return (
    <Page
      title={from === undefined ? "New policy" : "Clone of a policy"}
      lead="Try it on the pull requests of the last months before you save it."
      trail={
        <Trail>
          <Link to="/policies" search={{ instanceId }}>
            Policies
          </Link>
          <span>{choice.instance?.name}</span>
        </Trail>
      }
    >
      <OfInstance choice={choice}>{(instance) => <Form instanceId={instance.id} from={from} />}</OfInstance>
    </Page>
  );
}

function Form({ instanceId, from }: { readonly instanceId: string; readonly from: string | undefined }) {
  const query = useQuery(ask.policies(instanceId));
  return (
    <Listing query={query} isEmpty={() => false} empty={null}>
      {({ rows }) => {
        const model = rows.find(({ policy }) => policy.id === from)?.policy;
        const ids = new Set(rows.map(({ policy }) => policy.id));
        return <NewPolicy instanceId={instanceId} begins={model === undefined ? empty : cloneOf(model, ids)} />;
      }}
    </Listing>
  );
}

function NewPolicy({ instanceId, begins }: { readonly instanceId: string; readonly begins: PolicyBody }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const save = useMutation({
    mutationFn: (policy: PolicyBody) => tell.createPolicy(instanceId, policy),
    onSuccess: async ({ policy }) => {
      sayDone(`“${policy.name}” is made. Open pull requests are judged again in a moment.`);
      await client.invalidateQueries({ queryKey: ["policies"] });
      await navigate({ to: "/policies/$instanceId/$policyId", params: { instanceId, policyId: policy.id } });
    },
    onError: (error) => sayFailed("The policy was not made", error),
  });
  return (
    <PolicyEditor
      instanceId={instanceId}
      begins={begins}
      idStays={false}
      buttons={(policy) => (
        <>
          <Button
            disabled={policy === undefined}
            loading={save.isPending}
            onClick={() => policy !== undefined && save.mutate(policy)}
          >
            Make the policy
          </Button>
          <LinkButton to="/policies" search={{ instanceId }} variant="default">
            Cancel
          </LinkButton>
        </>
      )}
    />
  );
}

/** Switched off: the copy and what it was made from would both decide. */
function cloneOf(model: PolicyBody, ids: ReadonlySet<string>): PolicyBody {
  const base = model.id.slice(0, 55);
  const free = Array.from({ length: ids.size + 1 }, (_, at) => (at === 0 ? `${base}-copy` : `${base}-copy-${at + 1}`));
  const id = free.find((one) => !ids.has(one)) ?? "";
  return { ...model, id, name: `${model.name} (copy)`.slice(0, 200), enabled: false };
}
