/** What the table of policies shows. */
import { Switch } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { PolicyBody, PolicyRow } from "#api/policies/contract.ts";
import { Badges } from "../../ui/badges.tsx";
import { Moment } from "../../ui/moment.tsx";
import type { Column } from "../../ui/table/data-table.tsx";
import { LinkedName } from "../../ui/table/linked-name.tsx";
import { Tag } from "../../ui/tag.tsx";
import classes from "./policies.module.css";
import { policyActionLabels, policyTriggerLabels, sayOrigin, sayScope } from "./policy-words.ts";
import { Says } from "./says.tsx";

interface Properties {
  readonly instanceId: string;
  /** Undefined for those who may not. */
  readonly onSwitch: ((policy: PolicyBody, enabled: boolean) => void) | undefined;
  readonly switching: { readonly policy: Pick<PolicyBody, "id">; readonly enabled: boolean } | undefined;
}

export function policyColumns({ instanceId, onSwitch, switching }: Properties): Column<PolicyRow>[] {
  return [
    {
      id: "enabled",
      header: "On",
      meta: { width: 76 },
      cell: ({ row: { original } }) => {
        const { policy } = original;
        const enabled = switching?.policy.id === policy.id ? switching.enabled : policy.enabled;
        if (onSwitch === undefined) return <Tag tone={enabled ? "good" : "off"}>{enabled ? "On" : "Off"}</Tag>;
        return (
          <Switch
            size="sm"
            aria-label={policy.name}
            checked={enabled}
            onChange={(event) => onSwitch(policy, event.currentTarget.checked)}
          />
        );
      },
    },
    {
      id: "name",
      header: "Policy",
      cell: ({ row: { original } }) => (
        <LinkedName isQuiet={!original.policy.enabled}>
          <Link to="/policies/$instanceId/$policyId" params={{ instanceId, policyId: original.policy.id }}>
            {original.policy.name}
          </Link>
          <div className={classes.quiet}>
            <Says groups={original.says} />
          </div>
        </LinkedName>
      ),
    },
    {
      id: "actions",
      header: "What follows",
      meta: { width: 190 },
      cell: ({ row: { original } }) => (
        <Badges words={original.policy.actions.map((action) => policyActionLabels[action].label)} />
      ),
    },
    {
      id: "triggers",
      header: "When and where",
      meta: { width: 230, wideOnly: true },
      cell: ({ row: { original } }) => (
        <>
          {original.policy.triggers.map((trigger) => policyTriggerLabels[trigger].label).join(", ")}
          <div className={classes.quiet}>{sayScope(original.policy.scope) ?? "Everywhere"}</div>
        </>
      ),
    },
    {
      id: "from",
      header: "From",
      meta: { width: 170, wideOnly: true },
      cell: ({ row: { original } }) => (
        <>
          {sayOrigin(original)}
          {original.changedBy === null || original.changedAt === null ? null : (
            <div className={classes.quiet}>
              {original.changedBy}, <Moment at={original.changedAt} />
            </div>
          )}
        </>
      ),
    },
  ];
}
