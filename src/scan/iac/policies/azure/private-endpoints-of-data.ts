/** Private endpoints of databases, vaults and storage. */
import { type Condition, connected, value } from "../../condition.ts";
import { bicepBlock, inProperties, tfBlock, tfResource } from "../../families/examples.ts";
import { bicep, type Policy, type ResourceKey, tf } from "../../policy.ts";

const hasEndpointInTerraform: Condition = connected("azurerm_private_endpoint");
const hasEndpointInArm: Condition = connected("Microsoft.Network/privateEndpoints");

interface Reachable {
  readonly id: `iac/${string}`;
  readonly aliases: readonly string[];
  /** With a capital letter: "Storage account". */
  readonly what: string;
  readonly terraform: string;
  /** Full type and a version, for the examples. */
  readonly arm?: `${string}@${string}`;
  readonly link: string;
  /** What serves instead of an endpoint, or why none is needed. */
  readonly unless?: { readonly terraform?: Condition; readonly arm?: Condition };
}

/** The policy that a resource is reached over a private endpoint. */
function withoutPrivateEndpoint({ id, aliases, what, terraform, arm, link, unless }: Reachable): Policy {
  const inTerraform: ResourceKey = `tf:${terraform}`;
  return {
    id,
    aliases,
    title: `${what} has no private endpoint`,
    severity: "low",
    controls: "network-segmentation",
    why: "Clients reach it at a public address only, so traffic leaves the private network and the public door has to stay open.",
    fix: "Add a private endpoint in the network of the clients with its private DNS zone, then close public access.",
    links: [link],
    on: {
      [inTerraform]: either(hasEndpointInTerraform, unless?.terraform),
      ...(arm && { [`arm:${arm.split("@")[0]}`]: either(hasEndpointInArm, unless?.arm) }),
    },
    examples: {
      bad: [tfResource(terraform, `name = "orders"`), ...(arm ? [bicep(bicepBlock(arm, "orders"))] : [])],
      good: [tf(tfPair(terraform)), ...(arm ? [bicep(bicepPair(arm))] : [])],
    },
  };
}

function either(endpoint: Condition, other: Condition | undefined): Condition {
  if (!other) return endpoint;
  return (node, resource) => {
    const verdict = other(node, resource);
    return verdict.is === "pass" ? verdict : endpoint(node, resource);
  };
}

function tfPair(type: string): string {
  return (
    tfBlock(type, "orders", `name = "orders"`) +
    tfBlock(
      "azurerm_private_endpoint",
      "orders",
      "subnet_id = azurerm_subnet.data.id",
      `private_service_connection {\n  name                           = "orders"\n  private_connection_resource_id = ${type}.orders.id\n}`,
    )
  );
}

function bicepPair(type: string): string {
  const connection =
    "privateLinkServiceConnections: [\n  {\n    name: 'orders'\n    properties: {\n      privateLinkServiceId: orders.id\n    }\n  }\n]";
  return (
    bicepBlock(type, "orders") +
    bicepBlock("Microsoft.Network/privateEndpoints@2024-05-01", "endpoint", ...inProperties([connection]))
  );
}

/** Servers inside a network of their own take no private endpoint, and need none. */
const inOwnNetwork = {
  terraform: value("delegated_subnet_id", { edit: false }).exists(),
  arm: value("properties.network.delegatedSubnetResourceId", { edit: false }).exists(),
};

export const policies: readonly Policy[] = [
  withoutPrivateEndpoint({
    id: "iac/azure-storage-without-private-endpoint",
    aliases: ["CKV2_AZURE_33"],
    what: "Storage account",
    terraform: "azurerm_storage_account",
    arm: "Microsoft.Storage/storageAccounts@2023-05-01",
    link: "https://learn.microsoft.com/azure/storage/common/storage-private-endpoints",
  }),
  withoutPrivateEndpoint({
    id: "iac/azure-key-vault-without-private-endpoint",
    aliases: ["CKV2_AZURE_32"],
    what: "Key vault",
    terraform: "azurerm_key_vault",
    arm: "Microsoft.KeyVault/vaults@2023-07-01",
    link: "https://learn.microsoft.com/azure/key-vault/general/private-link-service",
  }),
  withoutPrivateEndpoint({
    id: "iac/azure-sql-without-private-endpoint",
    aliases: ["CKV2_AZURE_45"],
    what: "SQL server",
    terraform: "azurerm_mssql_server",
    arm: "Microsoft.Sql/servers@2023-08-01",
    link: "https://learn.microsoft.com/azure/azure-sql/database/private-endpoint-overview",
  }),
  withoutPrivateEndpoint({
    id: "iac/azure-mysql-without-private-endpoint",
    aliases: ["CKV2_AZURE_44"],
    what: "MySQL single server",
    terraform: "azurerm_mysql_server",
    arm: "Microsoft.DBforMySQL/servers@2017-12-01",
    link: "https://learn.microsoft.com/azure/private-link/private-endpoint-overview",
  }),
  withoutPrivateEndpoint({
    id: "iac/azure-mysql-flexible-without-private-endpoint",
    aliases: ["CKV2_AZURE_56"],
    what: "MySQL flexible server",
    terraform: "azurerm_mysql_flexible_server",
    arm: "Microsoft.DBforMySQL/flexibleServers@2023-12-30",
    link: "https://learn.microsoft.com/azure/mysql/flexible-server/concepts-networking-private-link",
    unless: inOwnNetwork,
  }),
  withoutPrivateEndpoint({
    id: "iac/azure-postgresql-without-private-endpoint",
    aliases: ["CKV2_AZURE_42"],
    what: "PostgreSQL single server",
    terraform: "azurerm_postgresql_server",
    arm: "Microsoft.DBforPostgreSQL/servers@2017-12-01",
    link: "https://learn.microsoft.com/azure/private-link/private-endpoint-overview",
  }),
  withoutPrivateEndpoint({
    id: "iac/azure-postgresql-flexible-without-private-endpoint",
    aliases: ["CKV2_AZURE_57"],
    what: "PostgreSQL flexible server",
    terraform: "azurerm_postgresql_flexible_server",
    arm: "Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01",
    link: "https://learn.microsoft.com/azure/postgresql/network/concepts-networking-private-link",
    unless: inOwnNetwork,
  }),
  withoutPrivateEndpoint({
    id: "iac/azure-mariadb-without-private-endpoint",
    aliases: ["CKV2_AZURE_43"],
    what: "MariaDB server",
    terraform: "azurerm_mariadb_server",
    arm: "Microsoft.DBforMariaDB/servers@2018-06-01",
    link: "https://learn.microsoft.com/azure/private-link/private-endpoint-overview",
  }),
  withoutPrivateEndpoint({
    id: "iac/azure-cosmos-db-without-private-endpoint",
    aliases: [],
    what: "Cosmos DB account",
    terraform: "azurerm_cosmosdb_account",
    arm: "Microsoft.DocumentDB/databaseAccounts@2024-05-15",
    link: "https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints",
  }),
];
