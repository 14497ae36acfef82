/** etcd, the store of the cluster: who may read and write it, and how its members trust each other. */
import { flagIs, flagSatisfies, flagsGiven } from "../../languages/kubernetes/command-line.ts";
import { componentPolicy } from "../../languages/kubernetes/component-policy.ts";
import type { Policy } from "../../policy.ts";

const program = "etcd";

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-etcd-no-certificate",
    aliases: ["CKV_K8S_116", "AVD-KCV-0042"],
    title: "etcd talks to its clients without encryption",
    severity: "high",
    controls: "encryption-in-transit",
    why: "Everything in the cluster, secrets included, can be read on the network.",
    fix: "Give --cert-file and --key-file.",
    ...componentPolicy(
      program,
      flagsGiven(program, "cert-file", "key-file"),
      ["cert-file=/pki/server.crt"],
      ["cert-file=/pki/server.crt", "key-file=/pki/server.key"],
    ),
  },
  {
    id: "iac/kubernetes-etcd-open-to-clients",
    aliases: ["CKV_K8S_117", "AVD-KCV-0043"],
    title: "etcd lets in clients without a certificate",
    severity: "critical",
    controls: "strong-authentication",
    why: "Whoever reaches etcd can read every secret and change every object of the cluster.",
    fix: "Start etcd with --client-cert-auth=true.",
    ...componentPolicy(
      program,
      flagIs(program, "client-cert-auth", "true", "fail"),
      ["client-cert-auth=false"],
      ["client-cert-auth=true"],
    ),
  },
  {
    id: "iac/kubernetes-etcd-self-signed",
    aliases: ["CKV_K8S_118", "AVD-KCV-0044"],
    title: "etcd makes up its own certificates for clients",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Nobody can check a certificate that etcd signed itself, so an impostor is not noticed.",
    fix: "Remove --auto-tls and give --cert-file and --key-file.",
    ...componentPolicy(
      program,
      flagSatisfies(program, "auto-tls", (value) => value !== "true", { missing: "pass", expected: "false" }),
      ["auto-tls=true"],
      ["auto-tls=false"],
    ),
  },
  {
    id: "iac/kubernetes-etcd-no-peer-certificate",
    aliases: ["CKV_K8S_119", "AVD-KCV-0045"],
    title: "Members of etcd talk to each other without encryption",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "What is copied between members, secrets included, can be read on the network.",
    fix: "Give --peer-cert-file and --peer-key-file.",
    ...componentPolicy(
      program,
      flagsGiven(program, "peer-cert-file", "peer-key-file"),
      ["peer-cert-file=/pki/peer.crt"],
      ["peer-cert-file=/pki/peer.crt", "peer-key-file=/pki/peer.key"],
    ),
  },
  {
    id: "iac/kubernetes-etcd-open-to-peers",
    aliases: ["CKV_K8S_121", "AVD-KCV-0046"],
    title: "etcd lets in members without a certificate",
    severity: "high",
    controls: "strong-authentication",
    why: "A machine of the attacker can join as a member and gets a copy of everything.",
    fix: "Start etcd with --peer-client-cert-auth=true.",
    ...componentPolicy(
      program,
      flagIs(program, "peer-client-cert-auth", "true", "fail"),
      ["peer-client-cert-auth=false"],
      ["peer-client-cert-auth=true"],
    ),
  },
];
