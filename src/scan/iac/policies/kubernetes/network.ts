/** Who may talk to pods, and what an Ingress may make its controller do. */
import { child } from "../../../formats/node.ts";
import { type Condition, check, connected, value } from "../../condition.ts";
import { onKinds } from "../../languages/kubernetes/on-kinds.ts";
import { k8s, on, type Policy } from "../../policy.ts";
import { failAt, passAt, unknownAt } from "../../verdict.ts";

const snippets = ["https://nvd.nist.gov/vuln/detail/CVE-2021-25742"];
const nginx = "nginx.ingress.kubernetes.io/";

/** Annotations whose names and texts satisfy the test are forbidden. */
function noAnnotation(isBad: (key: string, text: string) => boolean, why: (key: string) => string): Condition {
  return check((_, node) => {
    const annotations = child(child(node, "metadata"), "annotations");
    if (annotations?.is === "unknown") return unknownAt(annotations.at, annotations.reason);
    if (annotations?.is !== "block") return passAt(node.at);
    for (const key of annotations.keys()) {
      const entry = annotations.get(key);
      const text = entry?.value.is === "scalar" ? String(entry.value.value) : "";
      if (entry && isBad(key, text)) return failAt(entry.whole, why(key));
    }
    return annotations.open === undefined ? passAt(annotations.at) : unknownAt(annotations.at, annotations.open);
  });
}

const intoConfiguration = new Set(["auth-url", "auth-tls-match-cn", "mirror-target", "mirror-host"]);

function ingress(...annotations: readonly string[]): string {
  return [
    "apiVersion: networking.k8s.io/v1",
    "kind: Ingress",
    "metadata:",
    "  name: web",
    "  namespace: shop",
    "  annotations:",
    "    kubernetes.io/ingress.class: nginx",
    ...annotations.map((line) => `    ${line}`),
    "spec:",
    "  ingressClassName: nginx",
    "",
  ].join("\n");
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
`;

function networkPolicy(selector: string): string {
  return `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: shop
spec:
  ${selector}
  policyTypes: [Ingress]
`;
}

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-pod-without-network-policy",
    aliases: ["CKV2_K8S_6"],
    title: "No network policy chooses these pods",
    severity: "low",
    controls: "network-segmentation",
    why: "Every pod of the cluster can reach them. From one pod that was taken over, an attacker goes on to the next.",
    fix: "Add a NetworkPolicy in the same namespace whose podSelector matches the labels of these pods.",
    links: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/"],
    on: on(["k8s:workload"], connected("NetworkPolicy")),
    examples: {
      bad: [k8s(deployment), k8s(`${deployment}${networkPolicy("podSelector: { matchLabels: { app: db } }")}`)],
      good: [
        k8s(`${deployment}${networkPolicy("podSelector: { matchLabels: { app: web } }")}`),
        k8s(`${deployment}${networkPolicy("podSelector: {}")}`),
      ],
    },
  },
  {
    id: "iac/kubernetes-network-policy-without-selector",
    aliases: ["AVD-KSV-0038"],
    title: "Network policy does not say which pods it is for",
    severity: "medium",
    controls: "network-segmentation",
    why: "Without a podSelector the policy is refused or chooses other pods than meant, and the pods stay open.",
    fix: "Set spec.podSelector; an empty one ({}) chooses all pods of the namespace.",
    links: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/"],
    on: onKinds(["NetworkPolicy"], value("spec.podSelector").exists()),
    examples: {
      bad: [k8s(networkPolicy("egress: []"))],
      good: [k8s(networkPolicy("podSelector: {}"))],
    },
  },
  {
    id: "iac/kubernetes-ingress-runs-lua",
    aliases: ["CKV_K8S_152"],
    title: "Ingress runs Lua code in its controller",
    severity: "high",
    controls: "workload-isolation",
    why: "Code in a snippet runs with the rights of the nginx controller, which can read the secrets of the whole cluster (CVE-2021-25742).",
    fix: "Remove the snippet, and set allow-snippet-annotations to false in the controller.",
    links: snippets,
    on: onKinds(
      ["Ingress"],
      noAnnotation(
        (key, text) => key.includes("snippet") && /lua/i.test(text),
        (key) => `${key} holds Lua code`,
      ),
    ),
    examples: {
      bad: [k8s(ingress(`${nginx}server-snippet: |`, "  content_by_lua_block { ngx.say(1) }"))],
      good: [k8s(ingress(`${nginx}rewrite-target: /`))],
    },
  },
  {
    id: "iac/kubernetes-ingress-snippet",
    aliases: ["CKV_K8S_153"],
    title: "Ingress writes into the configuration of its controller",
    severity: "medium",
    controls: "workload-isolation",
    why: "A snippet reaches everything the nginx controller does: with it one tenant can read the secrets of all (CVE-2021-25742).",
    fix: "Use the annotations made for the purpose, and set allow-snippet-annotations to false in the controller.",
    links: snippets,
    on: onKinds(
      ["Ingress"],
      noAnnotation(
        (key) => key.includes("snippet"),
        (key) => `${key} is set`,
      ),
    ),
    examples: {
      bad: [k8s(ingress(`${nginx}configuration-snippet: more_clear_headers Server;`))],
      good: [k8s(ingress(`${nginx}rewrite-target: /`))],
    },
  },
  {
    id: "iac/kubernetes-ingress-alias-snippet",
    aliases: ["CKV_K8S_154"],
    title: "Ingress publishes files of its controller",
    severity: "high",
    controls: "workload-isolation",
    why: "An alias in a snippet makes nginx serve files of its own container, the token of its service account among them (CVE-2021-25742).",
    fix: "Remove the alias, and set allow-snippet-annotations to false in the controller.",
    links: snippets,
    on: onKinds(
      ["Ingress"],
      noAnnotation(
        (key, text) => key.includes("snippet") && /\balias\b/i.test(text),
        (key) => `${key} has an alias`,
      ),
    ),
    examples: {
      bad: [k8s(ingress(`${nginx}server-snippet: |`, "  location /run { alias /var/run; }"))],
      good: [k8s(ingress(`${nginx}server-alias: www.shop.example`))],
    },
  },
  {
    id: "iac/kubernetes-ingress-annotation-breaks-out",
    aliases: ["AVD-KCV-0093"],
    title: "Ingress annotation breaks out of its directive",
    severity: "high",
    controls: "workload-isolation",
    why: "These annotations are copied into the configuration of the nginx controller; characters that end a directive let the rest be configuration, and so code (CVE-2025-24514, CVE-2025-1097, CVE-2025-1098).",
    fix: "Write a plain URL, host or name without spaces, quotes, braces, semicolons, # and |, and update the controller.",
    links: ["https://nvd.nist.gov/vuln/detail/CVE-2025-1974"],
    on: onKinds(
      ["Ingress"],
      noAnnotation(
        (key, text) =>
          key.startsWith(nginx) && intoConfiguration.has(key.slice(nginx.length)) && /[\s;#|{}"'`\\<>]/.test(text),
        (key) => `${key} has characters that end a directive`,
      ),
    ),
    examples: {
      bad: [k8s(ingress(`${nginx}auth-url: "http://auth.example/#;load_module /tmp/x.so;"`))],
      good: [k8s(ingress(`${nginx}auth-url: https://auth.example/check`))],
    },
  },
];
