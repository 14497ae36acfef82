/** Ledgers, time series and databases in memory: Amazon QLDB, Timestream, MemoryDB. */
import { value } from "../../condition.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { setting } from "../../families/aws-settings.ts";
import type { Policy } from "../../policy.ts";

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-qldb-allows-all-to-all",
    aliases: ["CKV_AWS_170"],
    title: "Ledger knows no permissions on its tables",
    severity: "medium",
    controls: "least-privilege",
    why: "In the mode ALLOW_ALL everyone who may use the ledger may read and change every table.",
    fix: "Set the permissions mode to STANDARD and grant actions on tables.",
    links: ["https://docs.aws.amazon.com/qldb/latest/developerguide/getting-started-standard-mode.html"],
    ...setting({
      at: { "tf:aws_qldb_ledger": "permissions_mode", "cfn:AWS::QLDB::Ledger": "Properties.PermissionsMode" },
      demand: (path) => value(path).is("STANDARD"),
      bad: `"ALLOW_ALL"`,
      good: `"STANDARD"`,
      lines: [`name = "ledger"`],
    }),
  },
  {
    id: "iac/aws-qldb-without-deletion-protection",
    aliases: ["CKV_AWS_172"],
    title: "Ledger can be deleted by one call",
    severity: "medium",
    controls: "deletion-protection",
    why: "A ledger proves what happened; a wrong change or a stolen key is enough to delete it.",
    fix: "Remove `deletion_protection` or set it to true.",
    links: ["https://docs.aws.amazon.com/qldb/latest/developerguide/ledger-management.basics.html"],
    ...setting({
      at: { "tf:aws_qldb_ledger": "deletion_protection", "cfn:AWS::QLDB::Ledger": "Properties.DeletionProtection" },
      demand: (path) => value(path).not(false),
      bad: "false",
      good: "true",
      lines: [`name = "ledger"`],
    }),
  },
  withoutOwnKey({
    id: "iac/aws-timestream-without-own-key",
    aliases: ["CKV_AWS_160"],
    what: "Timestream database",
    keys: {
      "tf:aws_timestreamwrite_database": "kms_key_id",
      "cfn:AWS::Timestream::Database": "Properties.KmsKeyId",
    },
    link: "https://docs.aws.amazon.com/timestream/latest/developerguide/EncryptionAtRest.html",
    lines: [`database_name = "metrics"`],
  }),
  {
    id: "iac/aws-memorydb-without-tls",
    aliases: ["CKV_AWS_202"],
    title: "MemoryDB accepts connections without TLS",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Data and passwords can be read on the network; without TLS, access lists cannot be used either.",
    fix: "Remove `tls_enabled` or set it to true.",
    links: ["https://docs.aws.amazon.com/memorydb/latest/devguide/in-transit-encryption.html"],
    ...setting({
      at: { "tf:aws_memorydb_cluster": "tls_enabled", "cfn:AWS::MemoryDB::Cluster": "Properties.TLSEnabled" },
      demand: (path) => value(path).not(false),
      bad: "false",
      good: "true",
      lines: [`acl_name = "open-access"`],
    }),
  },
  withoutOwnKey({
    id: "iac/aws-memorydb-without-own-key",
    aliases: ["CKV_AWS_201"],
    what: "MemoryDB cluster",
    keys: { "tf:aws_memorydb_cluster": "kms_key_arn" },
    link: "https://docs.aws.amazon.com/memorydb/latest/devguide/at-rest-encryption.html",
    lines: [`acl_name = "users"`],
  }),
  withoutOwnKey({
    id: "iac/aws-memorydb-snapshot-without-own-key",
    aliases: ["CKV_AWS_278"],
    what: "Snapshot of MemoryDB",
    keys: { "tf:aws_memorydb_snapshot": "kms_key_arn" },
    link: "https://docs.aws.amazon.com/memorydb/latest/devguide/at-rest-encryption.html",
    lines: [`cluster_name = "cache"`],
  }),
];
