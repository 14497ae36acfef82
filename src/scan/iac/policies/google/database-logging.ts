/** Cloud SQL for PostgreSQL: flags that decide what is logged, and what is better not. */
import { flagIsWell } from "../../families/google-database-flags.ts";
import type { Policy } from "../../policy.ts";

type Words = Pick<Policy, "id" | "aliases" | "title" | "why" | "fix"> & Partial<Pick<Policy, "severity" | "controls">>;

interface PostgresFlag {
  readonly name: string;
  readonly matches: RegExp;
  readonly missing?: "pass" | "fail";
  readonly tries?: readonly [bad: string, good: string];
}

const on = /^on$/i;
/** Statistics for debugging, off by default. */
const notOn = /^(?!on$)/i;
/** Levels at which errors are still told. */
const upToError = /^(?:debug[1-5]|info|notice|warning|error)$/i;

function postgres(words: Words, flag: PostgresFlag): Policy {
  return {
    severity: "low",
    controls: "logging",
    ...words,
    links: ["https://cloud.google.com/sql/docs/postgres/flags"],
    ...flagIsWell({ engine: "POSTGRES", missing: "fail", tries: ["off", "on"], ...flag }),
  };
}

/** Statistics of the server for its developers. */
const statistics = (name: string, alias: string, of: string): Policy =>
  postgres(
    {
      id: `iac/google-postgresql-logs-${name.replace(/^log_|_stats$/g, "")}-statistics`,
      aliases: [alias],
      title: `PostgreSQL logs statistics of its ${of}`,
      why: "The log fills with figures for developers of the server, in which the traces of an attack are lost.",
      fix: `Remove the flag ${name}, or set it to off.`,
    },
    { name, matches: notOn, missing: "pass", tries: ["on", "off"] },
  );

export const policies: readonly Policy[] = [
  postgres(
    {
      id: "iac/google-postgresql-checkpoints-not-logged",
      aliases: ["CKV_GCP_51", "AVD-GCP-0025"],
      title: "PostgreSQL does not log its checkpoints",
      why: "Slow or failing writes, and somebody who causes them, cannot be seen in the logs.",
      fix: "Set the flag log_checkpoints to on.",
    },
    { name: "log_checkpoints", matches: on },
  ),
  postgres(
    {
      id: "iac/google-postgresql-connections-not-logged",
      aliases: ["CKV_GCP_52", "AVD-GCP-0016"],
      title: "PostgreSQL does not log who connects",
      why: "Guessed passwords and connections from strange places leave no trace.",
      fix: "Set the flag log_connections to on.",
    },
    { name: "log_connections", matches: on },
  ),
  postgres(
    {
      id: "iac/google-postgresql-disconnections-not-logged",
      aliases: ["CKV_GCP_53", "AVD-GCP-0022"],
      title: "PostgreSQL does not log when connections end",
      why: "Nobody can tell how long somebody was in the database.",
      fix: "Set the flag log_disconnections to on.",
    },
    { name: "log_disconnections", matches: on },
  ),
  postgres(
    {
      id: "iac/google-postgresql-lock-waits-not-logged",
      aliases: ["CKV_GCP_54", "AVD-GCP-0020"],
      title: "PostgreSQL does not log long waits for locks",
      why: "Somebody who blocks the database on purpose, or by a bad statement, cannot be found.",
      fix: "Set the flag log_lock_waits to on.",
    },
    { name: "log_lock_waits", matches: on },
  ),
  postgres(
    {
      id: "iac/google-postgresql-errors-not-logged",
      aliases: ["CKV_GCP_55", "AVD-GCP-0018"],
      title: "PostgreSQL does not log errors",
      why: "Attempts at SQL injection make errors first; without them in the log nobody sees that something was tried.",
      fix: 'Set the flag log_min_messages to "warning", or remove it.',
    },
    { name: "log_min_messages", matches: upToError, missing: "pass", tries: ["panic", "warning"] },
  ),
  postgres(
    {
      id: "iac/google-postgresql-temporary-files-not-logged",
      aliases: ["CKV_GCP_56"],
      title: "PostgreSQL does not log all temporary files",
      why: "Statements that fill the disk, by mistake or on purpose, cannot be found.",
      fix: 'Set the flag log_temp_files to "0", which logs all of them.',
    },
    { name: "log_temp_files", matches: /^0$/, missing: "pass", tries: ["10", "0"] },
  ),
  postgres(
    {
      id: "iac/google-postgresql-logs-slow-statements",
      aliases: ["CKV_GCP_57", "AVD-GCP-0021"],
      title: "PostgreSQL logs the text of slow statements",
      why: "Statements hold personal data and passwords, which then lie in the log for everybody who reads it.",
      fix: 'Set the flag log_min_duration_statement to "-1", or remove it.',
      controls: "data-protection",
    },
    { name: "log_min_duration_statement", matches: /^-1$/, missing: "pass", tries: ["99", "-1"] },
  ),
  postgres(
    {
      id: "iac/google-postgresql-host-names-not-logged",
      aliases: ["CKV_GCP_108"],
      title: "PostgreSQL does not log the names of hosts that connect",
      why: "Addresses change hands; who connected last month cannot be told from an address alone.",
      fix: "Set the flag log_hostname to on.",
    },
    { name: "log_hostname", matches: on },
  ),
  postgres(
    {
      id: "iac/google-postgresql-failing-statements-not-logged",
      aliases: ["CKV_GCP_109"],
      title: "PostgreSQL does not log the statements that fail",
      why: "Attempts at SQL injection make errors first; without the statements nobody sees what was tried.",
      fix: 'Set the flag log_min_error_statement to "error" or a lower level.',
    },
    { name: "log_min_error_statement", matches: upToError, missing: "pass", tries: ["panic", "error"] },
  ),
  postgres(
    {
      id: "iac/google-postgresql-without-audit",
      aliases: ["CKV_GCP_110"],
      title: "PostgreSQL keeps no audit log",
      severity: "medium",
      why: "Nobody can tell who read or changed which table.",
      fix: "Set the flag cloudsql.enable_pgaudit to on, create the extension pgaudit and set pgaudit.log.",
    },
    { name: "cloudsql.enable_pgaudit", matches: on },
  ),
  postgres(
    {
      id: "iac/google-postgresql-statements-not-logged",
      aliases: ["CKV_GCP_111"],
      title: "PostgreSQL logs no statements",
      why: "Nobody can tell who changed tables, users or rights.",
      fix: 'Set the flag log_statement to "ddl".',
    },
    { name: "log_statement", matches: /^(?:ddl|mod|all)$/i, tries: ["none", "ddl"] },
  ),
  postgres(
    {
      id: "iac/google-postgresql-durations-not-logged",
      aliases: ["CKV2_GCP_13"],
      title: "PostgreSQL does not log how long statements take",
      why: "Statements that an attacker makes slow on purpose, to learn something or to stop the service, do not stand out.",
      fix: "Set the flag log_duration to on.",
    },
    { name: "log_duration", matches: on },
  ),
  statistics("log_executor_stats", "CKV2_GCP_14", "executor"),
  statistics("log_parser_stats", "CKV2_GCP_15", "parser"),
  statistics("log_planner_stats", "CKV2_GCP_16", "planner"),
  statistics("log_statement_stats", "CKV2_GCP_17", "statements"),
];
