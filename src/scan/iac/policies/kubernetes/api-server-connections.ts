/** kube-apiserver: its ports, its certificates, and how it talks to kubelets and etcd. */
import type { Condition } from "../../condition.ts";
import {
  flagAbsent,
  flagIs,
  flagSatisfies,
  flagsGiven,
  strongCiphers,
} from "../../languages/kubernetes/command-line.ts";
import { componentManifest } from "../../languages/kubernetes/example-manifests.ts";
import { on, type Policy } from "../../policy.ts";

const program = "kube-apiserver";
const links = ["https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/"];

function words(
  condition: Condition,
  bad: readonly string[],
  good: readonly string[],
): Pick<Policy, "links" | "on" | "examples"> {
  return {
    links,
    on: on(["k8s:workload"], condition),
    examples: { bad: [componentManifest(program, ...bad)], good: [componentManifest(program, ...good)] },
  };
}

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-api-server-kubelet-http",
    aliases: ["CKV_K8S_71", "AVD-KCV-0004"],
    title: "API server talks to kubelets without encryption",
    severity: "high",
    controls: "encryption-in-transit",
    why: "Commands to pods and their logs can be read and changed on the network.",
    fix: "Remove --kubelet-https=false.",
    ...words(
      flagSatisfies(program, "kubelet-https", (value) => value !== "false", { missing: "pass", expected: "true" }),
      ["kubelet-https=false"],
      [],
    ),
  },
  {
    id: "iac/kubernetes-api-server-no-kubelet-certificate",
    aliases: ["CKV_K8S_72", "AVD-KCV-0005"],
    title: "API server does not prove itself to kubelets",
    severity: "medium",
    controls: "strong-authentication",
    why: "Kubelets then have to answer requests without a client certificate, from anybody.",
    fix: "Give --kubelet-client-certificate and --kubelet-client-key.",
    ...words(
      flagsGiven(program, "kubelet-client-certificate", "kubelet-client-key"),
      ["kubelet-client-certificate=/pki/client.crt"],
      ["kubelet-client-certificate=/pki/client.crt", "kubelet-client-key=/pki/client.key"],
    ),
  },
  {
    id: "iac/kubernetes-api-server-trusts-any-kubelet",
    aliases: ["CKV_K8S_73", "AVD-KCV-0006"],
    title: "API server does not check the certificates of kubelets",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Somebody between API server and node can pretend to be the node and read what is sent to pods.",
    fix: "Give --kubelet-certificate-authority the certificate that signed those of the kubelets.",
    ...words(flagsGiven(program, "kubelet-certificate-authority"), [], ["kubelet-certificate-authority=/pki/ca.crt"]),
  },
  {
    id: "iac/kubernetes-api-server-insecure-address",
    aliases: ["CKV_K8S_86"],
    title: "API server listens on an address without authentication",
    severity: "critical",
    controls: "network-exposure",
    why: "Whoever reaches that address is cluster administrator, without credentials.",
    fix: "Remove --insecure-bind-address.",
    ...words(flagAbsent(program, "insecure-bind-address"), ["insecure-bind-address=0.0.0.0"], []),
  },
  {
    id: "iac/kubernetes-api-server-insecure-port",
    aliases: ["CKV_K8S_88"],
    title: "API server opens a port without authentication",
    severity: "critical",
    controls: "network-exposure",
    why: "Whoever reaches the port is cluster administrator, without credentials.",
    fix: "Remove --insecure-port, or set it to 0 on clusters before 1.20.",
    ...words(flagIs(program, "insecure-port", "0", "pass"), ["insecure-port=8080"], ["insecure-port=0"]),
  },
  {
    id: "iac/kubernetes-api-server-secure-port-off",
    aliases: ["CKV_K8S_89", "AVD-KCV-0017"],
    title: "API server switches its encrypted port off",
    severity: "high",
    controls: "encryption-in-transit",
    why: "With --secure-port=0 only unencrypted, unauthenticated requests are left.",
    fix: "Remove --secure-port=0.",
    ...words(
      flagSatisfies(program, "secure-port", (value) => value !== "0", {
        missing: "pass",
        expected: "another port than 0",
      }),
      ["secure-port=0"],
      ["secure-port=6443"],
    ),
  },
  {
    id: "iac/kubernetes-api-server-no-etcd-certificate",
    aliases: ["CKV_K8S_99", "AVD-KCV-0026"],
    title: "API server does not prove itself to etcd",
    severity: "medium",
    controls: "strong-authentication",
    why: "etcd holds everything in the cluster. Without client certificates whoever reaches it may read and write all of it.",
    fix: "Give --etcd-certfile and --etcd-keyfile.",
    ...words(
      flagsGiven(program, "etcd-certfile", "etcd-keyfile"),
      ["etcd-certfile=/pki/etcd.crt"],
      ["etcd-certfile=/pki/etcd.crt", "etcd-keyfile=/pki/etcd.key"],
    ),
  },
  {
    id: "iac/kubernetes-api-server-no-tls-certificate",
    aliases: ["CKV_K8S_100", "AVD-KCV-0027"],
    title: "API server has no certificate of its own",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Without one the server makes up a certificate that no client can check.",
    fix: "Give --tls-cert-file and --tls-private-key-file.",
    ...words(
      flagsGiven(program, "tls-cert-file", "tls-private-key-file"),
      ["tls-cert-file=/pki/server.crt"],
      ["tls-cert-file=/pki/server.crt", "tls-private-key-file=/pki/server.key"],
    ),
  },
  {
    id: "iac/kubernetes-api-server-trusts-any-etcd",
    aliases: ["CKV_K8S_102", "AVD-KCV-0029"],
    title: "API server does not check the certificate of etcd",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Somebody between the two can pretend to be etcd and read or change the state of the cluster.",
    fix: "Give --etcd-cafile the certificate that signed etcd's.",
    ...words(flagsGiven(program, "etcd-cafile"), [], ["etcd-cafile=/pki/etcd-ca.crt"]),
  },
  {
    id: "iac/kubernetes-api-server-weak-ciphers",
    aliases: ["CKV_K8S_105"],
    title: "API server accepts weak ciphers",
    severity: "medium",
    controls: "tls-version",
    why: "Connections with weak ciphers can be decrypted by somebody who records them.",
    fix: "Name only strong suites in --tls-cipher-suites, or remove the flag.",
    ...words(
      strongCiphers(program),
      ["tls-cipher-suites=TLS_RSA_WITH_RC4_128_SHA"],
      ["tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"],
    ),
  },
];
