/** Services of Google Cloud whose data should be encrypted with a key of one's own. */
import { all, each, value } from "../../condition.ts";
import { tfResource, tfSetting } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

interface Encrypted {
  readonly id: `iac/${string}`;
  readonly aliases: readonly string[];
  /** With a capital letter: "BigQuery table". Completed by "is encrypted with a key of Google only". */
  readonly what: string;
  readonly type: string;
  /** Where the key is named. */
  readonly key: string;
  readonly link: string;
  /** Lines that the examples need beside the key. */
  readonly lines?: readonly string[];
}

/** The policy that a resource names a key of Cloud KMS. */
function withoutOwnGoogleKey({ id, aliases, what, type, key, link, lines = [] }: Encrypted): Policy {
  return {
    id,
    aliases,
    title: `${what} is encrypted with a key of Google only`,
    severity: "low",
    controls: "customer-managed-keys",
    why: "Nobody can limit who decrypts, see each use or withdraw the key: the key of Google has no switch of your own.",
    fix: `Create a key in Cloud KMS with rotation, allow the service agent to use it, and name it in \`${key}\`.`,
    links: [link],
    on: { [`tf:${type}`]: value(key).exists() },
    examples: {
      bad: [tfResource(type, ...lines)],
      good: [tfResource(type, ...lines, tfSetting(key, "google_kms_crypto_key.data.id"))],
    },
  };
}

const vertex = "https://cloud.google.com/vertex-ai/docs/general/cmek";
const workbench = "https://cloud.google.com/vertex-ai/docs/workbench/instances/cmek";
const documents = "https://cloud.google.com/document-ai/docs/cmek";
const bigquery = "https://cloud.google.com/bigquery/docs/customer-managed-encryption";

const ownKey =
  "Nobody can limit who decrypts, see each use or withdraw the key: the key of Google has no switch of your own.";

const workbenchInstance = (...lines: readonly string[]) =>
  tfResource(
    "google_workbench_instance",
    `name     = "lab"`,
    `location = "europe-west1-b"`,
    "gce_setup {",
    ...lines.map((line) => `  ${line}`),
    "}",
  );

