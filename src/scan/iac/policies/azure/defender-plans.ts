/** Microsoft Defender for Cloud: the plans of a subscription. */
import { type Condition, value, when } from "../../condition.ts";
import { bicepBlock, inProperties, tfResource } from "../../families/examples.ts";
import { bicep, type Policy } from "../../policy.ts";

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

function planOff({ id, aliases, severity, plan, protects, why }: Plan): Policy {
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

function terraformPlan(plan: string, tier: string): ReturnType<typeof bicep> {
  return tfResource(type, `resource_type = "${plan}"`, `tier          = "${tier}"`);
}

function bicepPlan(plan: string, tier: string): ReturnType<typeof bicep> {
  return bicep(bicepBlock(bicepType, plan, ...inProperties([`pricingTier: '${tier}'`])));
}

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-defender-plan-free",
    aliases: ["CKV_AZURE_19"],
    title: "Plan of Defender for Cloud is the free one",
    severity: "low",
    controls: "threat-detection",
    why: "The free plan gives advice only: attacks on the resources raise no alert.",
    fix: "Set the tier to Standard for the kinds of resources that are in use.",
    links: ["https://learn.microsoft.com/azure/defender-for-cloud/defender-for-cloud-introduction"],
    on: {
      "tf:azurerm_security_center_subscription_pricing": value("tier").is("Standard"),
      "arm:Microsoft.Security/pricings": value("properties.pricingTier").is("Standard"),
    },
    examples: {
      bad: [terraformPlan("VirtualMachines", "Free"), bicepPlan("VirtualMachines", "Free")],
      good: [terraformPlan("VirtualMachines", "Standard"), bicepPlan("VirtualMachines", "Standard")],
    },
  },
  planOff({
    id: "iac/azure-defender-servers-off",
    aliases: ["CKV_AZURE_55"],
    severity: "medium",
    plan: "VirtualMachines",
    protects: "servers",
    why: "Malware, brute force and changed system files on virtual machines raise no alert.",
  }),
  planOff({
    id: "iac/azure-defender-app-services-off",
    aliases: ["CKV_AZURE_61"],
    severity: "medium",
    plan: "AppServices",
    protects: "App Service",
    why: "Scans, web shells and calls to bad addresses from web apps raise no alert.",
  }),
  planOff({
    id: "iac/azure-defender-sql-off",
    aliases: ["CKV_AZURE_69"],
    severity: "medium",
    plan: "SqlServers",
    protects: "Azure SQL databases",
    why: "Injections, strange sign-ins and mass exports from databases raise no alert.",
  }),
  planOff({
    id: "iac/azure-defender-sql-machines-off",
    aliases: ["CKV_AZURE_79"],
    severity: "medium",
    plan: "SqlServerVirtualMachines",
    protects: "SQL servers on machines",
    why: "Injections, strange sign-ins and mass exports from databases on machines raise no alert.",
  }),
  planOff({
    id: "iac/azure-defender-storage-off",
    aliases: ["CKV_AZURE_84"],
    severity: "medium",
    plan: "StorageAccounts",
    protects: "storage",
    why: "Malware in uploads, strange access and mass downloads raise no alert.",
  }),
  planOff({
    id: "iac/azure-defender-kubernetes-off",
    aliases: ["CKV_AZURE_85"],
    severity: "medium",
    plan: "KubernetesService",
    protects: "Kubernetes",
    why: "Attacks on clusters, privileged pods and miners raise no alert.",
  }),
  planOff({
    id: "iac/azure-defender-registries-off",
    aliases: ["CKV_AZURE_86"],
    severity: "medium",
    plan: "ContainerRegistry",
    protects: "container registries",
    why: "Images are not searched for known holes.",
  }),
  planOff({
    id: "iac/azure-defender-key-vaults-off",
    aliases: ["CKV_AZURE_87"],
    severity: "medium",
    plan: "KeyVaults",
    protects: "key vaults",
    why: "Strange access to secrets and keys raises no alert.",
  }),
  planOff({
    id: "iac/azure-defender-resource-manager-off",
    aliases: ["CKV_AZURE_234"],
    severity: "medium",
    plan: "Arm",
    protects: "Resource Manager",
    why: "Attackers that manage resources with stolen rights raise no alert.",
  }),
  planOff({
    id: "iac/azure-defender-containers-off",
    aliases: [],
    severity: "medium",
    plan: "Containers",
    protects: "containers",
    why: "Holes in images and attacks on clusters and registries are not reported; the plan replaces those for Kubernetes and registries.",
  }),
  planOff({
    id: "iac/azure-defender-open-source-databases-off",
    aliases: [],
    severity: "medium",
    plan: "OpenSourceRelationalDatabases",
    protects: "open-source databases",
    why: "Brute force and strange access to PostgreSQL, MySQL and MariaDB raise no alert.",
  }),
  planOff({
    id: "iac/azure-defender-cosmos-db-off",
    aliases: [],
    severity: "medium",
    plan: "CosmosDbs",
    protects: "Cosmos DB",
    why: "Injections, key extraction and strange access to Cosmos DB raise no alert.",
  }),
  planOff({
    id: "iac/azure-defender-apis-off",
    aliases: [],
    severity: "low",
    plan: "Api",
    protects: "APIs",
    why: "Misuse of published APIs, and APIs without authentication, are not reported.",
  }),
  planOff({
    id: "iac/azure-defender-posture-off",
    aliases: [],
    severity: "low",
    plan: "CloudPosture",
    protects: "cloud posture",
    why: "Paths by which an attacker could get from the internet to data are not searched for.",
  }),
];
