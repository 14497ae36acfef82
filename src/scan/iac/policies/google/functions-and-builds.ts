/** Cloud Functions and Cloud Build: who may call, over what, and where builds run. */
import { value, when } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import { on, type Policy } from "../../policy.ts";

const networking = "https://cloud.google.com/functions/docs/networking/network-settings";

const first = (...lines: readonly string[]) =>
  tfResource("google_cloudfunctions_function", `name    = "orders"`, `runtime = "nodejs22"`, ...lines);
const second = (...lines: readonly string[]) =>
  tfResource(
    "google_cloudfunctions2_function",
    `name     = "orders"`,
    `location = "europe-west1"`,
    "service_config {",
    ...lines.map((line) => `  ${line}`),
    "}",
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/google-cloud-function-takes-http",
    aliases: ["CKV2_GCP_10"],
    title: "Cloud Function takes unencrypted HTTP",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Somebody on the path reads and changes what clients send, tokens included.",
    fix: 'Set `https_trigger_security_level` to "SECURE_ALWAYS".',
    links: [networking],
    on: {
      "tf:google_cloudfunctions_function": when(
        value("trigger_http").is(true),
        value("https_trigger_security_level").is("SECURE_ALWAYS"),
      ),
    },
    examples: {
      bad: [
        first("trigger_http = true"),
        first("trigger_http = true", `https_trigger_security_level = "SECURE_OPTIONAL"`),
      ],
      good: [first("trigger_http = true", `https_trigger_security_level = "SECURE_ALWAYS"`), first()],
    },
  },
  {
    id: "iac/google-cloud-function-reached-from-internet",
    aliases: ["CKV_GCP_124"],
    title: "Cloud Function can be reached straight from the internet",
    severity: "medium",
    controls: "network-exposure",
    why: "Callers get around the load balancer and Cloud Armor, and everybody can try the function.",
    fix: 'Set `ingress_settings` to "ALLOW_INTERNAL_ONLY", or to "ALLOW_INTERNAL_AND_GCLB" behind a load balancer.',
    links: [networking],
    on: on(
      ["tf:google_cloudfunctions_function", "tf:google_cloudfunctions2_function"],
      value(["service_config.ingress_settings", "ingress_settings"], { edit: false }).oneOf(
        "ALLOW_INTERNAL_ONLY",
        "ALLOW_INTERNAL_AND_GCLB",
      ),
    ),
    examples: {
      bad: [first(), first(`ingress_settings = "ALLOW_ALL"`), second(`ingress_settings = "ALLOW_ALL"`)],
      good: [first(`ingress_settings = "ALLOW_INTERNAL_ONLY"`), second(`ingress_settings = "ALLOW_INTERNAL_AND_GCLB"`)],
    },
  },
  {
    id: "iac/google-build-workers-with-public-addresses",
    aliases: ["CKV_GCP_86"],
    title: "Workers of Cloud Build have public addresses",
    severity: "medium",
    controls: "network-exposure",
    why: "Builds reach every server on the internet, so a bad dependency can send your sources and secrets away.",
    fix: "Set `worker_config.no_external_ip` to true and connect the pool with `network_config`.",
    links: ["https://cloud.google.com/build/docs/private-pools/private-pools-overview"],
    on: { "tf:google_cloudbuild_worker_pool": value("worker_config.no_external_ip").is(true) },
    examples: {
      bad: [tfResource("google_cloudbuild_worker_pool", `name = "shop"`)],
      good: [
        tfResource("google_cloudbuild_worker_pool", `name = "shop"`, "worker_config {", "  no_external_ip = true", "}"),
      ],
    },
  },
];
