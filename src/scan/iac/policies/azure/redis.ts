/** Azure Cache for Redis and Azure Managed Redis: access, sign-in, encryption. */
import { value, when } from "../../condition.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const cache = "azurerm_redis_cache";
const bicepCache = "Microsoft.Cache/redis@2024-03-01";
const bicepEnterprise = "Microsoft.Cache/redisEnterprise@2024-02-01";
const named = `name = "sessions"`;
const settings = "https://learn.microsoft.com/azure/azure-cache-for-redis/cache-configure";
const signIn =
  "https://learn.microsoft.com/azure/azure-cache-for-redis/cache-azure-active-directory-for-authentication";

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-redis-without-replica",
    aliases: ["CKV_AZURE_230"],
    title: "Redis cache has no replica",
    severity: "low",
    controls: "availability",
    why: "The tier Basic is one machine without a promise: if it fails, the cache and its content are gone.",
    fix: "Use the tier Standard or Premium.",
    links: ["https://learn.microsoft.com/azure/azure-cache-for-redis/cache-high-availability"],
    on: {
      "tf:azurerm_redis_cache": value("sku_name").oneOf("Standard", "Premium"),
      "arm:Microsoft.Cache/redis": value("properties.sku.name", { edit: false }).oneOf("Standard", "Premium"),
    },
    examples: {
      bad: [
        tfResource(cache, named, `sku_name = "Basic"`),
        bicepResource(bicepCache, "sku: {\n  name: 'Basic'\n  family: 'C'\n  capacity: 1\n}"),
      ],
      good: [
        tfResource(cache, named, `sku_name = "Standard"`),
        bicepResource(bicepCache, "sku: {\n  name: 'Standard'\n  family: 'C'\n  capacity: 1\n}"),
      ],
    },
  },
  {
    id: "iac/azure-redis-public-network-access",
    aliases: ["CKV_AZURE_89"],
    title: "Redis cache is reachable over the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "The cache has a public address; one leaked key opens sessions and whatever else is kept in it.",
    fix: "Switch public network access off and use a private endpoint.",
    links: ["https://learn.microsoft.com/azure/azure-cache-for-redis/cache-private-link"],
    on: {
      "tf:azurerm_redis_cache": value("public_network_access_enabled").is(false),
      "arm:Microsoft.Cache/redis": value("properties.publicNetworkAccess").is("Disabled"),
    },
    examples: {
      bad: [
        tfResource(cache, named, "public_network_access_enabled = true"),
        bicepResource(bicepCache, "publicNetworkAccess: 'Enabled'"),
      ],
      good: [
        tfResource(cache, named, "public_network_access_enabled = false"),
        bicepResource(bicepCache, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-redis-allows-old-tls",
    aliases: ["CKV_AZURE_148"],
    title: "Redis cache accepts TLS versions older than 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "TLS 1.0 and 1.1 have known weaknesses; somebody on the network path can read or change what is cached.",
    fix: "Set `minimum_tls_version` (Bicep: `minimumTlsVersion`) to 1.2.",
    links: [settings],
    on: {
      "tf:azurerm_redis_cache": value("minimum_tls_version").oneOf("1.2", "1.3"),
      "arm:Microsoft.Cache/redis": value("properties.minimumTlsVersion").oneOf("1.2", "1.3"),
    },
    examples: {
      bad: [
        tfResource(cache, named, `minimum_tls_version = "1.0"`),
        bicepResource(bicepCache, "minimumTlsVersion: '1.0'"),
      ],
      good: [
        tfResource(cache, named, `minimum_tls_version = "1.2"`),
        bicepResource(bicepCache, "minimumTlsVersion: '1.2'"),
      ],
    },
  },
  {
    id: "iac/azure-redis-unencrypted-port",
    aliases: ["CKV_AZURE_91"],
    title: "Redis cache takes unencrypted connections",
    severity: "high",
    controls: "encryption-in-transit",
    why: "Keys and cached data pass readable; somebody on the network path copies or changes them.",
    fix: "Set `non_ssl_port_enabled` (Bicep: `enableNonSslPort`) to false.",
    links: [settings],
    on: {
      "tf:azurerm_redis_cache": value(["non_ssl_port_enabled", "enable_non_ssl_port"], { missing: "pass" }).is(false),
      "arm:Microsoft.Cache/redis": value("properties.enableNonSslPort").not(true),
    },
    examples: {
      bad: [
        tfResource(cache, named, "non_ssl_port_enabled = true"),
        bicepResource(bicepCache, "enableNonSslPort: true"),
      ],
      good: [
        tfResource(cache, named, "non_ssl_port_enabled = false"),
        bicepResource(bicepCache, "enableNonSslPort: false"),
      ],
    },
  },
  {
    id: "iac/azure-redis-without-sign-in",
    aliases: [],
    title: "Redis cache asks nobody to sign in",
    severity: "critical",
    controls: "strong-authentication",
    why: "Whoever reaches the cache over the network reads and changes everything in it.",
    fix: "Remove the line that switches authentication off.",
    links: [settings],
    on: {
      "tf:azurerm_redis_cache": value([
        "redis_configuration.authentication_enabled",
        "redis_configuration.enable_authentication",
      ]).not(false),
      "arm:Microsoft.Cache/redis": value("properties.redisConfiguration.authnotrequired").not(true),
    },
    examples: {
      bad: [
        tfResource(cache, named, "redis_configuration {\n  authentication_enabled = false\n}"),
        bicepResource(bicepCache, "redisConfiguration: {\n  authnotrequired: 'true'\n}"),
      ],
      good: [
        tfResource(cache, named, "redis_configuration {\n  authentication_enabled = true\n}"),
        bicepResource(bicepCache, "redisConfiguration: {\n  authnotrequired: 'false'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-redis-accepts-keys",
    aliases: [],
    title: "Redis cache accepts its access keys",
    severity: "low",
    controls: "strong-authentication",
    why: "A key opens the whole cache, does not expire and leaves no trace of who used it; one leak is enough.",
    fix: "Switch Microsoft Entra authentication on, move clients to it, then switch access keys off.",
    links: [signIn],
    on: {
      "tf:azurerm_redis_cache": value("access_keys_authentication_enabled").is(false),
      "tf:azurerm_managed_redis": value("default_database.access_keys_authentication_enabled").not(true),
      "arm:Microsoft.Cache/redis": value("properties.disableAccessKeyAuthentication").is(true),
      "arm:Microsoft.Cache/redisEnterprise/databases": value("properties.accessKeysAuthentication").is("Disabled"),
    },
    examples: {
      bad: [tfResource(cache, named), bicepResource(bicepCache, "disableAccessKeyAuthentication: false")],
      good: [
        tfResource(cache, named, "access_keys_authentication_enabled = false"),
        bicepResource(bicepCache, "disableAccessKeyAuthentication: true"),
      ],
    },
  },
  {
    id: "iac/azure-redis-enterprise-unencrypted",
    aliases: [],
    title: "Redis Enterprise or Managed Redis takes unencrypted or weakly encrypted connections",
    severity: "high",
    controls: "encryption-in-transit",
    why: "Keys and cached data pass readable; somebody on the network path copies or changes them.",
    fix: "Use the client protocol Encrypted and TLS 1.2 or later.",
    links: ["https://learn.microsoft.com/azure/redis/tls-configuration"],
    on: {
      "tf:azurerm_redis_enterprise_database": value("client_protocol", { missing: "pass" }).is("Encrypted"),
      "tf:azurerm_managed_redis": value("default_database.client_protocol", { missing: "pass" }).is("Encrypted"),
      "tf:azurerm_redis_enterprise_cluster": value("minimum_tls_version", { missing: "pass" }).oneOf("1.2", "1.3"),
      "arm:Microsoft.Cache/redisEnterprise/databases": value("properties.clientProtocol", { missing: "pass" }).is(
        "Encrypted",
      ),
      "arm:Microsoft.Cache/redisEnterprise": value("properties.minimumTlsVersion", { missing: "pass" }).oneOf(
        "1.2",
        "1.3",
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_redis_enterprise_database", named, `client_protocol = "Plaintext"`),
        bicepResource(bicepEnterprise, "minimumTlsVersion: '1.0'"),
      ],
      good: [
        tfResource("azurerm_redis_enterprise_database", named, `client_protocol = "Encrypted"`),
        bicepResource(bicepEnterprise, "minimumTlsVersion: '1.2'"),
      ],
    },
  },
  {
    id: "iac/azure-redis-backup-with-keys",
    aliases: [],
    title: "Redis cache writes its backups with a storage key",
    severity: "low",
    controls: "workload-identity",
    why: "The storage key stands in the settings of the cache; whoever reads them has all data of that storage account.",
    fix: "Use a managed identity for persistence (`data_persistence_authentication_method`, Bicep: `preferred-data-persistence-auth-method`).",
    links: ["https://learn.microsoft.com/azure/azure-cache-for-redis/cache-how-to-premium-persistence"],
    on: {
      "tf:azurerm_redis_cache": when(
        value("redis_configuration.rdb_backup_enabled").is(true),
        value("redis_configuration.data_persistence_authentication_method").is("ManagedIdentity"),
        "none",
      ),
      "arm:Microsoft.Cache/redis": when(
        value("properties.redisConfiguration.rdb-backup-enabled").is(true),
        value("properties.redisConfiguration.preferred-data-persistence-auth-method").is("ManagedIdentity"),
        "none",
      ),
    },
    examples: {
      bad: [tfResource(cache, named, "redis_configuration {\n  rdb_backup_enabled = true\n}")],
      good: [
        tfResource(
          cache,
          named,
          `redis_configuration {\n  rdb_backup_enabled                     = true\n  data_persistence_authentication_method = "ManagedIdentity"\n}`,
        ),
      ],
    },
  },
];
