/**
 * Diagnostic settings: whether a resource of Azure sends its logs anywhere. They are resources of their own that point to
 * what they watch.
 */
import { anyOf, type Condition, check, connected, nodesAt, value } from "../condition.ts";
import { bicep, type Policy, type ResourceKey, tf } from "../policy.ts";
import { failAt, passAt } from "../verdict.ts";
import { bicepBlock, inProperties, tfBlock, tfResource } from "./examples.ts";

const ofTerraform = "azurerm_monitor_diagnostic_setting";
const ofArm = "Microsoft.Insights/diagnosticSettings";

/** Terraform: a diagnostic setting that records logs points to the resource. */
const watchedInTerraform: Condition = connected(
  ofTerraform,
  anyOf(
    value("enabled_log", { edit: false }).exists(),
    value("log.enabled", { missing: "fail", edit: false }).is(true),
    value("log.category", { edit: false }).exists(),
  ),
);

/** ARM and Bicep: a diagnostic setting of the resource. One that records metrics only is rare; it counts. */
const watchedInArm: Condition = connected(ofArm);

/** Terraform: the setting watches this part of a storage account, or the account as such. */
export function watchesPart(part: "blobServices" | "queueServices" | "tableServices"): Condition {
  return connected(
    ofTerraform,
    check((_, node) => {
      const targets = nodesAt(node, "target_resource_id");
      const named = targets.find((target) => writtenIn(target).includes(part));
      return named ? passAt(named.at) : failAt(node);
    }),
  );
}

function writtenIn(node: ReturnType<typeof nodesAt>[number]): string {
  if (node.is === "unknown") return node.text ?? "";
  return node.is === "scalar" ? String(node.value) : "";
}

interface Watched {
  readonly id: `iac/${string}`;
  /** With a capital letter: "Key vault". */
  readonly what: string;
  readonly why: string;
  readonly terraform: string;
  /** Full type and a version, for the examples. */
  readonly arm: `${string}@${string}`;
  readonly link: string;
  /** ARM and Bicep: children whose diagnostic settings count for it too. */
  readonly children?: readonly string[];
}

/** The policy that a resource sends its logs somewhere. */
export function withoutDiagnostics(watched: Watched): Policy {
  const { id, what, why, terraform, arm, link, children = [] } = watched;
  const tfKey: ResourceKey = `tf:${terraform}`;
  const armKey: ResourceKey = `arm:${arm.split("@")[0] ?? ""}`;
  return {
    id,
    aliases: [],
    title: `${what} sends its logs nowhere`,
    // A policy of Azure often adds the settings to whole subscriptions, which the code does not show.
    severity: "low",
    controls: "logging",
    why,
    fix: "Add a diagnostic setting that sends the audit logs to Log Analytics; Azure Policy can do it for the whole subscription.",
    links: [link],
    on: {
      [tfKey]: watchedInTerraform,
      [armKey]: anyOf(watchedInArm, ...children.map((child) => connected(child, watchedInArm))),
    },
    examples: {
      bad: [tfResource(terraform, `name = "orders"`), bicep(bicepBlock(arm, "orders"))],
      good: [tf(tfPair(terraform)), bicep(bicepPair(arm))],
    },
  };
}

function tfPair(type: string): string {
  return (
    tfBlock(type, "orders", `name = "orders"`) +
    tfBlock(
      ofTerraform,
      "orders",
      `target_resource_id         = ${type}.orders.id`,
      "log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id",
      `enabled_log {\n  category_group = "audit"\n}`,
    )
  );
}

function bicepPair(type: string): string {
  return (
    bicepBlock(type, "orders") +
    bicepBlock(
      `${ofArm}@2021-05-01-preview`,
      "logs",
      "scope: orders",
      ...inProperties(["logs: [\n  {\n    categoryGroup: 'audit'\n    enabled: true\n  }\n]"]),
    )
  );
}
