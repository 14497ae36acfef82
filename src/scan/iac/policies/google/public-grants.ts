/** Grants of Google Cloud that give everybody on the internet a role on a resource. */
import { all, anyOf, connected, each, not, value } from "../../condition.ts";
import { because } from "../../families/because.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { documentIsNotPublic, membersAreNotPublic, onGrants } from "../../families/google-members.ts";
import { type Policy, tf } from "../../policy.ts";

const overview = "https://cloud.google.com/iam/docs/overview";

/** What an `access` block of a dataset may be for; a block for nothing of these is for everybody. */
const grantees = [
  "special_group",
  "user_by_email",
  "group_by_email",
  "domain",
  "iam_member",
  "view",
  "routine",
  "dataset",
] as const;

interface Granted {
  readonly resources: readonly [string, ...string[]];
  readonly role: string;
}

const openTo = ({ resources, role }: Granted): Pick<Policy, "controls" | "on" | "examples"> => {
  const member = (who: string) => tfResource(`${resources[0]}_iam_member`, `role = "${role}"`, `member = "${who}"`);
  const binding = (...who: readonly string[]) =>
    tfResource(
      `${resources[0]}_iam_binding`,
      `role = "${role}"`,
      `members = [${who.map((one) => `"${one}"`).join(", ")}]`,
    );
  return {
    controls: "public-data",
    on: onGrants(resources, membersAreNotPublic),
    examples: {
      bad: [member("allUsers"), binding("group:shop@example.com", "allAuthenticatedUsers")],
      good: [member("group:shop@example.com"), binding("group:shop@example.com")],
    },
  };
};

const namedOnly =
  "Name the groups or service accounts that need the role instead of allUsers or allAuthenticatedUsers.";

/** A resource, and a grant on it to this member. */
const granted = (type: string, grantOn: string, reference: string, who: string) =>
  tf(
    tfBlock(type, "main", `project = "shop"`) +
      tfBlock(
        `${grantOn}_iam_member`,
        "main",
        `${reference} = ${type}.main.id`,
        `role = "roles/viewer"`,
        `member = "${who}"`,
      ),
  );

/** No grant on the resource is public. */
const noPublicGrant = (grantOn: string) =>
  not(connected([`${grantOn}_iam_member`, `${grantOn}_iam_binding`], not(membersAreNotPublic)));

