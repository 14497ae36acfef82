/** Firewall rules of databases on Azure: which addresses they let in. */
import { all, type Condition, check, connected, not, value, when } from "../../condition.ts";
import { because } from "../../families/because.ts";
import { bicepBlock, bicepResource, inProperties, tfBlock, tfResource } from "../../families/examples.ts";
import { bicep, on, type Policy, type ResourceKey, tf } from "../../policy.ts";
import { type Verdict, worstOf } from "../../verdict.ts";

const fromAnywhere = /^0\.0\.0\.0(?:\/0)?$/;
const last = "255.255.255.255";

/** The whole address space. */
const notForEverybody = (start: string, end: string): Condition =>
  because(
    `every address from 0.0.0.0 to ${last} is let in`,
    not(all(value(start).matches(fromAnywhere), value(end).is(last))),
  );

/** The range that stands for every address of Azure, also those of strangers. */
const notForAzure = (start: string, end: string): Condition =>
  because("0.0.0.0 to 0.0.0.0 lets all of Azure in", not(all(value(start).is("0.0.0.0"), value(end).is("0.0.0.0"))));

const sqlRules = "Microsoft.Sql/servers/firewallRules";
const armRange = ["properties.startIpAddress", "properties.endIpAddress"] as const;
const tfRange = ["start_ip_address", "end_ip_address"] as const;

/** A server is as open as the widest of its rules. */
const allRules = (type: string, condition: Condition): Condition =>
  check((resource, node): Verdict => {
    const { resources } = resource.connected([type]);
    return resources.length === 0
      ? { is: "pass", at: node.at }
      : worstOf(resources.map((rule) => condition(rule.body, rule)));
  });

const tfRules: readonly ResourceKey[] = [
  "tf:azurerm_mariadb_firewall_rule",
  "tf:azurerm_mssql_firewall_rule",
  "tf:azurerm_mysql_firewall_rule",
  "tf:azurerm_mysql_flexible_server_firewall_rule",
  "tf:azurerm_postgresql_firewall_rule",
  "tf:azurerm_sql_firewall_rule",
];
const otherArmRules: readonly ResourceKey[] = [
  "arm:Microsoft.DBforMySQL/servers/firewallRules",
  "arm:Microsoft.DBforMySQL/flexibleServers/firewallRules",
  "arm:Microsoft.DBforPostgreSQL/servers/firewallRules",
  "arm:Microsoft.DBforMariaDB/servers/firewallRules",
];

const range = (type: string, start: string, end: string) =>
  tfResource(type, `start_ip_address = "${start}"`, `end_ip_address   = "${end}"`);
const bicepRange = (type: string, start: string, end: string) =>
  bicepResource(type, `startIpAddress: '${start}'`, `endIpAddress: '${end}'`);

const serverAndRule = (start: string, end: string) =>
  tf(
    tfBlock("azurerm_sql_server", "orders", `name = "orders"`) +
      tfBlock(
        "azurerm_sql_firewall_rule",
        "office",
        "server_name      = azurerm_sql_server.orders.name",
        `start_ip_address = "${start}"`,
        `end_ip_address   = "${end}"`,
      ),
  );

