/** Azure API Management: the gateway, its network, and the interfaces behind it. */
import { all, anyOf, type Condition, value, when } from "../../condition.ts";
import { bicepBlock, bicepResource, tfResource } from "../../families/examples.ts";
import { isSecretName } from "../../families/secret-names.ts";
import { bicep, type Policy } from "../../policy.ts";

const apim = "azurerm_api_management";
const bicepApim = "Microsoft.ApiManagement/service@2023-05-01-preview";
const docs = "https://learn.microsoft.com/azure/api-management";
const security = "Microsoft.WindowsAzure.ApiManagement.Gateway.Security";

const custom = (name: string) => `properties.customProperties."${security}.${name}"`;
const isOff = (...paths: readonly (string | readonly string[])[]): Condition =>
  all(...paths.map((path) => value(path).not(true)));
/** Names of one switch over the versions of the provider. */
const names = (...all: readonly string[]) => all.map((name) => `security.${name}`);

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-api-management-old-tls",
    aliases: ["CKV_AZURE_173"],
    title: "API Management speaks SSL 3.0, TLS 1.0 or TLS 1.1",
    severity: "medium",
    controls: "tls-version",
    why: "These versions have known weaknesses; somebody on the network path can read or change what callers send.",
    fix: "Remove the settings that switch old protocols on, for callers as for backends.",
    links: [`${docs}/api-management-howto-manage-protocols-ciphers`],
    on: {
      "tf:azurerm_api_management": isOff(
        names("enable_back_end_ssl30", "enable_backend_ssl30", "backend_ssl30_enabled"),
        names("enable_backend_tls10", "backend_tls10_enabled"),
        names("enable_frontend_ssl30", "frontend_ssl30_enabled"),
        names("enable_frontend_tls10", "frontend_tls10_enabled"),
        names("enable_frontend_tls11", "frontend_tls11_enabled"),
      ),
      "arm:Microsoft.ApiManagement/service": isOff(
        custom("Backend.Protocols.Ssl30"),
        custom("Backend.Protocols.Tls10"),
        custom("Protocols.Ssl30"),
        custom("Protocols.Tls10"),
        custom("Protocols.Tls11"),
      ),
    },
    examples: {
      bad: [
        tfResource(apim, "security {\n  frontend_tls10_enabled = true\n}"),
        bicepResource(bicepApim, `customProperties: {\n  '${security}.Protocols.Tls10': 'True'\n}`),
      ],
      good: [
        tfResource(apim, "security {\n  frontend_tls10_enabled = false\n}"),
        bicepResource(bicepApim, `customProperties: {\n  '${security}.Protocols.Tls10': 'False'\n}`),
      ],
    },
  },
  {
    id: "iac/azure-api-management-weak-ciphers",
    aliases: [],
    title: "API Management offers weak ciphers",
    severity: "medium",
    controls: "tls-version",
    why: "3DES can be broken with enough traffic, and suites without forward secrecy let recorded traffic be read once the key is known.",
    fix: "Set `triple_des_ciphers_enabled` and the `tls_rsa_with_..._enabled` switches to false (Bicep: `Ciphers.TripleDes168`).",
    links: [`${docs}/api-management-howto-manage-protocols-ciphers`],
    on: {
      "tf:azurerm_api_management": isOff(
        names("triple_des_ciphers_enabled", "enable_triple_des_ciphers"),
        ...[
          "aes128_cbc_sha256",
          "aes128_cbc_sha",
          "aes128_gcm_sha256",
          "aes256_cbc_sha256",
          "aes256_cbc_sha",
          "aes256_gcm_sha384",
        ].map((suite) => `security.tls_rsa_with_${suite}_ciphers_enabled`),
      ),
      "arm:Microsoft.ApiManagement/service": isOff(custom("Ciphers.TripleDes168")),
    },
    examples: {
      bad: [
        tfResource(apim, "security {\n  triple_des_ciphers_enabled = true\n}"),
        bicepResource(bicepApim, `customProperties: {\n  '${security}.Ciphers.TripleDes168': 'true'\n}`),
      ],
      good: [
        tfResource(apim, "security {\n  triple_des_ciphers_enabled = false\n}"),
        bicepResource(bicepApim, `customProperties: {\n  '${security}.Ciphers.TripleDes168': 'false'\n}`),
      ],
    },
  },
  {
    id: "iac/azure-api-management-public-network-access",
    aliases: ["CKV_AZURE_174"],
    title: "API Management is reachable from the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "Gateway, portal and management can be tried by everybody on the internet.",
    fix: "Set `public_network_access_enabled` to false (Bicep: `publicNetworkAccess` to Disabled) and use a private endpoint.",
    links: [`${docs}/private-endpoint`],
    on: {
      "tf:azurerm_api_management": value("public_network_access_enabled").is(false),
      "arm:Microsoft.ApiManagement/service": value("properties.publicNetworkAccess").is("Disabled"),
    },
    examples: {
      bad: [tfResource(apim, `sku_name = "Premium_1"`), bicepResource(bicepApim, "publicNetworkAccess: 'Enabled'")],
      good: [
        tfResource(apim, "public_network_access_enabled = false"),
        bicepResource(bicepApim, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-api-management-outside-network",
    aliases: ["CKV_AZURE_107"],
    title: "API Management is not in a virtual network",
    severity: "low",
    controls: "network-segmentation",
    why: "Backends must be open to the internet for it to reach them, and its traffic passes none of the own firewalls and logs.",
    fix: "Set `virtual_network_configuration.subnet_id` (Bicep: `virtualNetworkConfiguration`) and the type Internal or External.",
    links: [`${docs}/virtual-network-concepts`],
    on: {
      "tf:azurerm_api_management": value("virtual_network_configuration.subnet_id").exists(),
      "arm:Microsoft.ApiManagement/service": value("properties.virtualNetworkConfiguration").exists(),
    },
    examples: {
      bad: [tfResource(apim, `sku_name = "Premium_1"`), bicepResource(bicepApim, "virtualNetworkType: 'None'")],
      good: [
        tfResource(apim, "virtual_network_configuration {\n  subnet_id = azurerm_subnet.apis.id\n}"),
        bicepResource(
          bicepApim,
          "virtualNetworkConfiguration: {\n  subnetResourceId: '/subscriptions/x/subnets/apis'\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-api-management-client-certificate-optional",
    aliases: ["CKV_AZURE_152"],
    title: "API Management of the consumption tier takes callers without a certificate",
    severity: "low",
    controls: "strong-authentication",
    why: "Where only known machines call, a certificate keeps out everybody who merely found a key.",
    fix: "Set `client_certificate_enabled` (Bicep: `enableClientCertificate`) to true.",
    links: [`${docs}/api-management-howto-mutual-certificates-for-clients`],
    on: {
      "tf:azurerm_api_management": when(
        value("sku_name").matches(/^Consumption/),
        value("client_certificate_enabled", { edit: false }).is(true),
        "none",
      ),
      "arm:Microsoft.ApiManagement/service": when(
        value("sku.name").is("Consumption"),
        value("properties.enableClientCertificate", { edit: false }).is(true),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(apim, `sku_name = "Consumption_0"`),
        bicep(bicepBlock(bicepApim, "apis", "sku: {\n  name: 'Consumption'\n  capacity: 0\n}")),
      ],
      good: [tfResource(apim, `sku_name                   = "Consumption_0"`, "client_certificate_enabled = true")],
    },
  },
  {
    id: "iac/azure-api-management-plain-backend",
    aliases: ["CKV_AZURE_215"],
    title: "API Management calls a backend over plain HTTP",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Requests with their tokens travel in clear between the gateway and the backend.",
    fix: "Give the backend an `url` that begins with https.",
    links: [`${docs}/backends`],
    on: {
      "tf:azurerm_api_management_backend": value("url", { missing: "none" }).startsWith("https"),
      "arm:Microsoft.ApiManagement/service/backends": value("properties.url", { missing: "none" }).startsWith("https"),
    },
    examples: {
      bad: [
        tfResource("azurerm_api_management_backend", `protocol = "http"`, `url      = "http://orders.example"`),
        bicepResource("Microsoft.ApiManagement/service/backends@2023-05-01-preview", "url: 'http://orders.example'"),
      ],
      good: [
        tfResource("azurerm_api_management_backend", `protocol = "http"`, `url      = "https://orders.example"`),
        bicepResource("Microsoft.ApiManagement/service/backends@2023-05-01-preview", "url: 'https://orders.example'"),
      ],
    },
  },
  {
    id: "iac/azure-api-management-backend-certificate-not-checked",
    aliases: [],
    title: "API Management does not check the certificate of a backend",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Anybody on the way can stand in for the backend and read requests with their tokens.",
    fix: "Set `validate_certificate_chain` and `validate_certificate_name` to true.",
    links: [`${docs}/backends`],
    on: {
      "tf:azurerm_api_management_backend": all(
        value("tls.validate_certificate_chain").not(false),
        value("tls.validate_certificate_name").not(false),
      ),
      "arm:Microsoft.ApiManagement/service/backends": all(
        value("properties.tls.validateCertificateChain").not(false),
        value("properties.tls.validateCertificateName").not(false),
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_api_management_backend", "tls {\n  validate_certificate_chain = false\n}"),
        bicepResource(
          "Microsoft.ApiManagement/service/backends@2023-05-01-preview",
          "tls: {\n  validateCertificateName: false\n}",
        ),
      ],
      good: [tfResource("azurerm_api_management_backend", "tls {\n  validate_certificate_chain = true\n}")],
    },
  },
  {
    id: "iac/azure-api-management-api-over-http",
    aliases: [],
    title: "API can be called over plain HTTP",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Subscription keys and data of whoever calls by http:// can be read and changed on the way.",
    fix: "List only https (or wss) in `protocols`.",
    links: [`${docs}/api-management-howto-manage-protocols-ciphers`],
    on: {
      "tf:azurerm_api_management_api": value("protocols").not("http", "ws"),
      "arm:Microsoft.ApiManagement/service/apis": value("properties.protocols").not("http", "ws"),
    },
    examples: {
      bad: [
        tfResource("azurerm_api_management_api", `protocols = ["http", "https"]`),
        bicepResource("Microsoft.ApiManagement/service/apis@2023-05-01-preview", "protocols: ['http', 'https']"),
      ],
      good: [
        tfResource("azurerm_api_management_api", `protocols = ["https"]`),
        bicepResource("Microsoft.ApiManagement/service/apis@2023-05-01-preview", "protocols: ['https']"),
      ],
    },
  },
  {
    id: "iac/azure-api-management-without-subscription",
    aliases: [],
    title: "API or product can be called without a subscription key",
    severity: "medium",
    controls: "strong-authentication",
    why: "Unless a policy checks tokens, everybody who knows the address may call, unnamed and without limits.",
    fix: "Set `subscription_required` (Bicep: `subscriptionRequired`) to true.",
    links: [`${docs}/api-management-subscriptions`],
    on: {
      "tf:azurerm_api_management_api": value("subscription_required").not(false),
      "tf:azurerm_api_management_product": value("subscription_required").not(false),
      "arm:Microsoft.ApiManagement/service/apis": value("properties.subscriptionRequired").not(false),
      "arm:Microsoft.ApiManagement/service/products": value("properties.subscriptionRequired").not(false),
    },
    examples: {
      bad: [
        tfResource("azurerm_api_management_api", "subscription_required = false"),
        bicepResource("Microsoft.ApiManagement/service/products@2023-05-01-preview", "subscriptionRequired: false"),
      ],
      good: [
        tfResource("azurerm_api_management_api", "subscription_required = true"),
        bicepResource("Microsoft.ApiManagement/service/products@2023-05-01-preview", "subscriptionRequired: true"),
      ],
    },
  },
  {
    id: "iac/azure-api-management-plain-named-value",
    aliases: [],
    title: "Named value with the name of a secret is kept in clear",
    severity: "high",
    controls: "secret-handling",
    why: "Everybody who may look at the service reads it in the portal; it is shown in policies and traces.",
    fix: "Set `secret` to true, or better take the value from Key Vault.",
    links: [`${docs}/api-management-howto-properties`],
    on: {
      "tf:azurerm_api_management_named_value": when(
        anyOf(isSecretNamed("name"), isSecretNamed("display_name")),
        anyOf(value("secret").is(true), value("value_from_key_vault").exists()),
        "none",
      ),
      "arm:Microsoft.ApiManagement/service/namedValues": when(
        anyOf(isSecretNamed("name"), isSecretNamed("properties.displayName")),
        anyOf(value("properties.secret").is(true), value("properties.keyVault").exists()),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(
          "azurerm_api_management_named_value",
          `name         = "backend-password"`,
          "value        = var.password",
        ),
      ],
      good: [
        tfResource("azurerm_api_management_named_value", `name         = "backend-password"`, "secret       = true"),
      ],
    },
  },
  {
    id: "iac/azure-api-management-without-identity",
    aliases: [],
    title: "API Management has no managed identity",
    severity: "low",
    controls: "workload-identity",
    why: "Without an identity of its own it needs secrets in policies to reach vaults and backends.",
    fix: "Add an `identity` block with a system- or user-assigned identity.",
    links: [`${docs}/api-management-howto-use-managed-service-identity`],
    on: {
      "tf:azurerm_api_management": value("identity.type").exists(),
      "arm:Microsoft.ApiManagement/service": all(value("identity.type").exists(), value("identity.type").not("None")),
    },
    examples: {
      bad: [tfResource(apim, `sku_name = "Premium_1"`), bicepResource(bicepApim, "virtualNetworkType: 'None'")],
      good: [
        tfResource(apim, `identity {\n  type = "SystemAssigned"\n}`),
        bicep(bicepBlock(bicepApim, "apis", "identity: {\n  type: 'SystemAssigned'\n}")),
      ],
    },
  },
];

function isSecretNamed(path: string): Condition {
  return value(path).satisfies((name) => isSecretName(String(name)), "a name of a secret");
}