export const policies: readonly Policy[] = [
  {
    id: "iac/google-dataproc-cluster-is-public",
    aliases: ["CKV_GCP_98"],
    title: "Dataproc cluster is open to everybody",
    severity: "critical",
    why: "Anybody with a Google account can see the cluster, and with some roles run jobs on it with its rights.",
    fix: namedOnly,
    links: ["https://cloud.google.com/dataproc/docs/concepts/iam/iam"],
    ...openTo({ resources: ["google_dataproc_cluster"], role: "roles/dataproc.editor" }),
  },
  {
    id: "iac/google-pubsub-topic-is-public",
    aliases: ["CKV_GCP_99"],
    title: "Pub/Sub topic is open to everybody",
    severity: "high",
    why: "Anybody can read its messages or send their own, which your services then believe.",
    fix: namedOnly,
    links: ["https://cloud.google.com/pubsub/docs/access-control"],
    ...openTo({ resources: ["google_pubsub_topic"], role: "roles/pubsub.publisher" }),
  },
  {
    id: "iac/google-bigquery-table-is-public",
    aliases: ["CKV_GCP_100"],
    title: "BigQuery table is open to everybody",
    severity: "critical",
    why: "Anybody with a Google account reads the data in it.",
    fix: namedOnly,
    links: ["https://cloud.google.com/bigquery/docs/access-control"],
    ...openTo({ resources: ["google_bigquery_table"], role: "roles/bigquery.dataViewer" }),
  },
  {
    id: "iac/google-bigquery-dataset-is-public",
    aliases: ["CKV_GCP_15", "AVD-GCP-0046"],
    title: "BigQuery dataset is open to everybody",
    severity: "critical",
    controls: "public-data",
    why: "Anybody with a Google account reads all tables in it, and as owner changes them.",
    fix: "Name a group, a person or a domain in each `access` block.",
    links: ["https://cloud.google.com/bigquery/docs/control-access-to-resources-iam"],
    on: {
      "tf:google_bigquery_dataset": each(
        "access",
        all(
          value(["special_group", "iam_member"]).not("allAuthenticatedUsers", "allUsers"),
          because("it names nobody in particular", anyOf(...grantees.map((name) => value(name).exists()))),
        ),
      ),
    },
    examples: {
      bad: [
        dataset(`role = "READER"`, `special_group = "allAuthenticatedUsers"`),
        dataset(`iam_member = "allUsers"`),
        dataset(`role = "READER"`),
      ],
      good: [dataset(`role = "READER"`, `special_group = "projectReaders"`)],
    },
  },
  {
    id: "iac/google-artifact-repository-is-public",
    aliases: ["CKV_GCP_101"],
    title: "Artifact Registry repository is open to everybody",
    severity: "high",
    why: "Anybody can download your software and look for secrets and holes in it, and with some roles replace it.",
    fix: namedOnly,
    links: ["https://cloud.google.com/artifact-registry/docs/access-control"],
    ...openTo({ resources: ["google_artifact_registry_repository"], role: "roles/artifactregistry.reader" }),
  },
  {
    id: "iac/google-cloud-run-service-is-public",
    aliases: ["CKV_GCP_102"],
    title: "Cloud Run service is open to everybody",
    severity: "medium",
    why: "Anybody on the internet can call it, also what was meant for your other services only.",
    fix: "Give roles/run.invoker to the accounts that call it; put a website behind a load balancer with Cloud Armor.",
    links: ["https://cloud.google.com/run/docs/authenticating/overview"],
    ...openTo({ resources: ["google_cloud_run_service"], role: "roles/run.invoker" }),
  },
  {
    id: "iac/google-cloud-function-is-public",
    aliases: ["CKV_GCP_107"],
    title: "Cloud Function can be called by everybody",
    severity: "high",
    why: "Anybody on the internet can call it, also what was meant for your other services only.",
    fix: "Give the role of invoker to the accounts that call it.",
    links: ["https://cloud.google.com/functions/docs/securing/managing-access-iam"],
    ...openTo({
      resources: ["google_cloudfunctions_function", "google_cloudfunctions2_function"],
      role: "roles/cloudfunctions.invoker",
    }),
  },
  {
    id: "iac/google-policy-grants-to-everybody",
    aliases: ["CKV_GCP_113"],
    title: "Access policy gives a role to everybody",
    severity: "critical",
    controls: "public-data",
    why: "Wherever this policy is attached, anybody on the internet has the role.",
    fix: namedOnly,
    links: [overview],
    on: { "tf:data.google_iam_policy": each("binding", membersAreNotPublic, { missing: "none" }) },
    examples: { bad: [iamPolicy("allUsers")], good: [iamPolicy("group:shop@example.com")] },
  },
  {
    id: "iac/google-kms-key-granted-to-everybody",
    aliases: ["CKV_GCP_112"],
    title: "Encryption key is granted to everybody",
    severity: "critical",
    why: "Anybody who gets at encrypted data can decrypt it, so it is as good as not encrypted.",
    fix: namedOnly,
    links: ["https://cloud.google.com/kms/docs/iam"],
    ...withPolicies(openTo({ resources: ["google_kms_crypto_key"], role: "roles/cloudkms.cryptoKeyDecrypter" })),
  },
  {
    id: "iac/google-kms-key-is-public",
    aliases: ["CKV2_GCP_6"],
    title: "Encryption key is open to everybody",
    severity: "critical",
    controls: "public-data",
    why: "Anybody who gets at data encrypted with this key can decrypt it.",
    fix: "Correct the grants on this key: name groups or service accounts instead of allUsers or allAuthenticatedUsers.",
    links: ["https://cloud.google.com/kms/docs/iam"],
    on: { "tf:google_kms_crypto_key": noPublicGrant("google_kms_crypto_key") },
    examples: {
      bad: [granted("google_kms_crypto_key", "google_kms_crypto_key", "crypto_key_id", "allUsers")],
      good: [
        granted("google_kms_crypto_key", "google_kms_crypto_key", "crypto_key_id", "group:shop@example.com"),
        tfResource("google_kms_crypto_key", `name = "data"`),
      ],
    },
  },
  {
    id: "iac/google-kms-key-ring-is-public",
    aliases: ["CKV2_GCP_8"],
    title: "All keys of a key ring are open to everybody",
    severity: "critical",
    controls: "public-data",
    why: "Anybody who gets at data encrypted with one of these keys can decrypt it.",
    fix: "Correct the grants on this key ring: name groups or service accounts instead of allUsers or allAuthenticatedUsers.",
    links: ["https://cloud.google.com/kms/docs/iam"],
    on: { "tf:google_kms_key_ring": noPublicGrant("google_kms_key_ring") },
    examples: {
      bad: [granted("google_kms_key_ring", "google_kms_key_ring", "key_ring_id", "allAuthenticatedUsers")],
      good: [granted("google_kms_key_ring", "google_kms_key_ring", "key_ring_id", "group:shop@example.com")],
    },
  },
  {
    id: "iac/google-container-registry-is-public",
    aliases: ["CKV2_GCP_9"],
    title: "Container registry is open to everybody",
    severity: "high",
    controls: "public-data",
    why: "Anybody can download your images and look for secrets and holes in them, and with some roles replace them.",
    fix: "Correct the grants on the bucket of the registry, and move to Artifact Registry.",
    links: ["https://cloud.google.com/artifact-registry/docs/access-control"],
    on: { "tf:google_container_registry": noPublicGrant("google_storage_bucket") },
    examples: {
      bad: [granted("google_container_registry", "google_storage_bucket", "bucket", "allUsers")],
      good: [granted("google_container_registry", "google_storage_bucket", "bucket", "group:shop@example.com")],
    },
  },
];

function dataset(...lines: readonly string[]) {
  return tfResource(
    "google_bigquery_dataset",
    `dataset_id = "shop"`,
    "access {",
    ...lines.map((line) => `  ${line}`),
    "}",
  );
}

function iamPolicy(member: string) {
  return tf(
    `data "google_iam_policy" "example" {\n  binding {\n    role    = "roles/storage.objectViewer"\n    members = ["${member}"]\n  }\n}\n`,
  );
}

/** Keys have whole policies too, written as documents. */
function withPolicies({ on, examples, ...rest }: ReturnType<typeof openTo>): ReturnType<typeof openTo> {
  const document = (member: string) =>
    tfResource(
      "google_kms_crypto_key_iam_policy",
      "crypto_key_id = google_kms_crypto_key.main.id",
      `policy_data = jsonencode({ bindings = [{ role = "roles/cloudkms.admin", members = ["${member}"] }] })`,
    );
  return {
    ...rest,
    on: { ...on, "tf:google_kms_crypto_key_iam_policy": documentIsNotPublic("policy_data") },
    examples: {
      bad: [...examples.bad, document("allUsers")],
      good: [...examples.good, document("group:shop@example.com")],
    },
  };
}
