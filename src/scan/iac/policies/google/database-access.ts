/** Cloud SQL: who reaches a database, how it is encrypted on the way, backups and versions. */
import { all, anyOf, type Condition, check, connected, each, nodeAt, not, value, when } from "../../condition.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { runs, sqlInstance } from "../../families/google-database-flags.ts";
import { literalText } from "../../literal-text.ts";
import { type Policy, tf } from "../../policy.ts";
import { plainOf } from "../../value-conditions.ts";
import { failAt, passAt, unknownAt } from "../../verdict.ts";

const network = "https://cloud.google.com/sql/docs/mysql/configure-ip";
const backups = "https://cloud.google.com/sql/docs/mysql/backup-recovery/backups";

const withAddress = (...lines: readonly string[]) => [
  "  ip_configuration {",
  ...lines.map((line) => `    ${line}`),
  "  }",
];
const withBackup = (...lines: readonly string[]) => [
  "  backup_configuration {",
  ...lines.map((line) => `    ${line}`),
  "  }",
];

const isReplica: Condition = value("master_instance_name").exists();

/** From which major version on an engine is current. */
const current = { POSTGRES: 18, MYSQL: 8, SQLSERVER: 2022 } as const;

function isCurrent(version: string): boolean {
  const [, engine = "", major] = /^([A-Z]+)_(\d+)/.exec(version) ?? [];
  return Number(major) >= (current[engine as keyof typeof current] ?? Number.POSITIVE_INFINITY);
}

/** A range of no fixed bits is everybody; the address of a resource, such as a machine, is not. */
const limitedNetwork: Condition = check((_, network) => {
  const range = nodeAt(network, "value");
  if (range === undefined) return passAt(network.at);
  if (range.is === "unknown" && range.refs.length === 0) return unknownAt(range.at, range.reason);
  return String(plainOf(range)).endsWith("/0")
    ? failAt(range, `${literalText(range)} is the whole internet`)
    : passAt(range.from ?? range.at);
});

