/** Azure AI services (Cognitive Services, Azure OpenAI): networks, sign-in, what models may say. */
import { all, anyOf, connected, value, when } from "../../condition.ts";
import { bicepBlock, bicepResource, inProperties, tfBlock, tfResource } from "../../families/examples.ts";
import { bicep, type Policy, tf } from "../../policy.ts";

const account = "azurerm_cognitive_account";
const bicepAccount = "Microsoft.CognitiveServices/accounts@2024-10-01";
const named = `name = "assistant"`;
const networks = "https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks";
const filters = "https://learn.microsoft.com/azure/ai-foundry/openai/how-to/content-filters";

const openAi = value("kind", { missing: "fail" }).is("OpenAI");
const openAiOrNewer = value("kind", { missing: "fail" }).oneOf("OpenAI", "AIServices");

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-ai-public-network-access",
    aliases: ["CKV_AZURE_134"],
    title: "AI services account is reachable over the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "A leaked key is enough to use the models, and what they were given to read, from anywhere and at your cost.",
    fix: "Switch public network access off and use a private endpoint.",
    links: [networks],
    on: {
      "tf:azurerm_cognitive_account": value("public_network_access_enabled").is(false),
      "tf:azurerm_ai_services": value("public_network_access").is("Disabled"),
      "arm:Microsoft.CognitiveServices/accounts": value("properties.publicNetworkAccess").is("Disabled"),
    },
    examples: {
      bad: [
        tfResource(account, named, "public_network_access_enabled = true"),
        bicepResource(bicepAccount, "publicNetworkAccess: 'Enabled'"),
      ],
      good: [
        tfResource(account, named, "public_network_access_enabled = false"),
        bicepResource(bicepAccount, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-openai-reaches-out-freely",
    aliases: ["CKV_AZURE_247"],
    title: "Azure OpenAI account may send data to any address",
    severity: "medium",
    controls: "data-protection",
    why: "Prompts and documents can be made to leave for an address of an attacker.",
    fix: "Restrict outbound network access and name the hosts that are needed.",
    links: ["https://learn.microsoft.com/azure/ai-services/cognitive-services-data-loss-prevention"],
    on: {
      "tf:azurerm_cognitive_account": when(
        openAi,
        all(value("outbound_network_access_restricted").is(true), value("fqdns", { edit: false }).exists()),
      ),
      "arm:Microsoft.CognitiveServices/accounts": when(
        openAi,
        all(
          value("properties.restrictOutboundNetworkAccess").is(true),
          value("properties.allowedFqdnList", { edit: false }).exists(),
        ),
      ),
    },
    examples: {
      bad: [
        tfResource(account, `kind = "OpenAI"`),
        bicep(
          bicepBlock(
            bicepAccount,
            "assistant",
            "kind: 'OpenAI'",
            ...inProperties(["restrictOutboundNetworkAccess: false"]),
          ),
        ),
      ],
      good: [
        tfResource(
          account,
          `kind = "OpenAI"`,
          "outbound_network_access_restricted = true",
          `fqdns = ["data.shop.example"]`,
        ),
        bicep(
          bicepBlock(
            bicepAccount,
            "assistant",
            "kind: 'OpenAI'",
            ...inProperties(["restrictOutboundNetworkAccess: true", "allowedFqdnList: [\n  'data.shop.example'\n]"]),
          ),
        ),
      ],
    },
  },
  {
    id: "iac/azure-ai-accepts-keys",
    aliases: ["CKV_AZURE_236"],
    title: "AI services account accepts its keys",
    severity: "low",
    controls: "strong-authentication",
    why: "A key opens all models of the account, does not expire and leaves no trace of who used it; one leak is enough.",
    fix: "Give clients roles, then set `local_auth_enabled` to false (Bicep: `disableLocalAuth` to true).",
    links: ["https://learn.microsoft.com/azure/ai-services/disable-local-auth"],
    on: {
      "tf:azurerm_cognitive_account": value("local_auth_enabled").is(false),
      "tf:azurerm_ai_services": value("local_authentication_enabled").is(false),
      "arm:Microsoft.CognitiveServices/accounts": value("properties.disableLocalAuth").is(true),
    },
    examples: {
      bad: [tfResource(account, named), bicepResource(bicepAccount, "disableLocalAuth: false")],
      good: [
        tfResource(account, named, "local_auth_enabled = false"),
        bicepResource(bicepAccount, "disableLocalAuth: true"),
      ],
    },
  },
  {
    id: "iac/azure-ai-without-own-key",
    aliases: ["CKV2_AZURE_22"],
    title: "AI services account is encrypted with a key of Microsoft only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "You can neither withdraw the key nor see who used it; rules that ask for control over keys are not met.",
    fix: "Add a customer-managed key from a key vault.",
    links: ["https://learn.microsoft.com/azure/ai-services/encryption/cognitive-services-encryption-keys-portal"],
    on: {
      "tf:azurerm_cognitive_account": anyOf(
        value("customer_managed_key.key_vault_key_id").exists(),
        connected("azurerm_cognitive_account_customer_managed_key", connected("azurerm_key_vault_key")),
      ),
      "arm:Microsoft.CognitiveServices/accounts": value("properties.encryption.keySource", { edit: false }).is(
        "Microsoft.KeyVault",
      ),
    },
    examples: {
      bad: [
        tfResource(account, named),
        bicepResource(bicepAccount, "encryption: {\n  keySource: 'Microsoft.CognitiveServices'\n}"),
      ],
      good: [
        tf(
          tfBlock(account, "assistant", named) +
            tfBlock("azurerm_key_vault_key", "assistant", `name = "assistant"`) +
            tfBlock(
              "azurerm_cognitive_account_customer_managed_key",
              "assistant",
              "cognitive_account_id = azurerm_cognitive_account.assistant.id",
              "key_vault_key_id     = azurerm_key_vault_key.assistant.id",
            ),
        ),
        bicepResource(bicepAccount, "encryption: {\n  keySource: 'Microsoft.KeyVault'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-ai-without-identity",
    aliases: ["CKV_AZURE_238"],
    title: "AI services account has no managed identity",
    severity: "low",
    controls: "workload-identity",
    why: "Its connections to storage and key vaults need keys that leak and are seldom renewed.",
    fix: "Add a managed identity and give it roles on what the account reads.",
    links: ["https://learn.microsoft.com/azure/ai-services/authentication"],
    on: {
      "tf:azurerm_cognitive_account": value("identity.type").exists(),
      "tf:azurerm_ai_services": value("identity.type").exists(),
      "arm:Microsoft.CognitiveServices/accounts": value("identity.type", { edit: false }).exists(),
    },
    examples: {
      bad: [tfResource(account, named), bicep(bicepBlock(bicepAccount, "assistant"))],
      good: [
        tfResource(account, named, `identity {\n  type = "SystemAssigned"\n}`),
        bicep(bicepBlock(bicepAccount, "assistant", "identity: {\n  type: 'SystemAssigned'\n}")),
      ],
    },
  },
  {
    id: "iac/azure-ai-open-to-all-networks",
    aliases: [],
    title: "AI services account lets every network in by default",
    severity: "medium",
    controls: "network-segmentation",
    why: "Whoever holds a key can use the models from any address; no network stands in the way.",
    fix: "Set the default action of the network rules to Deny and name the networks that need access.",
    links: [networks],
    on: {
      "tf:azurerm_cognitive_account": anyOf(
        value("network_acls.default_action").is("Deny"),
        value("public_network_access_enabled", { edit: false }).is(false),
      ),
      "tf:azurerm_ai_services": anyOf(
        value("network_acls.default_action").is("Deny"),
        value("public_network_access", { edit: false }).is("Disabled"),
      ),
      "arm:Microsoft.CognitiveServices/accounts": anyOf(
        value("properties.networkAcls.defaultAction").is("Deny"),
        value("properties.publicNetworkAccess", { edit: false }).is("Disabled"),
      ),
    },
    examples: {
      bad: [
        tfResource(account, named, `network_acls {\n  default_action = "Allow"\n}`),
        bicepResource(bicepAccount, "networkAcls: {\n  defaultAction: 'Allow'\n}"),
      ],
      good: [
        tfResource(account, named, `network_acls {\n  default_action = "Deny"\n}`),
        bicepResource(bicepAccount, "networkAcls: {\n  defaultAction: 'Deny'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-ai-content-not-blocked",
    aliases: [],
    title: "Content filter of a model does not block what it finds",
    severity: "medium",
    controls: "data-protection",
    why: "Harmful answers and attempts to break out of the instructions pass; the filter only writes them down.",
    fix: "Enable each content filter and let it block.",
    links: [filters],
    on: {
      "tf:azurerm_cognitive_account_rai_policy": all(
        value("content_filter.filter_enabled").not(false),
        value("content_filter.block_enabled").not(false),
      ),
      "arm:Microsoft.CognitiveServices/accounts/raiPolicies": all(
        value("properties.contentFilters.enabled").not(false),
        value("properties.contentFilters.blocking").not(false),
      ),
    },
    examples: {
      bad: [
        tfResource(
          "azurerm_cognitive_account_rai_policy",
          named,
          `content_filter {\n  name           = "Jailbreak"\n  filter_enabled = true\n  block_enabled  = false\n  source         = "Prompt"\n}`,
        ),
        bicepResource(
          "Microsoft.CognitiveServices/accounts/raiPolicies@2024-10-01",
          "contentFilters: [\n  {\n    name: 'Jailbreak'\n    enabled: true\n    blocking: false\n    source: 'Prompt'\n  }\n]",
        ),
      ],
      good: [
        tfResource(
          "azurerm_cognitive_account_rai_policy",
          named,
          `content_filter {\n  name           = "Jailbreak"\n  filter_enabled = true\n  block_enabled  = true\n  source         = "Prompt"\n}`,
        ),
        bicepResource(
          "Microsoft.CognitiveServices/accounts/raiPolicies@2024-10-01",
          "contentFilters: [\n  {\n    name: 'Jailbreak'\n    enabled: true\n    blocking: true\n    source: 'Prompt'\n  }\n]",
        ),
      ],
    },
  },
  {
    id: "iac/azure-ai-without-own-name",
    aliases: [],
    title: "AI services account has no name of its own",
    severity: "low",
    controls: "strong-authentication",
    why: "Without a custom subdomain clients cannot sign in with Microsoft Entra ID and go on using keys.",
    fix: "Set `custom_subdomain_name` (Bicep: `customSubDomainName`); it is needed for private endpoints too.",
    links: ["https://learn.microsoft.com/azure/ai-services/cognitive-services-custom-subdomains"],
    on: {
      "tf:azurerm_cognitive_account": when(openAiOrNewer, value("custom_subdomain_name").exists(), "none"),
      "arm:Microsoft.CognitiveServices/accounts": when(
        openAiOrNewer,
        value("properties.customSubDomainName").exists(),
        "none",
      ),
    },
    examples: {
      bad: [tfResource(account, `kind = "OpenAI"`)],
      good: [tfResource(account, `kind = "OpenAI"`, `custom_subdomain_name = "shop-assistant"`)],
    },
  },
];
