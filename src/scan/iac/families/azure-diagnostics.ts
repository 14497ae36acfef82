/**
 * Diagnostic settings: whether a resource of Azure sends its logs anywhere. They are resources of their own that point to
 * what they watch.
 */
import { anyOf, type Condition, check, connected, nodesAt, value } from "../condition.ts";
import { failAt, passAt } from "../verdict.ts";

const ofTerraform = "azurerm_monitor_diagnostic_setting";
const ofArm = "Microsoft.Insights/diagnosticSettings";

/** Terraform: a diagnostic setting that records logs points to the resource. */
export const watchedInTerraform: Condition = connected(
  ofTerraform,
  anyOf(
    value("enabled_log", { edit: false }).exists(),
    value("log.enabled", { missing: "fail", edit: false }).is(true),
    value("log.category", { edit: false }).exists(),
  ),
);

/** ARM and Bicep: a diagnostic setting of the resource. One that records metrics only is rare; it counts. */
export const watchedInArm: Condition = connected(ofArm);

/** Terraform: the setting watches this part of a storage account, or the account as such. */
export function watchesPart(part: "blobServices" | "queueServices" | "tableServices"): Condition {
  return connected(
    ofTerraform,
    check((_, node) => {
      const targets = nodesAt(node, "target_resource_id");
      const named = targets.find((target) => writtenIn(target).includes(part));
      return named ? passAt(named.at) : failAt(node.at);
    }),
  );
}

function writtenIn(node: ReturnType<typeof nodesAt>[number]): string {
  if (node.is === "unknown") return node.text ?? "";
  return node.is === "scalar" ? String(node.value) : "";
}
