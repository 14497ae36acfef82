/** Audit logs of Google Cloud projects, where logs are kept, and services that should log. */
import { all, connected, each, value } from "../../condition.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { on, type Policy, tf } from "../../policy.ts";

const flag = (type: string, name: string): Pick<Policy, "on" | "examples"> => ({
  on: { [`tf:${type}`]: value(name).is(true) },
  examples: {
    bad: [tfResource(type, `display_name = "shop"`), tfResource(type, `${name} = false`)],
    good: [tfResource(type, `display_name = "shop"`, `${name} = true`)],
  },
});

const conversations = {
  severity: "low",
  controls: "logging",
  why: "Misuse of the agent, such as attempts to get at data of others by talking to it, leaves no trace.",
  links: ["https://cloud.google.com/dialogflow/docs"],
} as const satisfies Partial<Policy>;

const lockedBucket = (locked: boolean) =>
  tf(
    tfBlock(
      "google_logging_project_sink",
      "main",
      `name        = "audit"`,
      `destination = "storage.googleapis.com/\${google_storage_bucket.logs.name}"`,
    ) +
      tfBlock(
        "google_storage_bucket",
        "logs",
        `name     = "shop-audit"`,
        `location = "EU"`,
        `retention_policy {\n  retention_period = 31536000\n  is_locked        = ${locked}\n}`,
      ),
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/google-project-without-audit-logs",
    aliases: ["CKV2_GCP_5"],
    title: "Project does not log access to data of all services and users",
    severity: "medium",
    controls: "logging",
    why: "Nobody can tell who read what; exempted users leave no trace at all.",
    fix: "Add a `google_project_iam_audit_config` for allServices with DATA_READ and DATA_WRITE, without exempted members.",
    links: ["https://cloud.google.com/logging/docs/audit/configure-data-access"],
    on: {
      "tf:google_project": connected(
        "google_project_iam_audit_config",
        all(value("service").is("allServices"), each("audit_log_config", value("exempted_members").absent())),
      ),
    },
    examples: {
      bad: [
        tfResource("google_project", `project_id = "shop"`),
        audited(`exempted_members = ["user:eve@example.com"]`),
      ],
      good: [audited(`log_type = "DATA_READ"`)],
    },
  },
  {
    id: "iac/google-log-bucket-not-locked",
    aliases: ["CKV2_GCP_4"],
    title: "Logs are exported to a bucket from which they can be deleted",
    severity: "low",
    controls: "log-retention",
    why: "Whoever breaks in deletes the traces.",
    fix: "Give the bucket a `retention_policy` with `is_locked` true, once its period is right: it cannot be shortened later.",
    links: ["https://cloud.google.com/storage/docs/bucket-lock"],
    on: on(
      ["tf:google_logging_project_sink", "tf:google_logging_folder_sink", "tf:google_logging_organization_sink"],
      connected("google_storage_bucket", value("retention_policy.is_locked").is(true), { missing: "pass" }),
    ),
    examples: { bad: [lockedBucket(false)], good: [lockedBucket(true)] },
  },
  {
    id: "iac/google-project-without-image-scanning",
    aliases: ["CKV2_GCP_11"],
    title: "Images of the project are not scanned for known holes",
    severity: "low",
    controls: "vulnerability-assessment",
    why: "Images with holes that everybody knows go into production unnoticed.",
    fix: "Add containerscanning.googleapis.com to `services`.",
    links: ["https://cloud.google.com/artifact-analysis/docs/container-scanning-overview"],
    on: { "tf:google_project_services": value("services").contains("containerscanning.googleapis.com") },
    examples: {
      bad: [tfResource("google_project_services", `services = ["compute.googleapis.com"]`)],
      good: [tfResource("google_project_services", `services = ["containerscanning.googleapis.com"]`)],
    },
  },
  {
    id: "iac/google-dialogflow-agent-not-logged",
    aliases: ["CKV2_GCP_29"],
    title: "Dialogflow agent logs no conversations",
    ...conversations,
    fix: "Set `enable_logging` to true.",
    ...flag("google_dialogflow_agent", "enable_logging"),
  },
  {
    id: "iac/google-dialogflow-cx-agent-not-logged",
    aliases: ["CKV2_GCP_30"],
    title: "Dialogflow CX agent logs no conversations",
    ...conversations,
    fix: "Set `enable_stackdriver_logging` to true.",
    ...flag("google_dialogflow_cx_agent", "enable_stackdriver_logging"),
  },
  {
    id: "iac/google-dialogflow-cx-webhook-not-logged",
    aliases: ["CKV2_GCP_31"],
    title: "Dialogflow CX webhook logs no calls",
    ...conversations,
    fix: "Set `enable_stackdriver_logging` to true.",
    ...flag("google_dialogflow_cx_webhook", "enable_stackdriver_logging"),
  },
];

function audited(line: string) {
  return tf(
    tfBlock("google_project", "main", `project_id = "shop"`) +
      tfBlock(
        "google_project_iam_audit_config",
        "main",
        "project = google_project.main.project_id",
        `service = "allServices"`,
        "audit_log_config {",
        `  ${line}`,
        "}",
      ),
  );
}
