/** One policy: changed here if it was made here, and shown as it is otherwise; tried on what happened in any case. */
import { Button } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Policies, PolicyBody, PolicyRow } from "#api/policies/contract.ts";
import { ask, tell } from "../../api.ts";
import { Badges } from "../../ui/badges.tsx";
import { Columns } from "../../ui/columns.tsx";
import { CopyText } from "../../ui/copy-text.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Failure } from "../../ui/failure.tsx";
import { KeptForm } from "../../ui/kept-form.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { NotFound } from "../../ui/not-found.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { Waiting } from "../../ui/table/listing.tsx";
import { Tag } from "../../ui/tag.tsx";
import { Trail } from "../../ui/trail.tsx";
import { useIsAdministrator } from "../../ui/use-is-administrator.ts";
import { DryRun } from "./dry-run.tsx";
import classes from "./policies.module.css";
import { PolicyEditor } from "./policy-editor.tsx";
import { policyActionLabels, policyTriggerLabels, sayOrigin, sayScope, sayUnfinished } from "./policy-words.ts";
import { RemovePolicy } from "./remove-policy.tsx";
import { Says } from "./says.tsx";
import { useSwitchPolicy } from "./use-policy-orders.ts";

const route = getRouteApi("/signed-in/policies/$instanceId/$policyId");

export function PolicyPage() {
  const { instanceId, policyId } = route.useParams();
  const query = useQuery(ask.policies(instanceId));
  const row = query.data?.rows.find(({ policy }) => policy.id === policyId);
  if (query.data !== undefined && row === undefined) return <NotFound />;
  return (
    <Page
      title={row?.policy.name ?? "Policy"}
      lead={row?.policy.description}
      trail={
        <Trail>
          <Link to="/policies" search={{ instanceId }}>
            Policies
          </Link>
          <span>{policyId}</span>
        </Trail>
      }
      actions={
        row === undefined ? undefined : <Actions instanceId={instanceId} row={row} source={query.data?.source} />
      }
    >
      {row !== undefined ? (
        <Content key={row.policy.id} instanceId={instanceId} row={row} source={query.data?.source} />
      ) : query.error !== null ? (
        <Failure error={query.error} retry={query.refetch} />
      ) : (
        <Waiting />
      )}
    </Page>
  );
}

interface Properties {
  readonly instanceId: string;
  readonly row: PolicyRow;
  readonly source: Policies["source"] | undefined;
}

function Actions({ instanceId, row: { policy, from }, source }: Properties) {
  const navigate = useNavigate();
  const change = useSwitchPolicy(instanceId);
  const [removing, setRemoving] = useState(false);
  if (!useIsAdministrator() || source !== null) return null;
  return (
    <>
      {from === "console" ? (
        <Button variant="default" onClick={() => setRemoving(true)}>
          Delete
        </Button>
      ) : null}
      <LinkButton
        to="/policies/new"
        search={{ instanceId, from: policy.id }}
        variant="default"
        leftSection={<IconCopy size={16} />}
      >
        Clone
      </LinkButton>
      {from === "console" ? null : (
        <Button
          variant={policy.enabled ? "default" : "filled"}
          loading={change.isPending}
          onClick={() => change.mutate({ policy, enabled: !policy.enabled })}
        >
          {policy.enabled ? "Switch off" : "Switch on"}
        </Button>
      )}
      <RemovePolicy
        instanceId={instanceId}
        policy={removing ? policy : undefined}
        onClose={() => setRemoving(false)}
        onRemoved={() => void navigate({ to: "/policies", search: { instanceId } })}
      />
    </>
  );
}

function Content({ instanceId, row, source }: Properties) {
  const mayChange = useIsAdministrator() && source === null && row.from === "console";
  if (mayChange)
    return <KeptForm saved={row}>{(begun) => <Changing instanceId={instanceId} row={row} begun={begun} />}</KeptForm>;
  return (
    <>
      <Columns>
        <Panel title="What it says">
          <About row={row} source={source} />
        </Panel>
        <Panel title="As YAML" aside={<CopyText text={row.yaml} label="Copy the policy as YAML" />}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll sideways, also by keyboard */}
          <section className={classes.text} tabIndex={0} aria-label="The policy as YAML">
            <pre>{row.yaml}</pre>
          </section>
        </Panel>
      </Columns>
      <DryRun instanceId={instanceId} policy={row.policy} />
    </>
  );
}

function Changing({ instanceId, row, begun }: Omit<Properties, "source"> & { readonly begun: PolicyRow }) {
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (policy: PolicyBody) => tell.updatePolicy(instanceId, policy),
    onSuccess: async ({ policy }) => {
      sayDone(`“${policy.name}” is saved. Open pull requests are judged again in a moment.`);
      await client.invalidateQueries({ queryKey: ["policies"] });
    },
    onError: (error) => sayFailed("The policy was not saved", error),
  });
  return (
    <PolicyEditor
      instanceId={instanceId}
      begins={begun.policy}
      idStays
      buttons={(policy) => (
        <>
          <Button
            disabled={policy === undefined || JSON.stringify(policy) === JSON.stringify(row.policy)}
            loading={save.isPending}
            onClick={() => policy !== undefined && save.mutate(policy)}
          >
            Save the policy
          </Button>
          <Changed row={row} />
        </>
      )}
    />
  );
}

function Changed({ row: { changedBy, changedAt, version } }: { readonly row: PolicyRow }) {
  if (changedBy === null || changedAt === null) return null;
  return (
    <span className={classes.quiet}>
      {version === null || version < 2 ? "Made" : `Version ${version}, changed`} by {changedBy},{" "}
      <Moment at={changedAt} />
    </span>
  );
}

function About({ row, source }: Pick<Properties, "row" | "source">) {
  const { policy, says } = row;
  return (
    <Facts>
      <Fact name="State">
        <Tag tone={policy.enabled ? "good" : "off"}>{policy.enabled ? "On" : "Off"}</Tag>
      </Fact>
      <Fact name="Which findings">
        <Says groups={says} />
      </Fact>
      <Fact name="What follows">
        <Badges words={policy.actions.map((action) => policyActionLabels[action].label)} />
      </Fact>
      <Fact name="When">{policy.triggers.map((trigger) => policyTriggerLabels[trigger].label).join(", ")}</Fact>
      <Fact name="Where">{sayScope(policy.scope) ?? "Everywhere"}</Fact>
      <Fact name="Grace">{policy.graceDays === 0 ? "None" : `${policy.graceDays} days from the first sight`}</Fact>
      <Fact name="Unfinished scans">{sayUnfinished(policy)}</Fact>
      <Fact name="From">
        {sayOrigin(row)}
        <div className={classes.quiet}>
          {source != null
            ? `Changed in ${source.repository.name}, not here.`
            : row.from === "built-in"
              ? "It stays as it is: clone it and change the copy, or switch it off."
              : "Administrators of Sallyport can change it."}
        </div>
        <Changed row={row} />
      </Fact>
    </Facts>
  );
}
