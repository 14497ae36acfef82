/** Load balancers of Google Cloud: encryption of what comes in, and Cloud Armor before it. */
import { all, any, anyOf, type Condition, check, connected, nodeAt, value, when } from "../../condition.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { literalText } from "../../literal-text.ts";
import { type Policy, tf } from "../../policy.ts";
import { failAt, passAt, unknownAt } from "../../verdict.ts";

const httpProxy = /targetHttpProxies|google_compute_(?:region_)?target_http_proxy/;

/** The target is no proxy that takes unencrypted HTTP; a reference tells by its type. */
const targetIsEncrypted: Condition = check((_, rule) => {
  const target = nodeAt(rule, "target");
  if (target === undefined) return passAt(rule.at);
  const texts = target.is === "unknown" ? [...target.refs, target.text ?? ""] : [literalText(target)];
  if (target.is === "scalar") texts.push(String(target.value));
  if (texts.some((text) => httpProxy.test(text))) return failAt(target, "the target is a proxy for plain HTTP");
  if (target.is !== "unknown" || target.refs.some((ref) => ref.includes("google_compute_"))) return passAt(target.at);
  return unknownAt(target.at, target.reason);
});

/** Only what faces the internet matters; without a scheme a rule does. */
const facesInternet = value("load_balancing_scheme", { missing: "pass" }).oneOf("EXTERNAL", "EXTERNAL_MANAGED");

const forwarding = (
  type: string,
): Pick<Policy, "controls" | "severity" | "why" | "fix" | "links" | "on" | "examples"> => ({
  severity: "medium",
  controls: "encryption-in-transit",
  why: "Between users and the load balancer nothing is encrypted: somebody on the path reads and changes it, sessions included.",
  fix: "Point `target` to a target HTTPS proxy with a certificate, and let plain HTTP only redirect.",
  links: ["https://cloud.google.com/load-balancing/docs/https"],
  on: { [`tf:${type}`]: when(facesInternet, targetIsEncrypted) },
  examples: {
    bad: [
      tfResource(type, `name = "web"`, `target = "projects/shop/global/targetHttpProxies/web"`),
      tfResource(
        type,
        `name = "web"`,
        `load_balancing_scheme = "EXTERNAL"`,
        "target = google_compute_target_http_proxy.web.id",
      ),
    ],
    good: [
      tfResource(type, `name = "web"`, `target = "projects/shop/global/targetHttpsProxies/web"`),
      tfResource(
        type,
        `name = "web"`,
        `load_balancing_scheme = "INTERNAL_MANAGED"`,
        "target = google_compute_target_http_proxy.web.id",
      ),
    ],
  },
});

/** Ciphers without forward secrecy, or that are broken. */
const weakFeatures = [
  "TLS_RSA_WITH_AES_128_GCM_SHA256",
  "TLS_RSA_WITH_AES_256_GCM_SHA384",
  "TLS_RSA_WITH_AES_128_CBC_SHA",
  "TLS_RSA_WITH_AES_256_CBC_SHA",
  "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
] as const;

const tls12 = value("min_tls_version").oneOf("TLS_1_2", "TLS_1_3");

/** A rule that refuses the exploits of Log4Shell and is no mere preview. */
const refusesLog4Shell = all(
  value("match.expr.expression").matches(/evaluatePreconfigured(?:Expr|Waf)\(\s*'cve-canary'/),
  value("action").not("allow"),
  value("preview").not(true),
);

const armor = (action: string, ...lines: readonly string[]) =>
  tfResource(
    "google_compute_security_policy",
    `name = "web"`,
    `rule {\n  action = "${action}"\n  priority = 1\n  match {\n    expr {\n      expression = "evaluatePreconfiguredWaf('cve-canary')"\n    }\n  }`,
    ...lines,
    "}",
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/google-regional-load-balancer-takes-http",
    aliases: ["CKV2_GCP_37"],
    title: "Regional load balancer takes unencrypted HTTP from the internet",
    ...forwarding("google_compute_forwarding_rule"),
  },
  {
    id: "iac/google-global-load-balancer-takes-http",
    aliases: ["CKV2_GCP_38"],
    title: "Global load balancer takes unencrypted HTTP from the internet",
    ...forwarding("google_compute_global_forwarding_rule"),
  },
  {
    id: "iac/google-load-balancer-allows-weak-tls",
    aliases: ["CKV_GCP_4", "AVD-GCP-0039"],
    title: "SSL policy allows old TLS versions or weak ciphers",
    severity: "medium",
    controls: "tls-version",
    why: "Old versions of TLS and ciphers without forward secrecy let somebody who records traffic read or change it.",
    fix: 'Set `profile` to "RESTRICTED", or to "MODERN" with `min_tls_version` "TLS_1_2".',
    links: ["https://cloud.google.com/load-balancing/docs/ssl-policies-concepts"],
    on: {
      "tf:google_compute_ssl_policy": anyOf(
        value("profile", { edit: false }).oneOf("RESTRICTED", "FIPS_202205"),
        all(value("profile", { edit: "MODERN" }).is("MODERN"), tls12),
        all(value("profile", { edit: false }).is("CUSTOM"), tls12, value("custom_features").lacks(...weakFeatures)),
      ),
    },
    examples: {
      bad: [
        tfResource("google_compute_ssl_policy", `name = "web"`, `profile = "MODERN"`),
        tfResource(
          "google_compute_ssl_policy",
          `name = "web"`,
          `profile = "CUSTOM"`,
          `min_tls_version = "TLS_1_2"`,
          `custom_features = ["TLS_RSA_WITH_AES_128_GCM_SHA256"]`,
        ),
      ],
      good: [
        tfResource("google_compute_ssl_policy", `name = "web"`, `profile = "MODERN"`, `min_tls_version = "TLS_1_2"`),
        tfResource("google_compute_ssl_policy", `name = "web"`, `profile = "RESTRICTED"`),
      ],
    },
  },
  {
    id: "iac/google-cloud-armor-without-log4shell-rule",
    aliases: ["CKV_GCP_73"],
    title: "Cloud Armor policy does not stop exploits of Log4Shell",
    severity: "medium",
    controls: "web-protection",
    why: "A server behind it with an old Log4j, however deep, runs the code of whoever sends it a prepared text.",
    fix: "Add a rule that denies `evaluatePreconfiguredWaf('cve-canary')`, and do not leave it in preview.",
    links: ["https://cloud.google.com/armor/docs/waf-rules"],
    on: {
      "tf:google_compute_security_policy": anyOf(
        any("rule", refusesLog4Shell),
        connected("google_compute_security_policy_rule", refusesLog4Shell),
      ),
    },
    examples: {
      bad: [armor("allow"), armor("deny(403)", "preview = true")],
      good: [
        armor("deny(403)"),
        tf(
          tfBlock("google_compute_security_policy", "web", `name = "web"`) +
            tfBlock(
              "google_compute_security_policy_rule",
              "log4shell",
              "security_policy = google_compute_security_policy.web.name",
              `action = "deny(403)"`,
              "priority = 1",
              "match {\n  expr {\n    expression = \"evaluatePreconfiguredWaf('cve-canary')\"\n  }\n}",
            ),
        ),
      ],
    },
  },
];
