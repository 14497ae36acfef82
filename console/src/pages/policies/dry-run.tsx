/** Tries a policy on the pull requests of the last days: nothing is changed. */
import { Button, Group, NativeSelect, SegmentedControl } from "@mantine/core";
import { IconFlask } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { DryRunBody, PolicyBody } from "#api/policies/contract.ts";
import { ask, tell } from "../../api.ts";
import { Failure } from "../../ui/failure.tsx";
import { Panel } from "../../ui/panel.tsx";
import { DryRunResult } from "./dry-run-result.tsx";
import classes from "./policies.module.css";

interface Properties {
  readonly instanceId: string;
  /** Undefined while it has mistakes. */
  readonly policy: PolicyBody | undefined;
}

const spans = [30, 90, 180, 365];

export function DryRun({ instanceId, policy }: Properties) {
  const [withInForce, setWithInForce] = useState(false);
  const [days, setDays] = useState(90);
  const rows = useQuery(ask.policies(instanceId)).data?.rows ?? [];
  const nameOf = (id: string) =>
    (policy?.id === id ? policy.name : rows.find((row) => row.policy.id === id)?.policy.name) ?? id;
  const run = useMutation({ mutationFn: (body: DryRunBody) => tell.dryRun(instanceId, body) });
  const wanted = policy && { policies: [policy], withInForce, days };
  const isCurrent = JSON.stringify(run.variables) === JSON.stringify(wanted);
  return (
    <Panel title="Dry run">
      <p className={classes.hint}>
        What it would have made of everything that pull requests brought in, beside what really happened. Nothing is
        changed.
      </p>
      <Group gap={8}>
        <SegmentedControl
          aria-label="Which policies"
          value={withInForce ? "all" : "alone"}
          onChange={(value) => setWithInForce(value === "all")}
          data={[
            { value: "alone", label: "This policy alone" },
            { value: "all", label: "With all that are on" },
          ]}
        />
        <NativeSelect
          aria-label="How far back"
          value={String(days)}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
          data={spans.map((span) => ({ value: String(span), label: `Last ${span} days` }))}
        />
        <Button
          variant="default"
          leftSection={<IconFlask size={16} />}
          disabled={wanted === undefined}
          loading={run.isPending}
          onClick={() => wanted !== undefined && run.mutate(wanted)}
        >
          Try it
        </Button>
      </Group>
      <div role="status">
        {run.error === null ? null : <Failure error={run.error} />}
        {run.data === undefined || isCurrent ? null : (
          <p className={classes.hint}>This is how it was before the last change: try it again.</p>
        )}
        {run.data === undefined ? null : <DryRunResult run={run.data} nameOf={nameOf} />}
      </div>
    </Panel>
  );
}
