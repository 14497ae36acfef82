/** Azure Automation and Logic Apps: accounts, variables, and workflows that the internet can start. */
import { all, value, when } from "../../condition.ts";
import { bicepBlock, bicepResource, tfResource } from "../../families/examples.ts";
import { bicep, on, type Policy } from "../../policy.ts";

const account = "azurerm_automation_account";
const bicepAccount = "Microsoft.Automation/automationAccounts@2023-11-01";
const docs = "https://learn.microsoft.com/azure/automation";
const workflow = "azurerm_logic_app_workflow";
const bicepWorkflow = "Microsoft.Logic/workflows@2019-05-01";
const logicDocs = "https://learn.microsoft.com/azure/logic-apps/logic-apps-securing-a-logic-app";

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-automation-variable-not-encrypted",
    aliases: ["CKV_AZURE_73"],
    title: "Variable of the automation account is kept in clear",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Everybody who may look at the account reads the value; passwords for scripts are often kept there.",
    fix: "Set `encrypted` (Bicep: `isEncrypted`) to true; the variable must be created anew.",
    links: [`${docs}/shared-resources/variables`],
    on: {
      ...on(
        [
          "tf:azurerm_automation_variable_bool",
          "tf:azurerm_automation_variable_datetime",
          "tf:azurerm_automation_variable_int",
          "tf:azurerm_automation_variable_string",
          "tf:azurerm_automation_variable_object",
        ],
        value("encrypted", { edit: false }).is(true),
      ),
      "arm:Microsoft.Automation/automationAccounts/variables": value("properties.isEncrypted", { edit: false }).is(
        true,
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_automation_variable_string", `name  = "mode"`, `value = "fast"`),
        bicepResource("Microsoft.Automation/automationAccounts/variables@2023-11-01", "isEncrypted: false"),
      ],
      good: [
        tfResource("azurerm_automation_variable_string", `name      = "mode"`, "encrypted = true"),
        bicepResource("Microsoft.Automation/automationAccounts/variables@2023-11-01", "isEncrypted: true"),
      ],
    },
  },
  {
    id: "iac/azure-automation-public-network-access",
    aliases: ["CKV2_AZURE_24"],
    title: "Automation account is reachable from the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "Webhooks, agents and the account's data can be tried from anywhere on the internet.",
    fix: "Set `public_network_access_enabled` (Bicep: `publicNetworkAccess`) to false and use private endpoints.",
    links: [`${docs}/how-to/private-link-security`],
    on: {
      "tf:azurerm_automation_account": value("public_network_access_enabled").is(false),
      "arm:Microsoft.Automation/automationAccounts": value("properties.publicNetworkAccess").is(false),
    },
    examples: {
      bad: [tfResource(account, `sku_name = "Basic"`), bicepResource(bicepAccount, "publicNetworkAccess: true")],
      good: [
        tfResource(account, "public_network_access_enabled = false"),
        bicepResource(bicepAccount, "publicNetworkAccess: false"),
      ],
    },
  },
  {
    id: "iac/azure-automation-without-identity",
    aliases: ["CKV2_AZURE_36"],
    title: "Automation account has no managed identity",
    severity: "low",
    controls: "workload-identity",
    why: "Scripts then sign in with certificates or passwords that are kept in the account and expire or leak.",
    fix: "Add an `identity` block with a system- or user-assigned identity.",
    links: [`${docs}/enable-managed-identity-for-automation`],
    on: {
      "tf:azurerm_automation_account": value("identity.type").exists(),
      "arm:Microsoft.Automation/automationAccounts": all(
        value("identity.type").exists(),
        value("identity.type").not("None"),
      ),
    },
    examples: {
      bad: [tfResource(account, `sku_name = "Basic"`), bicepResource(bicepAccount, "publicNetworkAccess: false")],
      good: [
        tfResource(account, `identity {\n  type = "SystemAssigned"\n}`),
        bicep(bicepBlock(bicepAccount, "jobs", "identity: {\n  type: 'SystemAssigned'\n}")),
      ],
    },
  },
  {
    id: "iac/azure-automation-local-authentication",
    aliases: [],
    title: "Automation account takes access keys besides Entra ID",
    severity: "low",
    controls: "strong-authentication",
    why: "Whoever has a key of the account can register machines and read configurations; keys have no owner and do not expire.",
    fix: "Set `local_authentication_enabled` to false (Bicep: `disableLocalAuth` to true).",
    links: [`${docs}/disable-local-authentication`],
    on: {
      "tf:azurerm_automation_account": value("local_authentication_enabled").is(false),
      "arm:Microsoft.Automation/automationAccounts": value("properties.disableLocalAuth").is(true),
    },
    examples: {
      bad: [tfResource(account, `sku_name = "Basic"`), bicepResource(bicepAccount, "disableLocalAuth: false")],
      good: [
        tfResource(account, "local_authentication_enabled = false"),
        bicepResource(bicepAccount, "disableLocalAuth: true"),
      ],
    },
  },
  {
    id: "iac/azure-logic-app-trigger-open-to-all",
    aliases: [],
    title: "Logic app can be started from every address",
    severity: "medium",
    controls: "network-exposure",
    why: "The address of a request trigger is its only protection; whoever finds it in a log or a mail starts the workflow.",
    fix: "List the callers in `access_control.trigger.allowed_caller_ip_address_range` (Bicep: `accessControl.triggers.allowedCallerIpAddresses`).",
    links: [logicDocs],
    on: {
      "tf:azurerm_logic_app_workflow": all(
        value("access_control.trigger.allowed_caller_ip_address_range").exists(),
        value("access_control.trigger.allowed_caller_ip_address_range").notMatches(/\/0$|^0\.0\.0\.0-255/),
      ),
      // Of the triggers, only requests come from outside.
      "arm:Microsoft.Logic/workflows": when(
        value("properties.definition.triggers.*.type").is("Request"),
        all(
          value("properties.accessControl.triggers.allowedCallerIpAddresses.addressRange").exists(),
          value("properties.accessControl.triggers.allowedCallerIpAddresses.addressRange").notMatches(
            /\/0$|^0\.0\.0\.0-255/,
          ),
        ),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(workflow, `name = "orders"`),
        bicepResource(
          bicepWorkflow,
          "definition: {\n  triggers: {\n    manual: {\n      type: 'Request'\n      kind: 'Http'\n    }\n  }\n}",
        ),
      ],
      good: [
        tfResource(
          workflow,
          `access_control {\n  trigger {\n    allowed_caller_ip_address_range = ["198.51.100.0/24"]\n  }\n}`,
        ),
        bicepResource(
          bicepWorkflow,
          "definition: {\n  triggers: {\n    manual: {\n      type: 'Request'\n    }\n  }\n}",
          "accessControl: {\n  triggers: {\n    allowedCallerIpAddresses: [\n      {\n        addressRange: '198.51.100.0/24'\n      }\n    ]\n  }\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-logic-app-run-contents-open",
    aliases: [],
    title: "Inputs and outputs of logic app runs can be read from every address",
    severity: "low",
    controls: "network-exposure",
    why: "The history of runs holds messages, tokens and customer data in clear.",
    fix: "List the addresses of administrators in `access_control.content` (Bicep: `accessControl.contents`).",
    links: [logicDocs],
    on: {
      "tf:azurerm_logic_app_workflow": value("access_control.content.allowed_caller_ip_address_range").exists(),
      "arm:Microsoft.Logic/workflows": value(
        "properties.accessControl.contents.allowedCallerIpAddresses.addressRange",
      ).exists(),
    },
    examples: {
      bad: [tfResource(workflow, `name = "orders"`), bicepResource(bicepWorkflow, "state: 'Enabled'")],
      good: [
        tfResource(
          workflow,
          `access_control {\n  content {\n    allowed_caller_ip_address_range = ["198.51.100.0/24"]\n  }\n}`,
        ),
        bicepResource(
          bicepWorkflow,
          "accessControl: {\n  contents: {\n    allowedCallerIpAddresses: [\n      {\n        addressRange: '198.51.100.0/24'\n      }\n    ]\n  }\n}",
        ),
      ],
    },
  },
];