const bicepServerAndRule = (start: string, end: string) =>
  bicep(
    bicepBlock("Microsoft.Sql/servers@2023-08-01", "orders") +
      bicepBlock(
        `${sqlRules}@2023-08-01`,
        "office",
        "parent: orders",
        ...inProperties([`startIpAddress: '${start}'`, `endIpAddress: '${end}'`]),
      ),
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-database-open-to-everybody",
    aliases: ["CKV_AZURE_11"],
    title: "Database firewall lets the whole internet in",
    severity: "critical",
    controls: "network-exposure",
    why: "Anybody may try passwords against the database; the first weak or leaked one opens it.",
    fix: "Delete the rule and let in only the addresses that need it, better only private ones.",
    links: ["https://learn.microsoft.com/azure/azure-sql/database/firewall-configure"],
    on: {
      ...on(tfRules, notForEverybody(...tfRange)),
      ...on(otherArmRules, notForEverybody(...armRange)),
      "arm:Microsoft.Sql/servers": allRules(sqlRules, notForEverybody(...armRange)),
      // Rules whose server is known were judged with it.
      "arm:Microsoft.Sql/servers/firewallRules": when(
        not(connected("Microsoft.Sql/servers")),
        notForEverybody(...armRange),
        "none",
      ),
    },
    examples: {
      bad: [range("azurerm_mssql_firewall_rule", "0.0.0.0", last), bicepServerAndRule("0.0.0.0", last)],
      good: [
        range("azurerm_mssql_firewall_rule", "203.0.113.7", "203.0.113.9"),
        bicepServerAndRule("203.0.113.7", "203.0.113.9"),
      ],
    },
  },
  {
    id: "iac/azure-sql-open-to-all-of-azure",
    aliases: ["CKV2_AZURE_34"],
    title: "SQL firewall lets in everything that runs in Azure",
    severity: "medium",
    controls: "network-exposure",
    why: "The range 0.0.0.0 to 0.0.0.0 means all addresses of Azure: a stranger's virtual machine there may try passwords too.",
    fix: "Delete the rule; use private endpoints or rules for your own subnets.",
    links: ["https://learn.microsoft.com/azure/azure-sql/database/network-access-controls-overview"],
    on: {
      "tf:azurerm_mssql_firewall_rule": notForAzure(...tfRange),
      "tf:azurerm_sql_firewall_rule": notForAzure(...tfRange),
      "arm:Microsoft.Sql/servers/firewallRules": notForAzure(...armRange),
    },
    examples: {
      bad: [
        range("azurerm_mssql_firewall_rule", "0.0.0.0", "0.0.0.0"),
        bicepRange(`${sqlRules}@2023-08-01`, "0.0.0.0", "0.0.0.0"),
      ],
      good: [
        range("azurerm_mssql_firewall_rule", "203.0.113.7", "203.0.113.9"),
        bicepRange(`${sqlRules}@2023-08-01`, "203.0.113.7", "203.0.113.9"),
      ],
    },
  },
  {
    id: "iac/azure-sql-server-open-to-all-of-azure",
    aliases: ["CKV2_AZURE_6"],
    title: "SQL server (old resource) has a firewall rule for everything in Azure",
    severity: "medium",
    controls: "network-exposure",
    why: "A stranger's virtual machine in Azure may try passwords against the server.",
    fix: "Delete the rule that begins or ends at 0.0.0.0; use rules for your own subnets.",
    links: ["https://learn.microsoft.com/azure/azure-sql/database/network-access-controls-overview"],
    on: {
      "tf:azurerm_sql_server": allRules(
        "azurerm_sql_firewall_rule",
        all(value("start_ip_address").not("0.0.0.0"), value("end_ip_address").not("0.0.0.0")),
      ),
    },
    examples: {
      bad: [serverAndRule("0.0.0.0", "0.0.0.0")],
      good: [serverAndRule("203.0.113.7", "203.0.113.9")],
    },
  },
  {
    id: "iac/azure-postgresql-firewall-too-wide",
    aliases: ["CKV2_AZURE_26"],
    title: "PostgreSQL flexible server lets in all of Azure or the whole internet",
    severity: "high",
    controls: "network-exposure",
    why: "Strangers may try passwords against the database from their own machines.",
    fix: "Delete the rule and let in only the addresses that need it, better only private ones.",
    links: ["https://learn.microsoft.com/azure/postgresql/network/concepts-networking-public"],
    on: {
      "tf:azurerm_postgresql_flexible_server_firewall_rule": all(
        value("start_ip_address").not("0.0.0.0"),
        value("end_ip_address").not(last),
      ),
      "arm:Microsoft.DBforPostgreSQL/flexibleServers/firewallRules": all(
        value("properties.startIpAddress").not("0.0.0.0"),
        value("properties.endIpAddress").not(last),
      ),
    },
    examples: {
      bad: [
        range("azurerm_postgresql_flexible_server_firewall_rule", "0.0.0.0", last),
        bicepRange("Microsoft.DBforPostgreSQL/flexibleServers/firewallRules@2024-08-01", "0.0.0.0", last),
      ],
      good: [
        range("azurerm_postgresql_flexible_server_firewall_rule", "203.0.113.7", "203.0.113.9"),
        bicepRange("Microsoft.DBforPostgreSQL/flexibleServers/firewallRules@2024-08-01", "203.0.113.7", "203.0.113.9"),
      ],
    },
  },
  {
    id: "iac/azure-mysql-open-to-all-of-azure",
    aliases: [],
    title: "MySQL or MariaDB firewall lets in everything that runs in Azure",
    severity: "medium",
    controls: "network-exposure",
    why: "The range 0.0.0.0 to 0.0.0.0 means all addresses of Azure: a stranger's virtual machine there may try passwords too.",
    fix: "Delete the rule; put the server into a network of its own or add a private endpoint.",
    links: ["https://learn.microsoft.com/azure/mysql/flexible-server/concepts-networking-public"],
    on: {
      ...on(
        [
          "tf:azurerm_mysql_flexible_server_firewall_rule",
          "tf:azurerm_mysql_firewall_rule",
          "tf:azurerm_mariadb_firewall_rule",
        ],
        notForAzure(...tfRange),
      ),
      ...on(
        [
          "arm:Microsoft.DBforMySQL/flexibleServers/firewallRules",
          "arm:Microsoft.DBforMySQL/servers/firewallRules",
          "arm:Microsoft.DBforMariaDB/servers/firewallRules",
        ],
        notForAzure(...armRange),
      ),
    },
    examples: {
      bad: [
        range("azurerm_mysql_flexible_server_firewall_rule", "0.0.0.0", "0.0.0.0"),
        bicepRange("Microsoft.DBforMySQL/flexibleServers/firewallRules@2023-12-30", "0.0.0.0", "0.0.0.0"),
      ],
      good: [
        range("azurerm_mysql_flexible_server_firewall_rule", "203.0.113.7", "203.0.113.9"),
        bicepRange("Microsoft.DBforMySQL/flexibleServers/firewallRules@2023-12-30", "203.0.113.7", "203.0.113.9"),
      ],
    },
  },
  {
    id: "iac/azure-data-service-open-to-everybody",
    aliases: [],
    title: "Firewall of a cache or an analytics workspace lets the whole internet in",
    severity: "high",
    controls: "network-exposure",
    why: "Anybody may try keys and passwords against it; the first one that leaked opens the data.",
    fix: "Delete the rule and let in only the addresses that need it, better only private ones.",
    links: ["https://learn.microsoft.com/azure/azure-cache-for-redis/cache-network-isolation"],
    on: {
      "tf:azurerm_redis_firewall_rule": notForEverybody("start_ip", "end_ip"),
      "tf:azurerm_synapse_firewall_rule": notForEverybody(...tfRange),
      "tf:azurerm_cosmosdb_postgresql_firewall_rule": notForEverybody(...tfRange),
      "tf:azurerm_mongo_cluster_firewall_rule": notForEverybody(...tfRange),
      "arm:Microsoft.Cache/redis/firewallRules": notForEverybody("properties.startIP", "properties.endIP"),
      "arm:Microsoft.Synapse/workspaces/firewallRules": notForEverybody(...armRange),
      "arm:Microsoft.DBforPostgreSQL/serverGroupsv2/firewallRules": notForEverybody(...armRange),
      "arm:Microsoft.DocumentDB/mongoClusters/firewallRules": notForEverybody(...armRange),
    },
    examples: {
      bad: [
        tfResource("azurerm_redis_firewall_rule", `start_ip = "0.0.0.0"`, `end_ip   = "${last}"`),
        bicepRange("Microsoft.Synapse/workspaces/firewallRules@2021-06-01", "0.0.0.0", last),
      ],
      good: [
        tfResource("azurerm_redis_firewall_rule", `start_ip = "203.0.113.7"`, `end_ip   = "203.0.113.9"`),
        bicepRange("Microsoft.Synapse/workspaces/firewallRules@2021-06-01", "203.0.113.7", "203.0.113.9"),
      ],
    },
  },
];
