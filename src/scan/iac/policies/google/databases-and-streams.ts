/** BigQuery, Bigtable, Spanner, Redis, Dataflow, Dataproc and Data Fusion: deletion, addresses, encryption and logs. */
import { type Condition, value } from "../../condition.ts";
import { tfResource, tfSetting } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

/** A policy on one setting: what it must be, and what examples write. */
const setting = (
  type: string,
  path: string,
  condition: Condition,
  tries: readonly [bad: string | undefined, good: string],
): Pick<Policy, "on" | "examples"> => {
  const example = (written?: string) =>
    tfResource(type, `name = "shop"`, ...(written === undefined ? [] : [tfSetting(path, written)]));
  return { on: { [`tf:${type}`]: condition }, examples: { bad: [example(tries[0])], good: [example(tries[1])] } };
};

/** `anew`: a change makes the resource anew, its data is lost; no edit is proposed. */
const mustBe = (type: string, path: string, expected: string | boolean, anew?: "anew") => {
  const written = typeof expected === "string" ? `"${expected}"` : String(expected);
  const options = anew ? { edit: false as const } : {};
  return setting(type, path, value(path, options).is(expected), [undefined, written]);
};

export const policies: readonly Policy[] = [
  {
    id: "iac/google-bigquery-table-may-be-deleted",
    aliases: ["CKV_GCP_121"],
    title: "BigQuery table is not said to be protected against deletion",
    severity: "low",
    controls: "deletion-protection",
    why: "One mistaken change of the configuration deletes the table with its data.",
    fix: "Set `deletion_protection` to true.",
    links: ["https://cloud.google.com/bigquery/docs/managing-tables"],
    ...mustBe("google_bigquery_table", "deletion_protection", true),
  },
  {
    id: "iac/google-bigtable-instance-may-be-deleted",
    aliases: ["CKV_GCP_122"],
    title: "Bigtable instance is not said to be protected against deletion",
    severity: "low",
    controls: "deletion-protection",
    why: "One mistaken change of the configuration deletes the instance with its data.",
    fix: "Set `deletion_protection` to true.",
    links: ["https://cloud.google.com/bigtable/docs/modifying-instance"],
    ...mustBe("google_bigtable_instance", "deletion_protection", true),
  },
  {
    id: "iac/google-spanner-database-may-be-deleted",
    aliases: ["CKV_GCP_119"],
    title: "Terraform may delete the Spanner database",
    severity: "medium",
    controls: "deletion-protection",
    why: "One mistaken change of the configuration deletes the database with its data.",
    fix: "Remove `deletion_protection`, which is on by default, or set it to true.",
    links: ["https://cloud.google.com/spanner/docs/prevent-database-deletion"],
    ...setting(
      "google_spanner_database",
      "deletion_protection",
      value("deletion_protection", { missing: "pass" }).is(true),
      ["false", "true"],
    ),
  },
  {
    id: "iac/google-spanner-database-may-be-dropped",
    aliases: ["CKV_GCP_120"],
    title: "Everybody with the right to may drop the Spanner database at once",
    severity: "low",
    controls: "deletion-protection",
    why: "A mistake, or somebody with stolen rights, deletes the database by one command, in the console too.",
    fix: "Set `enable_drop_protection` to true.",
    links: ["https://cloud.google.com/spanner/docs/prevent-database-deletion"],
    ...mustBe("google_spanner_database", "enable_drop_protection", true),
  },
  {
    id: "iac/google-redis-without-authentication",
    aliases: ["CKV_GCP_95"],
    title: "Redis asks nobody for a password",
    severity: "high",
    controls: "strong-authentication",
    why: "Every machine on the network reads and changes what is cached, sessions of users included.",
    fix: "Set `auth_enabled` to true and give the clients `auth_string` from a secret.",
    links: ["https://cloud.google.com/memorystore/docs/redis/about-redis-auth"],
    ...mustBe("google_redis_instance", "auth_enabled", true),
  },
  {
    id: "iac/google-redis-not-encrypted-in-transit",
    aliases: ["CKV_GCP_97"],
    title: "Redis takes unencrypted connections",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Somebody on the path reads the password and the data, and can change them.",
    fix: 'Set `transit_encryption_mode` to "SERVER_AUTHENTICATION".',
    links: ["https://cloud.google.com/memorystore/docs/redis/about-in-transit-encryption"],
    ...mustBe("google_redis_instance", "transit_encryption_mode", "SERVER_AUTHENTICATION", "anew"),
  },
  {
    id: "iac/google-dataflow-job-with-public-addresses",
    aliases: ["CKV_GCP_94"],
    title: "Workers of the Dataflow job have public addresses",
    severity: "medium",
    controls: "network-exposure",
    why: "Everything that listens on a worker is one forgotten firewall rule away from the whole internet.",
    fix: 'Set `ip_configuration` to "WORKER_IP_PRIVATE", in a subnetwork with Private Google Access.',
    links: ["https://cloud.google.com/dataflow/docs/guides/routes-firewall"],
    ...mustBe("google_dataflow_job", "ip_configuration", "WORKER_IP_PRIVATE", "anew"),
  },
  {
    id: "iac/google-dataproc-cluster-with-public-addresses",
    aliases: ["CKV_GCP_103"],
    title: "Machines of the Dataproc cluster have public addresses",
    severity: "medium",
    controls: "network-exposure",
    why: "The web interfaces of Hadoop and Spark ask for no password: one forgotten firewall rule hands over the cluster.",
    fix: "Set `cluster_config.gce_cluster_config.internal_ip_only` to true.",
    links: ["https://cloud.google.com/dataproc/docs/concepts/configuring-clusters/network"],
    ...mustBe("google_dataproc_cluster", "cluster_config.gce_cluster_config.internal_ip_only", true, "anew"),
  },
  {
    id: "iac/google-data-fusion-is-public",
    aliases: ["CKV_GCP_87"],
    title: "Data Fusion instance has a public address",
    severity: "medium",
    controls: "network-exposure",
    why: "Its interface, from which all connected data can be reached, is open to whoever steals a sign-in.",
    fix: "Set `private_instance` to true and connect it with `network_config`.",
    links: ["https://cloud.google.com/data-fusion/docs/how-to/create-private-ip"],
    ...mustBe("google_data_fusion_instance", "private_instance", true, "anew"),
  },
  {
    id: "iac/google-data-fusion-keeps-no-logs",
    aliases: ["CKV_GCP_104"],
    title: "Data Fusion instance sends no logs to Cloud Logging",
    severity: "low",
    controls: "logging",
    why: "Nobody can tell which data its pipelines moved, and who started them.",
    fix: "Set `enable_stackdriver_logging` to true.",
    links: ["https://cloud.google.com/data-fusion/docs/how-to/view-instance-logs"],
    ...mustBe("google_data_fusion_instance", "enable_stackdriver_logging", true),
  },
  {
    id: "iac/google-data-fusion-not-monitored",
    aliases: ["CKV_GCP_105"],
    title: "Data Fusion instance sends no metrics to Cloud Monitoring",
    severity: "low",
    controls: "monitoring",
    why: "Pipelines that fail, or move far more than usual, raise no alert.",
    fix: "Set `enable_stackdriver_monitoring` to true.",
    links: ["https://cloud.google.com/data-fusion/docs"],
    ...mustBe("google_data_fusion_instance", "enable_stackdriver_monitoring", true),
  },
];
