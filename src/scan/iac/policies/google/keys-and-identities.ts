/** Keys of Cloud KMS and of service accounts, and identities of others that Google Cloud trusts. */
import { type Condition, check, nodeAt, value, when } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";
import { plainOf } from "../../value-conditions.ts";
import { failAt, passAt, unknownAt } from "../../verdict.ts";

const federation = "https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines";
const day = 86_400;

const key = (...lines: readonly string[]) =>
  tfResource("google_kms_crypto_key", `name     = "data"`, "key_ring = google_kms_key_ring.main.id", ...lines);

const provider = (condition?: string, issuer = "https://token.actions.githubusercontent.com") =>
  tfResource(
    "google_iam_workload_identity_pool_provider",
    `workload_identity_pool_id          = "builds"`,
    `workload_identity_pool_provider_id = "builds"`,
    ...(condition ? [`attribute_condition = "${condition}"`] : []),
    `attribute_mapping = {\n  "google.subject" = "assertion.sub"\n}`,
    `oidc {\n  issuer_uri = "${issuer}"\n}`,
  );

/** What a condition compares, and with what: `assertion.repository_owner == 'shop'`, `... in ['a', 'b']`. */
const comparison =
  /(?:assertion|attribute|google)\.(\w+)\s*(?:==|\.\s*startsWith\s*\(|\.\s*matches\s*\(|in\s*\[)\s*["']\^?([^"']*)["']/g;

/** By claim, values that only workflows of one owner have. Owners choose the text of all other claims themselves. */
const limiting: Readonly<Record<string, RegExp>> = {
  sub: /^repo:[^/:*\s]+\/\S+/,
  subject: /^repo:[^/:*\s]+\/\S+/,
  repository: /^[^/*\s]+\/\S+/,
  repository_owner: /^[^/*\s]+$/,
  repository_id: /^\d+$/,
  repository_owner_id: /^\d+$/,
  job_workflow_ref: /^[^/*\s]+\/\S+/,
};

/** Each alternative of the condition names an owner of repositories. */
function isLimited(condition: string): boolean {
  return condition
    .split("||")
    .every((part) =>
      [...part.matchAll(comparison)].some(([, claim = "", text = ""]) => limiting[claim]?.test(text) === true),
    );
}

const limitsWorkflows: Condition = check((_, node) => {
  const condition = nodeAt(node, "attribute_condition");
  if (condition?.is === "unknown") return unknownAt(condition.at, condition.reason);
  const text = plainOf(condition);
  if (condition === undefined || typeof text !== "string" || text === "")
    return failAt(node, "attribute_condition is not set");
  return isLimited(text)
    ? passAt(condition.from ?? condition.at)
    : failAt(condition, "the condition names no owner of repositories");
});

export const policies: readonly Policy[] = [
  {
    id: "iac/google-kms-key-not-rotated",
    aliases: ["CKV_GCP_43", "AVD-GCP-0065"],
    title: "Encryption key is not rotated every 90 days",
    severity: "medium",
    controls: "key-lifecycle",
    why: "A key that got out decrypts everything that was ever encrypted with it.",
    fix: 'Set `rotation_period` to "7776000s" (90 days) or less.',
    links: ["https://cloud.google.com/kms/docs/key-rotation"],
    on: {
      "tf:google_kms_crypto_key": when(
        // Google rotates no other keys by itself.
        value("purpose", { missing: "pass" }).is("ENCRYPT_DECRYPT"),
        value("rotation_period", { edit: "7776000s" }).satisfies((period) => {
          const [, seconds] = /^(\d+)(?:\.\d+)?s$/.exec(String(period)) ?? [];
          return Number(seconds) >= day && Number(seconds) <= 90 * day;
        }, "1 to 90 days, as 7776000s"),
        "none",
      ),
    },
    examples: { bad: [key(), key(`rotation_period = "15552000s"`)], good: [key(`rotation_period = "7776000s"`)] },
  },
  {
    id: "iac/google-kms-key-can-be-destroyed",
    aliases: ["CKV_GCP_82"],
    title: "Encryption key may be destroyed by Terraform",
    severity: "low",
    controls: "deletion-protection",
    why: "With the key all data that it encrypts is lost, after one mistaken change or by somebody who wants that.",
    fix: "Add `lifecycle { prevent_destroy = true }`.",
    links: ["https://cloud.google.com/kms/docs/destroy-restore"],
    on: { "tf:google_kms_crypto_key": value("lifecycle.prevent_destroy").is(true) },
    examples: { bad: [key()], good: [key("lifecycle {", "  prevent_destroy = true", "}")] },
  },
  {
    id: "iac/google-service-account-key-made-outside",
    aliases: ["CKV2_GCP_3"],
    title: "Key of the service account is made and kept outside Google Cloud",
    severity: "medium",
    controls: "workload-identity",
    why: "Google can neither protect nor rotate the private part; who copies it stays in until somebody notices.",
    fix: "Let workloads use the account without keys, by attached accounts or workload identity federation.",
    links: ["https://cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys"],
    on: { "tf:google_service_account_key": value("public_key_data", { edit: false }).absent() },
    examples: {
      bad: [
        tfResource(
          "google_service_account_key",
          "service_account_id = google_service_account.shop.name",
          `public_key_data = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t"`,
        ),
      ],
      good: [tfResource("google_service_account_key", "service_account_id = google_service_account.shop.name")],
    },
  },
  {
    id: "iac/google-identity-pool-trusts-whole-provider",
    aliases: ["CKV_GCP_118", "AVD-GCP-0068"],
    title: "Identity pool trusts everybody whom the provider knows",
    severity: "high",
    controls: "workload-identity",
    why: "Others use the same provider: with a token of theirs they get the rights that were meant for you.",
    fix: "Set `attribute_condition` to a test that only tokens of your own organization pass.",
    links: [federation],
    on: { "tf:google_iam_workload_identity_pool_provider": value("attribute_condition").exists() },
    examples: { bad: [provider()], good: [provider("assertion.repository_owner == 'shop'")] },
  },
  {
    id: "iac/google-identity-pool-trusts-any-github-workflow",
    aliases: ["CKV_GCP_125"],
    title: "Identity pool trusts GitHub workflows of anybody",
    severity: "critical",
    controls: "workload-identity",
    why: "Anybody with a GitHub account runs a workflow that gets the rights which were meant for yours.",
    fix: "Compare `assertion.repository_owner_id` or `assertion.repository` in `attribute_condition` with your own.",
    links: [federation],
    on: {
      "tf:google_iam_workload_identity_pool_provider": when(
        value("oidc.issuer_uri").matches(/^https:\/\/token\.actions\.githubusercontent\.com\/?$/),
        limitsWorkflows,
      ),
    },
    examples: {
      bad: [
        provider(),
        provider("assertion.sub == 'repo:*'"),
        provider("assertion.actor == 'shop'"),
        provider("assertion.repository_owner == 'shop' || assertion.event_name == 'push'"),
      ],
      good: [
        provider("assertion.repository_owner == 'shop'"),
        provider("assertion.sub == 'repo:shop/web:ref:refs/heads/main'"),
        provider(undefined, "https://issuer.example"),
      ],
    },
  },
];
