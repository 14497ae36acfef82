/** Azure AI Search: networks, sign-in, availability. */
import { value, when } from "../../condition.ts";
import { bicepBlock, bicepResource, tfResource } from "../../families/examples.ts";
import { bicep, type Policy } from "../../policy.ts";

const search = "azurerm_search_service";
const bicepSearch = "Microsoft.Search/searchServices@2023-11-01";
const named = `name = "catalogue"`;
const replicas = "https://learn.microsoft.com/azure/search/search-reliability";
const networks = "https://learn.microsoft.com/azure/search/service-configure-firewall";

const everybody = ["0.0.0.0/0", "0.0.0.0"] as const;

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-search-open-to-everybody",
    aliases: ["CKV_AZURE_210"],
    title: "AI Search firewall lets the whole internet in",
    severity: "medium",
    controls: "network-exposure",
    why: "The rule looks like a limit and is none: a leaked key opens the index to anybody.",
    fix: "Name the addresses that need access instead of 0.0.0.0/0, or use a private endpoint.",
    links: [networks],
    on: {
      "tf:azurerm_search_service": value("allowed_ips").lacks(...everybody),
      "arm:Microsoft.Search/searchServices": value("properties.networkRuleSet.ipRules.value").not(...everybody),
    },
    examples: {
      bad: [
        tfResource(search, named, `allowed_ips = ["203.0.113.7", "0.0.0.0/0"]`),
        bicepResource(bicepSearch, "networkRuleSet: {\n  ipRules: [\n    {\n      value: '0.0.0.0/0'\n    }\n  ]\n}"),
      ],
      good: [
        tfResource(search, named, `allowed_ips = ["203.0.113.7"]`),
        bicepResource(bicepSearch, "networkRuleSet: {\n  ipRules: [\n    {\n      value: '203.0.113.7'\n    }\n  ]\n}"),
      ],
    },
  },
  {
    id: "iac/azure-search-without-identity",
    aliases: ["CKV_AZURE_207"],
    title: "AI Search has no managed identity",
    severity: "low",
    controls: "workload-identity",
    why: "Its connections to data sources need keys that stand in the service and are seldom renewed.",
    fix: "Add a managed identity and give it roles on the data it indexes.",
    links: ["https://learn.microsoft.com/azure/search/search-how-to-managed-identities"],
    on: {
      "tf:azurerm_search_service": value("identity.type").contains("SystemAssigned"),
      "arm:Microsoft.Search/searchServices": value("identity.type", { edit: false }).matches(/Assigned/i),
    },
    examples: {
      bad: [tfResource(search, named), bicep(bicepBlock(bicepSearch, "catalogue"))],
      good: [
        tfResource(search, named, `identity {\n  type = "SystemAssigned"\n}`),
        bicep(bicepBlock(bicepSearch, "catalogue", "identity: {\n  type: 'SystemAssigned'\n}")),
      ],
    },
  },
  {
    id: "iac/azure-search-too-few-replicas-for-updates",
    aliases: ["CKV_AZURE_208"],
    title: "AI Search has fewer than three replicas",
    severity: "low",
    controls: "availability",
    why: "While one machine is replaced or fails, the index cannot be updated; Microsoft promises nothing below three.",
    fix: "Use three replicas where the index must take updates at all times.",
    links: [replicas],
    on: {
      "tf:azurerm_search_service": value("replica_count").atLeast(3),
      "arm:Microsoft.Search/searchServices": value("properties.replicaCount").atLeast(3),
    },
    examples: {
      bad: [tfResource(search, named, "replica_count = 1"), bicepResource(bicepSearch, "replicaCount: 1")],
      good: [tfResource(search, named, "replica_count = 3"), bicepResource(bicepSearch, "replicaCount: 3")],
    },
  },
  {
    id: "iac/azure-search-single-replica",
    aliases: ["CKV_AZURE_209"],
    title: "AI Search has fewer than two replicas",
    severity: "low",
    controls: "availability",
    why: "While its only machine is replaced or fails, nobody finds anything; Microsoft promises nothing below two.",
    fix: "Use two replicas or more.",
    links: [replicas],
    on: {
      "tf:azurerm_search_service": value("replica_count").atLeast(2),
      "arm:Microsoft.Search/searchServices": value("properties.replicaCount").atLeast(2),
    },
    examples: {
      bad: [tfResource(search, named), bicepResource(bicepSearch, "replicaCount: 1")],
      good: [tfResource(search, named, "replica_count = 2"), bicepResource(bicepSearch, "replicaCount: 2")],
    },
  },
  {
    id: "iac/azure-search-public-network-access",
    aliases: ["CKV_AZURE_124"],
    title: "AI Search is reachable over the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "The service has a public address; a leaked key is enough to read or empty the index from anywhere.",
    fix: "Switch public network access off and use a private endpoint.",
    links: ["https://learn.microsoft.com/azure/search/service-create-private-endpoint"],
    on: {
      "tf:azurerm_search_service": value("public_network_access_enabled").is(false),
      "arm:Microsoft.Search/searchServices": value("properties.publicNetworkAccess").is("Disabled"),
    },
    examples: {
      bad: [
        tfResource(search, named, "public_network_access_enabled = true"),
        bicepResource(bicepSearch, "publicNetworkAccess: 'Enabled'"),
      ],
      good: [
        tfResource(search, named, "public_network_access_enabled = false"),
        bicepResource(bicepSearch, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-search-accepts-keys",
    aliases: [],
    title: "AI Search accepts its admin keys",
    severity: "low",
    controls: "strong-authentication",
    why: "A key opens all indexes, does not expire and leaves no trace of who used it; one leak is enough.",
    fix: "Give clients roles, then set `local_authentication_enabled` to false (Bicep: `disableLocalAuth` to true).",
    links: ["https://learn.microsoft.com/azure/search/search-security-enable-roles"],
    on: {
      "tf:azurerm_search_service": value("local_authentication_enabled").is(false),
      "arm:Microsoft.Search/searchServices": value("properties.disableLocalAuth").is(true),
    },
    examples: {
      bad: [tfResource(search, named), bicepResource(bicepSearch, "disableLocalAuth: false")],
      good: [
        tfResource(search, named, "local_authentication_enabled = false"),
        bicepResource(bicepSearch, "disableLocalAuth: true"),
      ],
    },
  },
  {
    id: "iac/azure-search-own-keys-not-enforced",
    aliases: [],
    title: "AI Search does not insist on keys of one's own",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Indexes can be made without a customer-managed key, and nobody notices.",
    fix: "Set `customer_managed_key_enforcement_enabled` (Bicep: `encryptionWithCmk.enforcement`).",
    links: ["https://learn.microsoft.com/azure/search/search-security-manage-encryption-keys"],
    on: {
      // Free and basic services cannot.
      "tf:azurerm_search_service": when(
        value("sku").notMatches(/^(?:free|basic)$/i),
        value("customer_managed_key_enforcement_enabled").is(true),
        "none",
      ),
      "arm:Microsoft.Search/searchServices": when(
        value("sku.name").notMatches(/^(?:free|basic)$/i),
        value("properties.encryptionWithCmk.enforcement").is("Enabled"),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(search, `sku = "standard"`),
        bicepResource(bicepSearch, "encryptionWithCmk: {\n  enforcement: 'Disabled'\n}"),
      ],
      good: [
        tfResource(search, `sku = "standard"`, "customer_managed_key_enforcement_enabled = true"),
        bicepResource(bicepSearch, "encryptionWithCmk: {\n  enforcement: 'Enabled'\n}"),
      ],
    },
  },
];
