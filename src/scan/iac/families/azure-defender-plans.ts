/** Plans of Microsoft Defender for Cloud: each protects one kind of resource of a subscription, or is free and does not. */
import { type Condition, value, when } from "../condition.ts";
import type { Policy } from "../policy.ts";
import { bicep } from "../policy.ts";
import { bicepBlock, inProperties, tfResource } from "./examples.ts";

interface Plan extends Pick<Policy, "id" | "aliases" | "severity"> {
  /** As Azure calls it: `KeyVaults`. */
  readonly plan: string;
  /** Completes "Defender plan for ... is off". */
  readonly protects: string;
  /** What stays unseen without it; a sentence. */
  readonly why: string;
}

const type = "azurerm_security_center_subscription_pricing";
const bicepType = "Microsoft.Security/pricings@2024-01-01";

export function planOff({ id, aliases, severity, plan, protects, why }: Plan): Policy {
  return {
    id,
    aliases,
    title: `Defender plan for ${protects} is off`,
    severity,
    controls: "threat-detection",
    why,
    fix: `Set the tier of the plan ${plan} to Standard.`,
    links: ["https://learn.microsoft.com/azure/defender-for-cloud/defender-for-cloud-introduction"],
    on: {
      [`tf:${type}`]: ofPlan("resource_type", plan, "tier"),
      "arm:Microsoft.Security/pricings": ofPlan("name", plan, "properties.pricingTier"),
    },
    examples: {
      bad: [terraformPlan(plan, "Free"), bicepPlan(plan, "Free")],
      good: [terraformPlan(plan, "Standard"), bicepPlan(plan, "Standard")],
    },
  };
}

function ofPlan(name: string, plan: string, tier: string): Condition {
  return when(value(name).matches(new RegExp(`^${plan}$`, "i")), value(tier).is("Standard"), "pass");
}

export function terraformPlan(plan: string, tier: string): ReturnType<typeof bicep> {
  return tfResource(type, `resource_type = "${plan}"`, `tier          = "${tier}"`);
}

export function bicepPlan(plan: string, tier: string): ReturnType<typeof bicep> {
  return bicep(bicepBlock(bicepType, plan, ...inProperties([`pricingTier: '${tier}'`])));
}
