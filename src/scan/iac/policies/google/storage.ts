/** Cloud Storage: who reaches the data, what is kept and what is logged. */
import { anyOf, check, connected, nodeAt, value } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import { membersAreNotPublic, onGrants } from "../../families/google-members.ts";
import type { Policy } from "../../policy.ts";
import { plainOf } from "../../value-conditions.ts";
import { failAt, notApplicable, passAt, unknownAt } from "../../verdict.ts";

const bucket = (...lines: readonly string[]) =>
  tfResource("google_storage_bucket", `name     = "shop"`, `location = "EU"`, ...lines);
const grant = (member: string) =>
  tfResource(
    "google_storage_bucket_iam_member",
    "bucket = google_storage_bucket.main.name",
    `role   = "roles/storage.objectViewer"`,
    `member = "${member}"`,
  );

/** The bucket that takes the logs is another one. */
const logsElsewhere = check((_, node) => {
  const target = nodeAt(node, "logging.log_bucket");
  if (target === undefined) return notApplicable;
  // A reference to another bucket: none can refer to itself.
  if (target.is === "unknown") return target.refs.length > 0 ? passAt(target.at) : unknownAt(target.at, target.reason);
  const name = nodeAt(node, "name");
  if (name?.is === "unknown") return unknownAt(name.at, name.reason);
  return plainOf(target) === plainOf(name) ? failAt(target, "the bucket logs to itself") : passAt(target.at);
});

export const policies: readonly Policy[] = [
  {
    id: "iac/google-storage-bucket-is-public",
    aliases: ["CKV_GCP_28", "AVD-GCP-0001"],
    title: "Storage bucket is open to everybody",
    severity: "critical",
    controls: "public-data",
    why: "Anybody on the internet reads what is in it, and with some roles changes it; such buckets are searched for all day.",
    fix: "Give the role to named groups or service accounts, and set `public_access_prevention` of the bucket to enforced.",
    links: ["https://cloud.google.com/storage/docs/access-control/making-data-public"],
    on: onGrants(["google_storage_bucket"], membersAreNotPublic),
    examples: { bad: [grant("allUsers"), grant("allAuthenticatedUsers")], good: [grant("group:shop@example.com")] },
  },
  {
    id: "iac/google-storage-bucket-may-become-public",
    aliases: ["CKV_GCP_114"],
    title: "Storage bucket may be made public",
    severity: "medium",
    controls: "public-data",
    why: "One wrong grant, on the bucket or a single object, opens data to the whole internet.",
    fix: 'Set `public_access_prevention` to "enforced".',
    links: ["https://cloud.google.com/storage/docs/public-access-prevention"],
    on: { "tf:google_storage_bucket": value("public_access_prevention").is("enforced") },
    examples: { bad: [bucket()], good: [bucket(`public_access_prevention = "enforced"`)] },
  },
  {
    id: "iac/google-storage-bucket-with-object-acls",
    aliases: ["CKV_GCP_29", "AVD-GCP-0002"],
    title: "Storage bucket lets each object have an access list of its own",
    severity: "medium",
    controls: "least-privilege",
    why: "Single objects can be open to others although the bucket is not, and nobody sees it.",
    fix: "Set `uniform_bucket_level_access` to true.",
    links: ["https://cloud.google.com/storage/docs/uniform-bucket-level-access"],
    on: { "tf:google_storage_bucket": value(["uniform_bucket_level_access", "bucket_policy_only"]).is(true) },
    examples: {
      bad: [bucket()],
      good: [bucket("uniform_bucket_level_access = true"), bucket("bucket_policy_only = true")],
    },
  },
  {
    id: "iac/google-storage-bucket-not-versioned",
    aliases: ["CKV_GCP_78", "AVD-GCP-0078"],
    title: "Storage bucket keeps no older versions",
    severity: "low",
    controls: "backup",
    why: "What somebody deletes or overwrites, by mistake or to blackmail you, is gone.",
    fix: "Set `versioning.enabled` to true, with a lifecycle rule that removes old versions in time.",
    links: ["https://cloud.google.com/storage/docs/object-versioning"],
    on: { "tf:google_storage_bucket": value("versioning.enabled").is(true) },
    examples: { bad: [bucket()], good: [bucket("versioning {", "  enabled = true", "}")] },
  },
  {
    id: "iac/google-storage-bucket-without-access-logs",
    aliases: ["CKV_GCP_62"],
    title: "Storage bucket keeps no access logs",
    severity: "low",
    controls: "logging",
    why: "Nobody can tell who read or changed data in it.",
    fix: "Name a bucket for logs in `logging.log_bucket`, or switch on data access audit logs.",
    links: ["https://cloud.google.com/storage/docs/access-logs"],
    on: {
      // A bucket that takes the logs of another needs none of its own.
      "tf:google_storage_bucket": anyOf(
        value("logging.log_bucket").exists(),
        connected("google_storage_bucket", value("logging.log_bucket").exists()),
      ),
    },
    examples: { bad: [bucket()], good: [bucket("logging {", `  log_bucket = "shop-logs"`, "}")] },
  },
  {
    id: "iac/google-storage-bucket-logs-to-itself",
    aliases: ["CKV_GCP_63"],
    title: "Storage bucket writes its access logs to itself",
    severity: "low",
    controls: "log-retention",
    why: "Who may change the data may change the logs about it; and each log makes another one.",
    fix: "Name another bucket in `logging.log_bucket`, to which only the service writes.",
    links: ["https://cloud.google.com/storage/docs/access-logs"],
    on: { "tf:google_storage_bucket": logsElsewhere },
    examples: {
      bad: [bucket("logging {", `  log_bucket = "shop"`, "}")],
      good: [bucket("logging {", `  log_bucket = "shop-logs"`, "}")],
    },
  },
];