export const policies: readonly Policy[] = [
  withoutOwnGoogleKey({
    id: "iac/google-bigquery-table-without-own-key",
    aliases: ["CKV_GCP_80"],
    what: "BigQuery table",
    type: "google_bigquery_table",
    key: "encryption_configuration.kms_key_name",
    link: bigquery,
    lines: [`table_id = "orders"`],
  }),
  withoutOwnGoogleKey({
    id: "iac/google-bigquery-dataset-without-own-key",
    aliases: ["CKV_GCP_81"],
    what: "BigQuery dataset",
    type: "google_bigquery_dataset",
    key: "default_encryption_configuration.kms_key_name",
    link: bigquery,
    lines: [`dataset_id = "shop"`],
  }),
  withoutOwnGoogleKey({
    id: "iac/google-pubsub-topic-without-own-key",
    aliases: ["CKV_GCP_83"],
    what: "Pub/Sub topic",
    type: "google_pubsub_topic",
    key: "kms_key_name",
    link: "https://cloud.google.com/pubsub/docs/encryption",
    lines: [`name = "orders"`],
  }),
  withoutOwnGoogleKey({
    id: "iac/google-artifact-repository-without-own-key",
    aliases: ["CKV_GCP_84"],
    what: "Artifact Registry repository",
    type: "google_artifact_registry_repository",
    key: "kms_key_name",
    link: "https://cloud.google.com/artifact-registry/docs/cmek",
    lines: [`repository_id = "shop"`, `format = "DOCKER"`],
  }),
  withoutOwnGoogleKey({
    id: "iac/google-bigtable-instance-without-own-key",
    aliases: ["CKV_GCP_85"],
    what: "Bigtable instance",
    type: "google_bigtable_instance",
    key: "cluster.kms_key_name",
    link: "https://cloud.google.com/bigtable/docs/cmek",
    lines: [`name = "shop"`],
  }),
  withoutOwnGoogleKey({
    id: "iac/google-dataflow-job-without-own-key",
    aliases: ["CKV_GCP_90"],
    what: "Dataflow job",
    type: "google_dataflow_job",
    key: "kms_key_name",
    link: "https://cloud.google.com/dataflow/docs/guides/customer-managed-encryption-keys",
    lines: [`name = "orders"`],
  }),
  withoutOwnGoogleKey({
    id: "iac/google-dataproc-cluster-without-own-key",
    aliases: ["CKV_GCP_91"],
    what: "Dataproc cluster",
    type: "google_dataproc_cluster",
    key: "cluster_config.encryption_config.kms_key_name",
    link: "https://cloud.google.com/dataproc/docs/concepts/configuring-clusters/customer-managed-encryption",
    lines: [`name = "orders"`],
  }),
  withoutOwnGoogleKey({
    id: "iac/google-vertex-dataset-without-own-key",
    aliases: ["CKV_GCP_92"],
    what: "Vertex AI dataset",
    type: "google_vertex_ai_dataset",
    key: "encryption_spec.kms_key_name",
    link: vertex,
    lines: [`display_name = "orders"`],
  }),
  withoutOwnGoogleKey({
    id: "iac/google-spanner-database-without-own-key",
    aliases: ["CKV_GCP_93"],
    what: "Spanner database",
    type: "google_spanner_database",
    key: "encryption_config.kms_key_name",
    link: "https://cloud.google.com/spanner/docs/cmek",
    lines: [`name = "shop"`],
  }),
  withoutOwnGoogleKey({
    id: "iac/google-vertex-metadata-store-without-own-key",
    aliases: ["CKV_GCP_96"],
    what: "Vertex AI metadata store",
    type: "google_vertex_ai_metadata_store",
    key: "encryption_spec.kms_key_name",
    link: vertex,
    lines: [`name = "default"`],
  }),
  withoutOwnGoogleKey({
    id: "iac/google-vertex-endpoint-without-own-key",
    aliases: ["CKV2_GCP_24"],
    what: "Vertex AI endpoint",
    type: "google_vertex_ai_endpoint",
    key: "encryption_spec",
    link: vertex,
    lines: [`display_name = "prices"`],
  }),
  withoutOwnGoogleKey({
    id: "iac/google-vertex-feature-store-without-own-key",
    aliases: ["CKV2_GCP_25"],
    what: "Vertex AI feature store",
    type: "google_vertex_ai_featurestore",
    key: "encryption_spec",
    link: vertex,
    lines: [`name = "prices"`],
  }),
  withoutOwnGoogleKey({
    id: "iac/google-vertex-tensorboard-without-own-key",
    aliases: ["CKV2_GCP_26"],
    what: "Vertex AI TensorBoard",
    type: "google_vertex_ai_tensorboard",
    key: "encryption_spec",
    link: vertex,
    lines: [`display_name = "prices"`],
  }),
  withoutOwnGoogleKey({
    id: "iac/google-document-processor-without-own-key",
    aliases: ["CKV2_GCP_22"],
    what: "Document AI processor",
    type: "google_document_ai_processor",
    key: "kms_key_name",
    link: documents,
    lines: [`type = "OCR_PROCESSOR"`],
  }),
  withoutOwnGoogleKey({
    id: "iac/google-document-warehouse-without-own-key",
    aliases: ["CKV2_GCP_23"],
    what: "Document AI warehouse",
    type: "google_document_ai_warehouse_location",
    key: "kms_key",
    link: documents,
    lines: [`location = "eu"`],
  }),
  withoutOwnGoogleKey({
    id: "iac/google-notebook-runtime-without-own-key",
    aliases: ["CKV2_GCP_35"],
    what: "Notebook runtime",
    type: "google_notebooks_runtime",
    key: "virtual_machine.virtual_machine_config.encryption_config.kms_key",
    link: vertex,
    lines: [`name = "lab"`],
  }),
  {
    id: "iac/google-notebook-without-own-key",
    aliases: ["CKV2_GCP_21"],
    title: "Notebook is encrypted with a key of Google only",
    severity: "low",
    controls: "customer-managed-keys",
    why: ownKey,
    fix: 'Set `disk_encryption` to "CMEK" and name a key of Cloud KMS in `kms_key`.',
    links: [workbench],
    on: {
      "tf:google_notebooks_instance": all(
        value("kms_key").exists(),
        value("disk_encryption", { edit: false }).is("CMEK"),
      ),
    },
    examples: {
      bad: [tfResource("google_notebooks_instance", `name = "lab"`, "kms_key = google_kms_crypto_key.data.id")],
      good: [
        tfResource(
          "google_notebooks_instance",
          `name = "lab"`,
          `disk_encryption = "CMEK"`,
          "kms_key = google_kms_crypto_key.data.id",
        ),
      ],
    },
  },
  {
    id: "iac/google-workbench-without-own-key",
    aliases: ["CKV2_GCP_27"],
    title: "Disks of the workbench are encrypted with a key of Google only",
    severity: "low",
    controls: "customer-managed-keys",
    why: ownKey,
    fix: "Name a key of Cloud KMS in `kms_key` of `boot_disk` and of each of `data_disks`, with `disk_encryption` CMEK.",
    links: [workbench],
    on: {
      "tf:google_workbench_instance": all(
        value("gce_setup.boot_disk.kms_key").exists(),
        each("gce_setup.data_disks", value("kms_key").exists()),
      ),
    },
    examples: {
      bad: [
        workbenchInstance("boot_disk {", "  disk_size_gb = 150", "}"),
        workbenchInstance(
          "boot_disk {",
          "  kms_key = google_kms_crypto_key.data.id",
          "}",
          "data_disks {",
          "  disk_size_gb = 150",
          "}",
        ),
      ],
      good: [workbenchInstance("boot_disk {", "  kms_key = google_kms_crypto_key.data.id", "}")],
    },
  },
  withoutOwnGoogleKey({
    id: "iac/google-storage-bucket-without-own-key",
    aliases: ["AVD-GCP-0066"],
    what: "Storage bucket",
    type: "google_storage_bucket",
    key: "encryption.default_kms_key_name",
    link: "https://cloud.google.com/storage/docs/encryption/customer-managed-keys",
    lines: [`name = "shop"`],
  }),
];
