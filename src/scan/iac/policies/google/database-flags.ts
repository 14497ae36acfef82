/** Cloud SQL: flags that open the database server to abuse. */
import { flagIsWell } from "../../families/google-database-flags.ts";
import type { Policy } from "../../policy.ts";

const sqlServer = "https://cloud.google.com/sql/docs/sqlserver/flags";
const off = /^off$/i;

export const policies: readonly Policy[] = [
  {
    id: "iac/google-mysql-reads-local-files",
    aliases: ["CKV_GCP_50", "AVD-GCP-0026"],
    title: "MySQL reads files of its clients",
    severity: "medium",
    controls: "data-protection",
    why: "Somebody who can send statements, by SQL injection for example, loads files of the application's machine into a table.",
    fix: "Set the flag local_infile to off.",
    links: ["https://cloud.google.com/sql/docs/mysql/flags"],
    ...flagIsWell({
      engine: "MYSQL",
      name: "local_infile",
      matches: /^(?!on$)/i,
      missing: "pass",
      tries: ["on", "off"],
    }),
  },
  {
    id: "iac/google-sql-server-chains-ownership",
    aliases: ["CKV_GCP_58"],
    title: "SQL Server lets rights reach from one database into others",
    severity: "medium",
    controls: "least-privilege",
    why: "An owner of one database gets at data of the others, whose owners never allowed it.",
    fix: "Set the flag `cross db ownership chaining` to off.",
    links: [sqlServer],
    ...flagIsWell({
      engine: "SQLSERVER",
      name: "cross db ownership chaining",
      matches: off,
      missing: "pass",
      tries: ["on", "off"],
    }),
  },
  {
    id: "iac/google-sql-server-with-contained-users",
    aliases: ["CKV_GCP_59"],
    title: "SQL Server lets databases keep users of their own",
    severity: "medium",
    controls: "strong-authentication",
    why: "Such users escape the rules for passwords of the server, and their hashes travel with every copy of the database.",
    fix: "Set the flag `contained database authentication` to off.",
    links: [sqlServer],
    ...flagIsWell({
      engine: "SQLSERVER",
      name: "contained database authentication",
      matches: off,
      missing: "pass",
      tries: ["on", "off"],
    }),
  },
];