export const policies: readonly Policy[] = [
  {
    id: "iac/google-database-open-to-internet",
    aliases: ["CKV_GCP_11", "AVD-GCP-0017"],
    title: "Database takes connections from the whole internet",
    severity: "high",
    controls: "network-exposure",
    why: "Everybody can try passwords on the database and use the next hole in its server.",
    fix: "Remove the range from `authorized_networks`; connect over a private address or the Cloud SQL Auth Proxy.",
    links: [network],
    on: {
      "tf:google_sql_database_instance": each("settings.ip_configuration.authorized_networks", limitedNetwork),
    },
    examples: {
      bad: [sqlInstance("MYSQL", ...withAddress("authorized_networks {", `  value = "0.0.0.0/0"`, "}"))],
      good: [sqlInstance("MYSQL", ...withAddress("authorized_networks {", `  value = "198.51.100.0/24"`, "}"))],
    },
  },
  {
    id: "iac/google-database-allows-unencrypted-connections",
    aliases: ["CKV_GCP_6", "AVD-GCP-0015"],
    title: "Database takes unencrypted connections",
    severity: "high",
    controls: "encryption-in-transit",
    why: "Somebody on the path reads the password and the data, and can change them.",
    fix: 'Set `settings.ip_configuration.ssl_mode` to "ENCRYPTED_ONLY", or to "TRUSTED_CLIENT_CERTIFICATE_REQUIRED".',
    links: ["https://cloud.google.com/sql/docs/mysql/configure-ssl-instance"],
    on: {
      "tf:google_sql_database_instance": anyOf(
        value("settings.ip_configuration.ssl_mode").oneOf("ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"),
        value("settings.ip_configuration.require_ssl", { edit: false }).is(true),
      ),
    },
    examples: {
      bad: [sqlInstance("MYSQL"), sqlInstance("MYSQL", ...withAddress("require_ssl = false"))],
      good: [
        sqlInstance("MYSQL", ...withAddress(`ssl_mode = "ENCRYPTED_ONLY"`)),
        sqlInstance("MYSQL", ...withAddress("require_ssl = true")),
      ],
    },
  },
  {
    id: "iac/google-sql-server-with-public-address",
    aliases: ["CKV_GCP_60"],
    title: "SQL Server has a public address",
    severity: "medium",
    controls: "network-exposure",
    why: "The database is one wrong entry in its list of networks away from the whole internet.",
    fix: "Set `ipv4_enabled` to false and name your network in `private_network`.",
    links: ["https://cloud.google.com/sql/docs/sqlserver/configure-private-ip"],
    on: {
      "tf:google_sql_database_instance": when(
        runs("SQLSERVER"),
        // Without a public address it needs a private one.
        value("settings.ip_configuration.ipv4_enabled", { edit: false }).not(true),
      ),
    },
    examples: {
      bad: [sqlInstance("SQLSERVER", ...withAddress("ipv4_enabled = true"))],
      good: [sqlInstance("SQLSERVER", ...withAddress("ipv4_enabled = false"))],
    },
  },
  {
    id: "iac/google-database-root-without-password",
    aliases: ["CKV2_GCP_7"],
    title: "User root of MySQL has no password",
    severity: "critical",
    controls: "strong-authentication",
    why: "Everybody who reaches the database reads, changes and deletes all of it.",
    fix: "Set `password` of the `google_sql_user` from Secret Manager, or remove the user root.",
    links: ["https://cloud.google.com/sql/docs/mysql/create-manage-users"],
    on: {
      "tf:google_sql_database_instance": when(
        runs("MYSQL"),
        not(
          connected(
            "google_sql_user",
            all(value("name").startsWith("root"), not(value(["password", "password_wo"]).exists())),
          ),
        ),
      ),
    },
    examples: {
      bad: [withUser(`name = "root"`)],
      good: [withUser(`name = "root"`, "password = var.password"), withUser(`name = "shop"`), sqlInstance("MYSQL")],
    },
  },
  {
    id: "iac/google-database-without-backups",
    aliases: ["CKV_GCP_14", "AVD-GCP-0024"],
    title: "Database is not backed up",
    severity: "medium",
    controls: "backup",
    why: "After a mistake or an attack that deletes or encrypts data, it is lost.",
    fix: "Set `settings.backup_configuration.enabled` to true.",
    links: [backups],
    on: {
      "tf:google_sql_database_instance": when(
        not(isReplica),
        value("settings.backup_configuration.enabled").is(true),
        "none",
      ),
    },
    examples: {
      bad: [sqlInstance("MYSQL"), sqlInstance("MYSQL", ...withBackup("enabled = false"))],
      good: [sqlInstance("MYSQL", ...withBackup("enabled = true"))],
    },
  },
  {
    id: "iac/google-mysql-without-point-in-time-recovery",
    aliases: ["CKV2_GCP_20"],
    title: "MySQL cannot be restored to a point in time",
    severity: "low",
    controls: "backup",
    why: "Everything since the backup of last night is lost when somebody deletes or encrypts data.",
    fix: "Set `settings.backup_configuration.binary_log_enabled` to true.",
    links: ["https://cloud.google.com/sql/docs/mysql/backup-recovery/pitr"],
    on: {
      "tf:google_sql_database_instance": anyOf(
        isReplica,
        when(runs("MYSQL"), value("settings.backup_configuration.binary_log_enabled").is(true)),
      ),
    },
    examples: {
      bad: [sqlInstance("MYSQL", ...withBackup("enabled = true"))],
      good: [
        sqlInstance("MYSQL", ...withBackup("enabled = true", "binary_log_enabled = true")),
        sqlInstance("POSTGRES"),
      ],
    },
  },
  {
    id: "iac/google-database-runs-old-version",
    aliases: ["CKV_GCP_79"],
    title: "Database does not run the latest major version",
    severity: "low",
    controls: "patching",
    why: "Old versions get fixes later, and one day none; upgrades in a hurry go wrong.",
    fix: "Plan the upgrade of `database_version`, and try it on a clone first.",
    links: ["https://cloud.google.com/sql/docs/db-versions"],
    on: {
      "tf:google_sql_database_instance": value("database_version").satisfies(
        (version) => isCurrent(String(version)),
        "POSTGRES_18, MYSQL_8_0 or SQLSERVER_2022 or later",
      ),
    },
    examples: {
      bad: [tfResource("google_sql_database_instance", `database_version = "POSTGRES_12"`)],
      good: [sqlInstance("POSTGRES"), sqlInstance("MYSQL"), sqlInstance("SQLSERVER")],
    },
  },
];

function withUser(...lines: readonly string[]) {
  return tf(
    tfBlock("google_sql_database_instance", "main", `database_version = "MYSQL_8_4"`) +
      tfBlock("google_sql_user", "main", "instance = google_sql_database_instance.main.name", ...lines),
  );
}
