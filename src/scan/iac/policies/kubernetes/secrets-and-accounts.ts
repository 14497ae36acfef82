/** Secrets that lie open in objects of the cluster, and credentials of service accounts that pods do not need. */
import { child, textOf } from "../../../formats/node.ts";
import { all, type Condition, check, connected, each, has, value, when } from "../../condition.ts";
import { podManifest, terraformPod } from "../../languages/kubernetes/example-manifests.ts";
import { onKinds } from "../../languages/kubernetes/on-kinds.ts";
import { eachContainer, podSpecIs } from "../../languages/kubernetes/pod.ts";
import { k8s, type Policy, tf } from "../../policy.ts";
import { failAt, passAt } from "../../verdict.ts";

const tokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";
const accounts = ["https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/"];

const secretName = "[\\w.-]*(?:passw(?:or)?d|passphrase|secret|api[_-]?key|access[_-]?key|private[_-]?key|token)";
const keyOfSecret = new RegExp(`^${secretName}$`, "i");
const assignment = new RegExp(`(?:^|\\s)["']?(${secretName})["']?[ \\t]*[=:][ \\t]*["']?([^\\s"',;]+)`, "gi");
/** Values that only say where the secret is. */
const reference = /^(?:[$%<{([&!|>~/*]|true$|false$|null$|none$|https?:|\d{1,4}$|changeme$|your[-_])/i;

/** What is called secret or token is often only its name; a text of some length with digits is more than a name. */
function isSecret(name: string, text: string): boolean {
  if (text === "" || reference.test(text)) return false;
  return !/(?:secret|token)$/i.test(name) || (text.length >= 16 && /\d/.test(text));
}

const holdsNoSecrets: Condition = check((_, node) => {
  const data = child(node, "data");
  if (data?.is !== "block") return passAt(node.at);
  for (const key of data.keys()) {
    const entry = data.get(key);
    const text = textOf(entry?.value);
    if (!entry || text === undefined || text.length > 200_000) continue;
    const isOpen = keyOfSecret.test(key) && !/\s/.test(text.trim()) && isSecret(key, text.trim());
    if (isOpen || [...text.matchAll(assignment)].some(([, name = "", secret = ""]) => isSecret(name, secret))) {
      return failAt(entry.whole, `the entry ${key} looks like a secret`);
    }
  }
  return passAt(data.at);
});

const hasNoSecretInText: Condition = each("env", (variable) => {
  const name = child(variable, "name");
  const text = child(variable, "value");
  if (name?.is !== "scalar" || text?.is !== "scalar" || text.value === null) return passAt(variable.at);
  return keyOfSecret.test(String(name.value)) && isSecret(String(name.value), String(text.value).trim())
    ? failAt(text, `the value of ${String(name.value)} is written out`)
    : passAt(variable.at);
});

/** The account itself may refuse to hand out tokens; the word of the pod is stronger. */
const mountsNoToken: Condition = (node, resource) => {
  const ofPod = podSpecIs(value("automountServiceAccountToken").is(false))(node, resource);
  if (ofPod.is !== "fail" || resource.dialect !== "k8s") return ofPod;
  const isSaid = podSpecIs((spec) => (has(spec, "automountServiceAccountToken") ? passAt(spec.at) : failAt(spec)));
  if (isSaid(node, resource).is === "pass") return ofPod;
  const ofAccount = connected("ServiceAccount", value("automountServiceAccountToken").is(false))(node, resource);
  return ofAccount.is === "pass" ? ofAccount : ofPod;
};

const takesTokenByPath: Condition = podSpecIs(
  when(
    (spec) => (has(spec, "automountServiceAccountToken") ? failAt(spec) : passAt(spec.at)),
    each("containers", value("volumeMounts.mountPath").not(tokenPath, `${tokenPath}/`)),
  ),
);

const isDefaultAccount = all(value("kind").is("ServiceAccount"), value("name").is("default"));

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-secret-in-environment",
    aliases: ["CKV_K8S_35"],
    title: "Secret is handed to a container as an environment variable",
    severity: "low",
    controls: "secret-handling",
    why: "Environments are inherited by child processes and end up in crash reports and debug pages; files of a mounted secret do not.",
    fix: "Mount the secret as a volume and let the program read the file.",
    links: ["https://kubernetes.io/docs/concepts/security/secrets-good-practices/"],
    on: onKinds(
      ["workload"],
      eachContainer(
        all(value("env.valueFrom.secretKeyRef", { edit: false }).absent(), value("envFrom.secretRef").absent()),
      ),
    ),
    examples: {
      bad: [
        podManifest(["env:", "  - name: DATABASE", "    valueFrom:", "      secretKeyRef: { name: db, key: login }"]),
        podManifest(["envFrom:", "  - secretRef:", "      name: db"]),
        terraformPod(["env_from {", "  secret_ref {", '    name = "db"', "  }", "}"]),
      ],
      good: [podManifest(["env:", "  - name: LEVEL", "    value: info"])],
    },
  },
  {
    id: "iac/kubernetes-secret-written-in-environment",
    aliases: [],
    title: "Secret is written out in the environment of a container",
    severity: "high",
    controls: "secret-handling",
    why: "Everybody who may read the repository or the pod has the secret, also after it was removed: it stays in the history.",
    fix: "Change the secret, put the new one into a vault or a Secret, and mount it.",
    links: ["https://kubernetes.io/docs/concepts/security/secrets-good-practices/"],
    on: onKinds(["workload"], eachContainer(hasNoSecretInText)),
    examples: {
      bad: [podManifest(["env:", "  - name: DB_PASSWORD", "    value: quiet-river-stone"])],
      good: [
        podManifest(["env:", "  - name: DB_PASSWORD", "    value: $(VAULT_PASSWORD)"]),
        podManifest(["env:", "  - name: DB_PASSWORD_FILE", "    value: /run/secrets/db"]),
      ],
    },
  },
  {
    id: "iac/kubernetes-secret-in-config-map",
    aliases: ["AVD-KSV-0109"],
    title: "Secret lies in a ConfigMap",
    severity: "high",
    controls: "secret-handling",
    why: "ConfigMaps are not protected as secrets are: many roles may read them, they show up in tools and logs, and are not encrypted at rest.",
    fix: "Change the secret, put the new one into a vault or a Secret, and remove it from the ConfigMap.",
    links: ["https://kubernetes.io/docs/concepts/security/secrets-good-practices/"],
    on: onKinds(["ConfigMap"], holdsNoSecrets),
    examples: {
      bad: [
        k8s("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  db.password: quiet-river-stone\n"),
        k8s("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  web.env: DB_PASSWORD=quiet-river\n"),
      ],
      good: [
        k8s("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  web.env: DB_PASSWORD=$(cat /run/db)\n"),
        k8s("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  level: info\n"),
      ],
    },
  },
  {
    id: "iac/kubernetes-service-account-token-mounted",
    aliases: ["CKV_K8S_38"],
    title: "Pod gets a token for the API of the cluster",
    severity: "low",
    controls: "least-privilege",
    why: "Every pod gets the token of its service account unless it says otherwise. Who takes over the pod can use it against the cluster.",
    fix: "Set automountServiceAccountToken to false for the pod or its service account, unless the program talks to the API.",
    links: accounts,
    on: onKinds(["workload"], mountsNoToken),
    examples: {
      bad: [podManifest(), podManifest([], ["automountServiceAccountToken: true"])],
      good: [
        podManifest([], ["automountServiceAccountToken: false"]),
        terraformPod([], ["automount_service_account_token = false"]),
      ],
    },
  },
  {
    id: "iac/kubernetes-service-account-token-path-mounted",
    aliases: ["AVD-KSV-0036"],
    title: "Container mounts the folder of service account tokens itself",
    severity: "medium",
    controls: "least-privilege",
    why: "A volume at this place shows the container a token that the pod was perhaps not meant to have.",
    fix: "Remove the volume mount; use a projected serviceAccountToken volume at another path if the program needs a token.",
    links: accounts,
    on: onKinds(["workload"], takesTokenByPath),
    examples: {
      bad: [podManifest(["volumeMounts:", "  - name: token", `    mountPath: ${tokenPath}`])],
      good: [podManifest()],
    },
  },
  {
    id: "iac/kubernetes-default-service-account-has-token",
    aliases: ["CKV_K8S_41"],
    title: "Default service account hands its token to every pod",
    severity: "low",
    controls: "least-privilege",
    why: "Pods that name no account share the default one, so any permission given to it is given to all of them.",
    fix: "Set automountServiceAccountToken to false on the account default and give each workload an account of its own.",
    links: accounts,
    on: {
      ...onKinds(
        ["ServiceAccount"],
        when(value("metadata.name").is("default"), value("automountServiceAccountToken").is(false)),
      ),
      "tf:kubernetes_default_service_account": value("automount_service_account_token").is(false),
      "tf:kubernetes_default_service_account_v1": value("automount_service_account_token").is(false),
    },
    examples: {
      bad: [
        k8s("apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: default\n  namespace: shop\n"),
        tf('resource "kubernetes_service_account_v1" "default" {\n  metadata {\n    name = "default"\n  }\n}\n'),
      ],
      good: [
        k8s(
          "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: default\n  namespace: shop\nautomountServiceAccountToken: false\n",
        ),
        k8s("apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n  namespace: shop\n"),
      ],
    },
  },
  {
    id: "iac/kubernetes-default-service-account-bound",
    aliases: ["CKV_K8S_42"],
    title: "Default service account is given a role",
    severity: "medium",
    controls: "least-privilege",
    why: "Every pod of the namespace that names no account gets the permissions of this role.",
    fix: "Create a service account for the workload that needs the role and bind it to that one.",
    links: accounts,
    on: onKinds(
      ["RoleBinding", "ClusterRoleBinding"],
      each("subjects", (subject, resource) => {
        const verdict = isDefaultAccount(subject, resource);
        if (verdict.is === "pass") return failAt(subject, "the subject is the service account default");
        return verdict.is === "fail" ? passAt(subject.at) : verdict;
      }),
    ),
    examples: {
      bad: [
        k8s(
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: web\n  namespace: shop\nsubjects:\n  - kind: ServiceAccount\n    name: default\nroleRef:\n  kind: Role\n  name: web\n  apiGroup: rbac.authorization.k8s.io\n",
        ),
      ],
      good: [
        k8s(
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: web\n  namespace: shop\nsubjects:\n  - kind: ServiceAccount\n    name: web\nroleRef:\n  kind: Role\n  name: web\n  apiGroup: rbac.authorization.k8s.io\n",
        ),
      ],
    },
  },
];
