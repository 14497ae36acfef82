/** kube-apiserver: what it records, keeps, encrypts and gives away about itself. */
import { flagAtLeast, flagIs, flagSatisfies, flagsGiven } from "../../languages/kubernetes/command-line.ts";
import { componentPolicy } from "../../languages/kubernetes/component-policy.ts";
import type { Policy } from "../../policy.ts";

const program = "kube-apiserver";
const audit = ["https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/"];

/** Go's durations: numbers with units, the larger ones first. */
function isDuration(text: string): boolean {
  return text !== "" && /^(?:\d+(?:\.\d+)?h)?(?:\d+(?:\.\d+)?m)?(?:\d+(?:\.\d+)?s)?$/.test(text);
}

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-api-server-profiling",
    aliases: ["CKV_K8S_90", "AVD-KCV-0018"],
    title: "API server offers profiling data",
    severity: "low",
    controls: "workload-hardening",
    why: "Profiles tell about the inside of the server, and making them costs it time.",
    fix: "Start the API server with --profiling=false.",
    ...componentPolicy(program, flagIs(program, "profiling", "false", "fail"), ["profiling=true"], ["profiling=false"]),
  },
  {
    id: "iac/kubernetes-api-server-no-audit-log",
    aliases: ["CKV_K8S_91", "AVD-KCV-0019"],
    title: "API server writes no audit log",
    severity: "medium",
    controls: "logging",
    why: "Without it nobody can say afterwards who did what in the cluster.",
    fix: "Give --audit-log-path, with a policy in --audit-policy-file.",
    ...componentPolicy(program, flagsGiven(program, "audit-log-path"), [], ["audit-log-path=/var/log/audit.log"]),
    links: audit,
  },
  {
    id: "iac/kubernetes-api-server-audit-age",
    aliases: ["CKV_K8S_92", "AVD-KCV-0020"],
    title: "API server keeps its audit log for less than 30 days",
    severity: "low",
    controls: "log-retention",
    why: "Intrusions are mostly found weeks later; by then the log is gone.",
    fix: "Set --audit-log-maxage to 30 or more.",
    ...componentPolicy(
      program,
      flagAtLeast(program, "audit-log-maxage", 30),
      ["audit-log-maxage=7"],
      ["audit-log-maxage=30"],
    ),
    links: audit,
  },
  {
    id: "iac/kubernetes-api-server-audit-backups",
    aliases: ["CKV_K8S_93", "AVD-KCV-0021"],
    title: "API server keeps fewer than 10 old audit logs",
    severity: "low",
    controls: "log-retention",
    why: "An attacker who makes much noise pushes the traces of his entry out of the log.",
    fix: "Set --audit-log-maxbackup to 10 or more.",
    ...componentPolicy(
      program,
      flagAtLeast(program, "audit-log-maxbackup", 10),
      ["audit-log-maxbackup=2"],
      ["audit-log-maxbackup=10"],
    ),
    links: audit,
  },
  {
    id: "iac/kubernetes-api-server-audit-size",
    aliases: ["CKV_K8S_94", "AVD-KCV-0022"],
    title: "API server lets an audit log grow to less than 100 MB",
    severity: "low",
    controls: "log-retention",
    why: "Small files are full soon, and the oldest are deleted before anybody looked.",
    fix: "Set --audit-log-maxsize to 100 or more.",
    ...componentPolicy(
      program,
      flagAtLeast(program, "audit-log-maxsize", 100),
      ["audit-log-maxsize=10"],
      ["audit-log-maxsize=100"],
    ),
    links: audit,
  },
  {
    id: "iac/kubernetes-api-server-request-timeout",
    aliases: ["CKV_K8S_95"],
    title: "API server is given no proper time limit for requests",
    severity: "low",
    controls: "denial-of-service",
    why: "A value that cannot be read, or none that fits, lets slow clients hold connections for too long.",
    fix: "Set --request-timeout to a duration such as 2m30s, or remove it: the default is one minute.",
    ...componentPolicy(
      program,
      flagSatisfies(program, "request-timeout", isDuration, { missing: "pass", expected: "a duration such as 2m30s" }),
      ["request-timeout=3s2h"],
      ["request-timeout=2m30s"],
    ),
  },
  {
    id: "iac/kubernetes-secrets-not-encrypted-at-rest",
    aliases: ["CKV_K8S_104", "AVD-KCV-0030"],
    title: "Secrets lie in etcd without encryption",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "A copy of etcd, or of its backup, holds every secret of the cluster readable.",
    fix: "Give --encryption-provider-config a configuration with a provider for secrets.",
    ...componentPolicy(
      program,
      flagsGiven(program, "encryption-provider-config"),
      [],
      ["encryption-provider-config=/etc/encryption.yaml"],
    ),
    links: ["https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/"],
  },
];
