/** kube-apiserver: who may ask it, and how it proves who is who. */
import { any, value } from "../../condition.ts";
import { flagAbsent, flagIs, flagLists, flagOmits, flagSatisfies } from "../../languages/kubernetes/command-line.ts";
import { componentPolicy } from "../../languages/kubernetes/component-policy.ts";
import { k8s, on, type Policy } from "../../policy.ts";

const program = "kube-apiserver";

/** A path, or at least the name of a key file. */
function isKeyFile(text: string): boolean {
  return /^\/[\w./-]+$|\.(?:pem|pub|key|crt)$/.test(text);
}

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-api-server-anonymous",
    aliases: ["CKV_K8S_68", "AVD-KCV-0001"],
    title: "API server answers anonymous requests",
    severity: "medium",
    controls: "strong-authentication",
    why: "Requests without credentials are let in as system:anonymous and may do what any role gives to that user.",
    fix: "Start the API server with --anonymous-auth=false.",
    ...componentPolicy(
      program,
      flagIs(program, "anonymous-auth", "false", "fail"),
      ["anonymous-auth=true"],
      ["anonymous-auth=false"],
    ),
  },
  {
    id: "iac/kubernetes-api-server-basic-auth",
    aliases: ["CKV_K8S_69"],
    title: "API server knows its users by passwords in a file",
    severity: "high",
    controls: "strong-authentication",
    why: "Passwords lie readable in a file, never expire and go over the network with every request.",
    fix: "Remove --basic-auth-file and use certificates or OpenID Connect.",
    ...componentPolicy(program, flagAbsent(program, "basic-auth-file"), ["basic-auth-file=/etc/users.csv"], []),
  },
  {
    id: "iac/kubernetes-api-server-token-file",
    aliases: ["CKV_K8S_70", "AVD-KCV-0002"],
    title: "API server knows its users by tokens in a file",
    severity: "high",
    controls: "strong-authentication",
    why: "Static tokens lie readable in a file, never expire and cannot be revoked without a restart.",
    fix: "Remove --token-auth-file and use certificates or OpenID Connect.",
    ...componentPolicy(program, flagAbsent(program, "token-auth-file"), ["token-auth-file=/etc/tokens.csv"], []),
  },
  {
    id: "iac/kubernetes-api-server-always-allows",
    aliases: ["CKV_K8S_74", "AVD-KCV-0007"],
    title: "API server allows every request",
    severity: "critical",
    controls: "least-privilege",
    why: "With AlwaysAllow, which is the default, whoever reaches the API may do everything.",
    fix: "Start the API server with --authorization-mode=Node,RBAC.",
    ...componentPolicy(
      program,
      flagOmits(program, "authorization-mode", "AlwaysAllow", "fail"),
      ["authorization-mode=AlwaysAllow"],
      ["authorization-mode=Node,RBAC"],
    ),
  },
  {
    id: "iac/kubernetes-api-server-without-node-authorization",
    aliases: ["CKV_K8S_75", "AVD-KCV-0008"],
    title: "API server does not limit nodes to their own objects",
    severity: "medium",
    controls: "least-privilege",
    why: "Without the Node mode a kubelet that was taken over may read objects of all other nodes.",
    fix: "Add Node to --authorization-mode.",
    ...componentPolicy(
      program,
      flagLists(program, "authorization-mode", "Node", "fail"),
      ["authorization-mode=RBAC"],
      ["authorization-mode=Node,RBAC"],
    ),
  },
  {
    id: "iac/kubernetes-api-server-without-rbac",
    aliases: ["CKV_K8S_77", "AVD-KCV-0009"],
    title: "API server does not use roles",
    severity: "high",
    controls: "least-privilege",
    why: "Without RBAC nobody can be given only what he needs.",
    fix: "Add RBAC to --authorization-mode.",
    ...componentPolicy(
      program,
      flagLists(program, "authorization-mode", "RBAC", "fail"),
      ["authorization-mode=Node"],
      ["authorization-mode=Node,RBAC"],
    ),
  },
  {
    id: "iac/kubernetes-api-server-no-account-lookup",
    aliases: ["CKV_K8S_96", "AVD-KCV-0024"],
    title: "API server may accept tokens of deleted service accounts",
    severity: "low",
    controls: "strong-authentication",
    why: "Without the lookup a token stays good after its service account was deleted.",
    fix: "Start the API server with --service-account-lookup=true.",
    ...componentPolicy(
      program,
      flagIs(program, "service-account-lookup", "true", "fail"),
      ["service-account-lookup=false"],
      ["service-account-lookup=true"],
    ),
  },
  {
    id: "iac/kubernetes-api-server-account-key-file",
    aliases: ["CKV_K8S_97"],
    title: "API server is given no proper key file for service accounts",
    severity: "low",
    controls: "strong-authentication",
    why: "Without its own key pair for service accounts the server checks tokens with its TLS key, which then cannot be changed alone.",
    fix: "Give --service-account-key-file the path of a PEM file with the public key.",
    ...componentPolicy(
      program,
      flagSatisfies(program, "service-account-key-file", isKeyFile, {
        missing: "pass",
        expected: "a path of a PEM file",
      }),
      ["service-account-key-file=none"],
      ["service-account-key-file=/etc/kubernetes/pki/sa.pub"],
    ),
  },
  {
    id: "iac/kubernetes-no-event-rate-limit",
    aliases: ["CKV_K8S_78"],
    title: "Admission configuration does not limit the rate of events",
    severity: "low",
    controls: "denial-of-service",
    why: "A client that misbehaves can flood the API server and its store with events.",
    fix: "Add the plugin EventRateLimit to the admission configuration.",
    links: ["https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/"],
    on: on(["k8s:AdmissionConfiguration"], any("plugins", value("name", { edit: false }).is("EventRateLimit"))),
    examples: {
      bad: [
        k8s("apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n  - name: PodSecurity\n"),
      ],
      good: [
        k8s(
          "apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n  - name: EventRateLimit\n    path: limits.yaml\n",
        ),
      ],
    },
  },
];
