/** Azure Storage: whether requests to the data leave a trace, and who may read it. */
import { all, any, anyOf, type Condition, check, connected, nodeAt, not, value, when } from "../../condition.ts";
import { watchesPart } from "../../families/azure-diagnostics.ts";
import { because } from "../../families/because.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { arm, type Policy, tf } from "../../policy.ts";
import { plainOf } from "../../value-conditions.ts";
import { failAt, passed } from "../../verdict.ts";

const account = "azurerm_storage_account";
const monitoring = "https://learn.microsoft.com/azure/storage/blobs/monitor-blob-storage";

const logsAll = (path: string): Condition =>
  all(...["delete", "read", "write"].map((operation) => value(`${path}.${operation}`).is(true)));

const logsCategory = (category: string): Condition =>
  any("properties.logs", all(value("category").is(category), value("enabled").is(true)));

const queueSettings = (categories: readonly string[]) =>
  arm(
    JSON.stringify(
      {
        $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        contentVersion: "1.0.0.0",
        resources: [
          {
            type: "Microsoft.Storage/storageAccounts/queueServices/providers/diagnosticSettings",
            apiVersion: "2021-05-01-preview",
            name: "data/default/Microsoft.Insights/logs",
            properties: { logs: categories.map((category) => ({ category, enabled: true })) },
          },
        ],
      },
      undefined,
      2,
    ),
  );

const logContainer = /^insights-(?:operational|activity)-logs$/;

/** The container that takes the activity log, by its fixed name. */
const takesActivityLog: Condition = check((_, node) => {
  const name = nodeAt(node, "name");
  if (name?.is === "unknown") return failAt(name);
  return logContainer.test(String(plainOf(name))) ? passed : failAt(node);
});

const servesAlerts = connected(
  account,
  connected("azurerm_monitor_activity_log_alert", value("enabled", { missing: "pass" }).is(true)),
);

const watchedBy = (part: "blobServices" | "tableServices", insights: string): Condition =>
  connected(
    account,
    anyOf(connected("azurerm_log_analytics_storage_insights", value(insights).exists()), watchesPart(part)),
  );

const insightsFor = (type: string, own: readonly string[], names: string) =>
  tf(
    tfBlock(account, "data", `name = "data"`) +
      tfBlock(
        type,
        "orders",
        `name                 = "orders"`,
        "storage_account_name = azurerm_storage_account.data.name",
        ...own,
      ) +
      tfBlock(
        "azurerm_log_analytics_storage_insights",
        "data",
        "storage_account_id = azurerm_storage_account.data.id",
        `${names} = ["orders"]`,
      ),
  );

const alone = (type: string, own: readonly string[]) =>
  tf(
    tfBlock(account, "data", `name = "data"`) +
      tfBlock(
        type,
        "orders",
        `name                 = "orders"`,
        "storage_account_name = azurerm_storage_account.data.name",
        ...own,
      ),
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-storage-queues-not-logged",
    aliases: ["CKV_AZURE_33", "AVD-AZU-0009", "AVD-AZU-0057"],
    title: "Requests to queues are not logged",
    severity: "low",
    controls: "logging",
    why: "Nobody can tell who read, wrote or deleted messages; misuse of a key stays unseen.",
    fix: "Log read, write and delete requests of the queue service, best with a diagnostic setting.",
    links: ["https://learn.microsoft.com/azure/storage/queues/monitor-queue-storage"],
    on: {
      "tf:azurerm_storage_account": when(
        value("account_kind", { missing: "pass" }).oneOf("StorageV2", "Storage"),
        anyOf(
          logsAll("queue_properties.logging"),
          connected("azurerm_storage_account_queue_properties", logsAll("logging")),
          watchesPart("queueServices"),
        ),
      ),
      "arm:Microsoft.Storage/storageAccounts/queueServices/providers/diagnosticSettings": all(
        logsCategory("StorageRead"),
        logsCategory("StorageWrite"),
        logsCategory("StorageDelete"),
      ),
    },
    examples: {
      bad: [tfResource(account, `name = "data"`), queueSettings(["StorageRead"])],
      good: [
        tfResource(
          account,
          `name = "data"`,
          'queue_properties {\n  logging {\n    delete  = true\n    read    = true\n    write   = true\n    version = "1.0"\n  }\n}',
        ),
        queueSettings(["StorageRead", "StorageWrite", "StorageDelete"]),
      ],
    },
  },
  {
    id: "iac/azure-storage-blobs-not-logged",
    aliases: ["CKV2_AZURE_21"],
    title: "Requests to blobs of a container are not logged",
    severity: "low",
    controls: "logging",
    why: "After a leak nobody can tell which blobs were read, by whom and from where.",
    fix: "Add a diagnostic setting for the account's blob service that logs read, write and delete requests.",
    links: [monitoring],
    on: {
      "tf:azurerm_storage_container": all(
        value("container_access_type", { missing: "pass" }).oneOf("private", "blob"),
        watchedBy("blobServices", "blob_container_names"),
      ),
    },
    examples: {
      bad: [alone("azurerm_storage_container", [`container_access_type = "private"`])],
      good: [insightsFor("azurerm_storage_container", [`container_access_type = "private"`], "blob_container_names")],
    },
  },
  {
    id: "iac/azure-storage-tables-not-logged",
    aliases: ["CKV2_AZURE_20"],
    title: "Requests to a table are not logged",
    severity: "low",
    controls: "logging",
    why: "Misuse of a key or token stays unseen, and nobody can tell afterwards what was read or changed.",
    fix: "Add a diagnostic setting for the account's table service that logs read, write and delete requests.",
    links: ["https://learn.microsoft.com/azure/storage/tables/monitor-table-storage"],
    on: { "tf:azurerm_storage_table": watchedBy("tableServices", "table_names") },
    examples: {
      bad: [alone("azurerm_storage_table", [])],
      good: [insightsFor("azurerm_storage_table", [], "table_names")],
    },
  },
  {
    id: "iac/azure-storage-activity-log-public",
    aliases: ["CKV2_AZURE_8"],
    title: "Container with the activity log can be read by anybody",
    severity: "high",
    controls: "public-data",
    why: "The log tells strangers who administers what, from which addresses and when: a map for an attack.",
    fix: "Set the container's access to private.",
    links: ["https://learn.microsoft.com/azure/azure-monitor/platform/activity-log"],
    on: {
      "tf:azurerm_storage_container": anyOf(
        value("container_access_type", { missing: "pass" }).is("private"),
        because("it takes the activity log and is public", not(anyOf(takesActivityLog, servesAlerts))),
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_storage_container", `name = "insights-activity-logs"`, `container_access_type = "blob"`),
      ],
      good: [
        tfResource("azurerm_storage_container", `name = "insights-activity-logs"`, `container_access_type = "private"`),
      ],
    },
  },
];
