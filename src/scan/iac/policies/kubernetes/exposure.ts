/** Services, Ingresses and pods that open an application further than most mean to. */
import { anyOf, type Condition, check, nodeAt, value, when } from "../../condition.ts";
import { podManifest } from "../../languages/kubernetes/example-manifests.ts";
import { onKinds } from "../../languages/kubernetes/on-kinds.ts";
import { podSpecIs } from "../../languages/kubernetes/pod.ts";
import { k8s, type Policy, tf } from "../../policy.ts";
import { failAt, unknownAt } from "../../verdict.ts";

const links = ["https://kubernetes.io/docs/concepts/services-networking/service/"];

/** How the clouds are told that a load balancer is for the private network only. */
const internal = [
  "service.beta.kubernetes.io/azure-load-balancer-internal",
  "service.beta.kubernetes.io/aws-load-balancer-internal",
  "service.beta.kubernetes.io/aws-load-balancer-scheme",
  "networking.gke.io/load-balancer-type",
  "cloud.google.com/load-balancer-type",
];

const isInternal: Condition = anyOf(
  ...internal.map((name) => value(`metadata.annotations."${name}"`).matches(/^(?:true|internal|0\.0\.0\.0\/0)$/i)),
);

const isBounded: Condition = check((resource, node) => {
  const ranges =
    nodeAt(node, "spec.loadBalancerSourceRanges") ??
    nodeAt(node, 'metadata.annotations."service.beta.kubernetes.io/load-balancer-source-ranges"');
  if (!ranges) return failAt(node, "the load balancer answers every address");
  if (ranges.is === "unknown") return unknownAt(ranges.at, ranges.reason);
  return value("spec.loadBalancerSourceRanges").lacks("0.0.0.0/0", "::/0")(node, resource);
});

function service(spec: readonly string[], annotation?: string): string {
  return [
    "apiVersion: v1",
    "kind: Service",
    "metadata:",
    "  name: web",
    "  namespace: shop",
    ...(annotation === undefined ? [] : ["  annotations:", `    ${annotation}`]),
    "spec:",
    "  selector: { app: web }",
    "  ports: [{ port: 443 }]",
    ...spec.map((line) => `  ${line}`),
    "",
  ].join("\n");
}

function ingress(...spec: readonly string[]): string {
  return [
    "apiVersion: networking.k8s.io/v1",
    "kind: Ingress",
    "metadata:",
    "  name: web",
    "  namespace: shop",
    "spec:",
    "  rules: [{ host: shop.example }]",
    ...spec.map((line) => `  ${line}`),
    "",
  ].join("\n");
}

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-service-external-ips",
    aliases: ["AVD-KSV-0108"],
    title: "Service takes over external addresses",
    severity: "medium",
    controls: "network-exposure",
    why: "Traffic of the whole cluster to these addresses goes to this service, whoever they really belong to (CVE-2020-8554).",
    fix: "Remove spec.externalIPs and use a Service of type LoadBalancer.",
    links: [...links, "https://nvd.nist.gov/vuln/detail/CVE-2020-8554"],
    on: onKinds(["Service"], value("spec.externalIPs").absent()),
    examples: {
      bad: [k8s(service(["externalIPs: [203.0.113.7]"]))],
      good: [k8s(service([]))],
    },
  },
  {
    id: "iac/kubernetes-load-balancer-open-to-all",
    aliases: [],
    title: "Load balancer answers the whole internet",
    severity: "medium",
    controls: "network-exposure",
    why: "The service gets a public address that everybody can reach, past the Ingress with its TLS and authentication.",
    fix: "Make the load balancer internal with the annotation of the cloud, or limit it with spec.loadBalancerSourceRanges.",
    links: [...links, "https://learn.microsoft.com/azure/aks/internal-lb"],
    on: onKinds(["Service"], when(value("spec.type").is("LoadBalancer"), anyOf(isInternal, isBounded))),
    examples: {
      bad: [
        k8s(service(["type: LoadBalancer"])),
        k8s(service(["type: LoadBalancer", "loadBalancerSourceRanges: [0.0.0.0/0]"])),
        tf(
          'resource "kubernetes_service_v1" "web" {\n  metadata {\n    name = "web"\n  }\n  spec {\n    type = "LoadBalancer"\n    port {\n      port = 443\n    }\n  }\n}\n',
        ),
      ],
      good: [
        k8s(service(["type: LoadBalancer"], 'service.beta.kubernetes.io/azure-load-balancer-internal: "true"')),
        k8s(service(["type: LoadBalancer", "loadBalancerSourceRanges: [198.51.100.0/24]"])),
        k8s(service(["type: ClusterIP"])),
      ],
    },
  },
  {
    id: "iac/kubernetes-ingress-without-tls",
    aliases: [],
    title: "Ingress serves its hosts without TLS",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "What users send, passwords and sessions included, can be read and changed on the way.",
    fix: "Add spec.tls with the hosts and the secret that holds their certificate.",
    links: ["https://kubernetes.io/docs/concepts/services-networking/ingress/#tls"],
    on: onKinds(["Ingress"], value("spec.tls").exists()),
    examples: {
      bad: [k8s(ingress())],
      good: [k8s(ingress("tls: [{ hosts: [shop.example], secretName: shop-tls }]"))],
    },
  },
  {
    id: "iac/kubernetes-processes-shared-in-pod",
    aliases: [],
    title: "Containers of the pod see each other's processes",
    severity: "low",
    controls: "workload-isolation",
    why: "From one container the environment and files of all others can be read, and their processes be stopped.",
    fix: "Remove shareProcessNamespace: true; use an ephemeral container to debug.",
    links: ["https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/"],
    on: onKinds(["workload"], podSpecIs(value("shareProcessNamespace").not(true))),
    examples: {
      bad: [podManifest([], ["shareProcessNamespace: true"])],
      good: [podManifest()],
    },
  },
];
