/** Azure App Service: the machines under the apps. */
import { value } from "../../condition.ts";
import { armApps } from "../../families/azure-app-service.ts";
import { bicepBlock, bicepResource, tfResource } from "../../families/examples.ts";
import { bicep, on, type Policy } from "../../policy.ts";

const zones = "https://learn.microsoft.com/azure/reliability/reliability-app-service";
const plan = "azurerm_service_plan";

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-app-service-plan-basic-sku",
    aliases: ["CKV_AZURE_211"],
    title: "App Service plan is of a size for trials",
    severity: "low",
    controls: "availability",
    why: "Free, shared and basic plans have no slots, little or no scaling and a weaker promise of availability; production stops with the first load.",
    fix: "Choose a Standard, Premium or Isolated size.",
    links: ["https://learn.microsoft.com/azure/app-service/overview-hosting-plans"],
    on: {
      "tf:azurerm_service_plan": value("sku_name").not("B1", "B2", "B3", "F1", "D1"),
      "arm:Microsoft.Web/serverfarms": value("sku.name").not("B1", "B2", "B3", "F1", "D1"),
    },
    examples: {
      bad: [
        tfResource(plan, `sku_name = "F1"`),
        bicep(bicepBlock("Microsoft.Web/serverfarms@2023-12-01", "plan", "sku: {\n  name: 'B1'\n}")),
      ],
      good: [
        tfResource(plan, `sku_name = "P1v3"`),
        bicep(bicepBlock("Microsoft.Web/serverfarms@2023-12-01", "plan", "sku: {\n  name: 'P1v3'\n}")),
      ],
    },
  },
  {
    id: "iac/azure-app-service-single-instance",
    aliases: ["CKV_AZURE_212"],
    title: "Only one instance runs the apps",
    severity: "low",
    controls: "availability",
    why: "One failing machine, or one update of the platform, takes the app off the network.",
    fix: "Set `worker_count` (Bicep: `numberOfWorkers`) to 2 or more.",
    links: [zones],
    on: {
      "tf:azurerm_service_plan": value("worker_count").atLeast(2),
      ...on(armApps, value("properties.siteConfig.numberOfWorkers").atLeast(2)),
    },
    examples: {
      bad: [
        tfResource(plan, `sku_name     = "P1v3"`, "worker_count = 1"),
        bicepResource("Microsoft.Web/sites@2023-12-01", "siteConfig: {\n  numberOfWorkers: 1\n}"),
      ],
      good: [
        tfResource(plan, `sku_name     = "P1v3"`, "worker_count = 3"),
        bicepResource("Microsoft.Web/sites@2023-12-01", "siteConfig: {\n  numberOfWorkers: 2\n}"),
      ],
    },
  },
  {
    id: "iac/azure-app-service-plan-in-one-zone",
    aliases: ["CKV_AZURE_225"],
    title: "App Service plan is not spread over availability zones",
    severity: "low",
    controls: "availability",
    why: "When the one data centre fails in which all instances stand, all apps of the plan are gone.",
    fix: "Set `zone_balancing_enabled` (Bicep: `zoneRedundant`) to true, on a size that offers it.",
    links: [zones],
    on: {
      "tf:azurerm_service_plan": value("zone_balancing_enabled", { edit: false }).is(true),
      "arm:Microsoft.Web/serverfarms": value("properties.zoneRedundant", { edit: false }).is(true),
    },
    examples: {
      bad: [
        tfResource(plan, `sku_name = "P1v3"`),
        bicepResource("Microsoft.Web/serverfarms@2023-12-01", "zoneRedundant: false"),
      ],
      good: [
        tfResource(plan, `sku_name               = "P1v3"`, "zone_balancing_enabled = true"),
        bicepResource("Microsoft.Web/serverfarms@2023-12-01", "zoneRedundant: true"),
      ],
    },
  },
  {
    id: "iac/azure-app-service-environment-in-one-zone",
    aliases: ["CKV_AZURE_231"],
    title: "App Service Environment is not spread over availability zones",
    severity: "low",
    controls: "availability",
    why: "When the one data centre fails in which it stands, every app in the environment is gone; zones can be chosen only at creation.",
    fix: "Create the environment with `zone_redundant` (Bicep: `zoneRedundant`) true.",
    links: [zones],
    on: {
      "tf:azurerm_app_service_environment_v3": value("zone_redundant", { edit: false }).is(true),
      "arm:Microsoft.Web/hostingEnvironments": value("properties.zoneRedundant", { edit: false }).is(true),
    },
    examples: {
      bad: [
        tfResource("azurerm_app_service_environment_v3", `name = "apps"`),
        bicepResource("Microsoft.Web/hostingEnvironments@2023-12-01", "zoneRedundant: false"),
      ],
      good: [
        tfResource("azurerm_app_service_environment_v3", `name           = "apps"`, "zone_redundant = true"),
        bicepResource("Microsoft.Web/hostingEnvironments@2023-12-01", "zoneRedundant: true"),
      ],
    },
  },
  {
    id: "iac/azure-app-service-environment-not-internal",
    aliases: [],
    title: "App Service Environment takes requests from the internet directly",
    severity: "low",
    controls: "network-exposure",
    why: "All apps in it have a public address; a gateway with a firewall in front can be passed by.",
    fix: "Set `internal_load_balancing_mode` (Bicep: `internalLoadBalancingMode`) to `Web, Publishing` and publish apps through a gateway.",
    links: ["https://learn.microsoft.com/azure/app-service/environment/overview"],
    on: {
      "tf:azurerm_app_service_environment_v3": value("internal_load_balancing_mode").not("None"),
      "arm:Microsoft.Web/hostingEnvironments": value("properties.internalLoadBalancingMode").not("None"),
    },
    examples: {
      bad: [
        tfResource("azurerm_app_service_environment_v3", `internal_load_balancing_mode = "None"`),
        bicepResource("Microsoft.Web/hostingEnvironments@2023-12-01", "internalLoadBalancingMode: 'None'"),
      ],
      good: [
        tfResource("azurerm_app_service_environment_v3", `internal_load_balancing_mode = "Web, Publishing"`),
        bicepResource("Microsoft.Web/hostingEnvironments@2023-12-01", "internalLoadBalancingMode: 'Web, Publishing'"),
      ],
    },
  },
];
