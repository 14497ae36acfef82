/** Azure Database for PostgreSQL: server parameters that decide what is logged and how connections are made. */
import { parameterMatches } from "../../families/azure-database-settings.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const single = "azurerm_postgresql_configuration";
const flexible = "azurerm_postgresql_flexible_server_configuration";
const logs = "https://learn.microsoft.com/azure/postgresql/monitor/concepts-logging";
const traffic = "https://learn.microsoft.com/azure/postgresql/security/security-tls";

const on = /^(?:on|1|true|yes)$/i;

const set = (type: string, name: string, to: string) => tfResource(type, `name  = "${name}"`, `value = "${to}"`);
const bicepSet = (name: string, to: string) => {
  const example = bicepResource(
    "Microsoft.DBforPostgreSQL/flexibleServers/configurations@2024-08-01",
    `value: '${to}'`,
  );
  return { ...example, text: example.text.replace("name: 'example'", `name: '${name}'`) };
};

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-postgresql-checkpoints-not-logged",
    aliases: ["CKV_AZURE_30"],
    title: "PostgreSQL does not log its checkpoints",
    severity: "low",
    controls: "logging",
    why: "Slow or failing writes, and somebody who causes them, cannot be seen in the logs.",
    fix: "Set the parameter log_checkpoints to on.",
    links: [logs],
    on: {
      ...parameterMatches("postgresql", "log_checkpoints", on),
      ...parameterMatches("postgresql-flexible", "log_checkpoints", on),
    },
    examples: {
      bad: [set(single, "log_checkpoints", "off"), bicepSet("log_checkpoints", "off")],
      good: [set(single, "log_checkpoints", "on"), bicepSet("log_checkpoints", "on")],
    },
  },
  {
    id: "iac/azure-postgresql-connections-not-logged",
    aliases: ["CKV_AZURE_31"],
    title: "PostgreSQL does not log who connects",
    severity: "low",
    controls: "logging",
    why: "Guessed passwords and connections from strange places leave no trace.",
    fix: "Set the parameter log_connections to on.",
    links: [logs],
    on: {
      ...parameterMatches("postgresql", "log_connections", on),
      ...parameterMatches("postgresql-flexible", "log_connections", on),
    },
    examples: {
      bad: [set(single, "log_connections", "off"), bicepSet("log_connections", "off")],
      good: [set(single, "log_connections", "on"), bicepSet("log_connections", "on")],
    },
  },
  {
    id: "iac/azure-postgresql-guessing-not-slowed",
    aliases: ["CKV_AZURE_32"],
    title: "PostgreSQL does not slow down failed sign-ins",
    severity: "low",
    controls: "strong-authentication",
    why: "Passwords can be tried as fast as the network allows.",
    fix: "Set the parameter connection_throttling (flexible server: connection_throttle.enable) to on.",
    links: [logs],
    on: {
      ...parameterMatches("postgresql", "connection_throttling", on),
      ...parameterMatches("postgresql-flexible", "connection_throttle.enable", on),
    },
    examples: {
      bad: [set(single, "connection_throttling", "off"), bicepSet("connection_throttle.enable", "off")],
      good: [set(single, "connection_throttling", "on"), bicepSet("connection_throttle.enable", "on")],
    },
  },
  {
    id: "iac/azure-postgresql-logs-not-kept",
    aliases: ["CKV_AZURE_146"],
    title: "PostgreSQL does not keep its logs",
    severity: "low",
    controls: "log-retention",
    why: "When an attack is noticed, the records that would show it are gone.",
    fix: "Set the retention of logs to on and its days as high as the server allows.",
    links: [logs],
    on: parameterMatches("postgresql", "log_retention", on),
    examples: { bad: [set(single, "log_retention", "off")], good: [set(single, "log_retention", "on")] },
  },
  {
    id: "iac/azure-postgresql-flexible-unencrypted-connections",
    aliases: [],
    title: "PostgreSQL flexible server takes unencrypted connections",
    severity: "high",
    controls: "encryption-in-transit",
    why: "Passwords and data pass readable; somebody on the network path copies or changes them.",
    fix: "Set the parameter require_secure_transport to on, which is its default.",
    links: [traffic],
    on: parameterMatches("postgresql-flexible", "require_secure_transport", on),
    examples: {
      bad: [set(flexible, "require_secure_transport", "off"), bicepSet("require_secure_transport", "off")],
      good: [set(flexible, "require_secure_transport", "on"), bicepSet("require_secure_transport", "on")],
    },
  },
  {
    id: "iac/azure-postgresql-flexible-allows-old-tls",
    aliases: [],
    title: "PostgreSQL flexible server accepts TLS versions older than 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "TLS 1.0 and 1.1 have known weaknesses; somebody on the network path can read or change queries and results.",
    fix: "Set the parameter ssl_min_protocol_version to TLSv1.2 or TLSv1.3.",
    links: [traffic],
    on: parameterMatches("postgresql-flexible", "ssl_min_protocol_version", /^TLSv1\.[23]$/i),
    examples: {
      bad: [set(flexible, "ssl_min_protocol_version", "TLSv1"), bicepSet("ssl_min_protocol_version", "TLSv1")],
      good: [set(flexible, "ssl_min_protocol_version", "TLSv1.3"), bicepSet("ssl_min_protocol_version", "TLSv1.3")],
    },
  },
];
