/** kubelet: who may ask it, and how it proves itself. Where a configuration file is given, that file decides. */
import { all } from "../../condition.ts";
import {
  flagIs,
  flagOmits,
  flagSatisfies,
  flagsGiven,
  strongCiphers,
} from "../../languages/kubernetes/command-line.ts";
import { componentPolicy } from "../../languages/kubernetes/component-policy.ts";
import type { Policy } from "../../policy.ts";

const program = "kubelet";

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-kubelet-anonymous",
    aliases: ["CKV_K8S_138"],
    title: "Kubelet answers anonymous requests",
    severity: "high",
    controls: "strong-authentication",
    why: "Whoever reaches the node may read logs of its pods and, with weak authorization, run commands in them.",
    fix: "Start the kubelet with --anonymous-auth=false.",
    ...componentPolicy(
      program,
      flagIs(program, "anonymous-auth", "false", "fail"),
      ["anonymous-auth=true"],
      ["anonymous-auth=false"],
    ),
  },
  {
    id: "iac/kubernetes-kubelet-always-allows",
    aliases: ["CKV_K8S_139"],
    title: "Kubelet allows every request",
    severity: "critical",
    controls: "least-privilege",
    why: "With AlwaysAllow, the default of the flag, whoever reaches the node may run commands in its pods.",
    fix: "Start the kubelet with --authorization-mode=Webhook.",
    ...componentPolicy(
      program,
      flagOmits(program, "authorization-mode", "AlwaysAllow", "fail"),
      ["authorization-mode=AlwaysAllow"],
      ["authorization-mode=Webhook"],
    ),
  },
  {
    id: "iac/kubernetes-kubelet-no-client-authority",
    aliases: ["CKV_K8S_140"],
    title: "Kubelet cannot check who asks it",
    severity: "high",
    controls: "strong-authentication",
    why: "Without the certificate of an authority it cannot tell the API server from anybody else.",
    fix: "Give --client-ca-file.",
    ...componentPolicy(program, flagsGiven(program, "client-ca-file"), [], ["client-ca-file=/pki/ca.crt"]),
  },
  {
    id: "iac/kubernetes-kubelet-read-only-port",
    aliases: ["CKV_K8S_141"],
    title: "Kubelet opens a port without authentication",
    severity: "medium",
    controls: "network-exposure",
    why: "On the read-only port everybody learns which pods run on the node, with their specifications.",
    fix: "Start the kubelet with --read-only-port=0.",
    ...componentPolicy(
      program,
      flagIs(program, "read-only-port", "0", "fail"),
      ["read-only-port=10255"],
      ["read-only-port=0"],
    ),
  },
  {
    id: "iac/kubernetes-kubelet-no-certificate",
    aliases: ["CKV_K8S_148"],
    title: "Kubelet has no certificate of its own",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Without one the kubelet makes up a certificate that the API server cannot check.",
    fix: "Give --tls-cert-file and --tls-private-key-file, or let certificates be issued by the cluster.",
    ...componentPolicy(
      program,
      flagsGiven(program, "tls-cert-file", "tls-private-key-file"),
      ["tls-cert-file=/pki/kubelet.crt"],
      ["tls-cert-file=/pki/kubelet.crt", "tls-private-key-file=/pki/kubelet.key"],
    ),
  },
  {
    id: "iac/kubernetes-kubelet-keeps-certificate",
    aliases: ["CKV_K8S_149"],
    title: "Kubelet does not renew its client certificate",
    severity: "low",
    controls: "key-lifecycle",
    why: "A certificate that is never renewed either runs out and stops the node, or lives so long that a stolen copy stays useful.",
    fix: "Remove --rotate-certificates=false.",
    ...componentPolicy(
      program,
      flagSatisfies(program, "rotate-certificates", (value) => value !== "false", {
        missing: "pass",
        expected: "true",
      }),
      ["rotate-certificates=false"],
      ["rotate-certificates=true"],
    ),
  },
  {
    id: "iac/kubernetes-kubelet-weak-ciphers",
    aliases: ["CKV_K8S_151"],
    title: "Kubelet accepts weak ciphers",
    severity: "medium",
    controls: "tls-version",
    why: "Connections with weak ciphers can be decrypted by somebody who records them.",
    fix: "Name only strong suites in --tls-cipher-suites, or remove the flag.",
    ...componentPolicy(
      program,
      strongCiphers(program),
      ["tls-cipher-suites=TLS_RSA_WITH_RC4_128_SHA"],
      ["tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"],
    ),
  },
  {
    id: "iac/kubernetes-server-certificate-not-rotated",
    aliases: ["CKV_K8S_112", "AVD-KCV-0038"],
    title: "Rotation of the kubelets' server certificates is switched off",
    severity: "low",
    controls: "key-lifecycle",
    why: "Certificates that are not renewed run out, or live so long that a stolen copy stays useful.",
    fix: "Remove RotateKubeletServerCertificate=false from --feature-gates.",
    ...componentPolicy(
      program,
      all(
        ...["kubelet", "kube-controller-manager"].map((one) =>
          flagOmits(one, "feature-gates", "RotateKubeletServerCertificate=false", "pass"),
        ),
      ),
      ["feature-gates=RotateKubeletServerCertificate=false"],
      ["feature-gates=RotateKubeletServerCertificate=true"],
    ),
  },
];
