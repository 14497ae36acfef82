/** Where objects live, and programs that should no longer be in any cluster: Tiller, the old dashboard, an old git-sync. */
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import { type Condition, check, nodeAt, value } from "../../condition.ts";
import { podManifest, terraformPod } from "../../languages/kubernetes/example-manifests.ts";
import { onKinds } from "../../languages/kubernetes/on-kinds.ts";
import { containers, eachContainer, podLabels } from "../../languages/kubernetes/pod.ts";
import { k8s, type Policy } from "../../policy.ts";
import type { Resource } from "../../resource.ts";
import { failAt, notApplicable, passAt, unknownAt, type Verdict } from "../../verdict.ts";

const namespaced = (
  "Pod Deployment StatefulSet DaemonSet ReplicaSet ReplicationController Job CronJob Service Ingress ConfigMap Secret " +
  "ServiceAccount Role RoleBinding"
).split(" ");

const notInDefaultNamespace: Condition = check((resource, node) => {
  const metadata = child(node, "metadata");
  const name = textAt(metadata, "name");
  // Every namespace has the account default, and the API itself is the service kubernetes.
  const isBuiltIn = resource.types.some(
    (type) => (type === "ServiceAccount" && name === "default") || (type === "Service" && name === "kubernetes"),
  );
  if (isBuiltIn) return passAt(node.at);
  const namespace = nodeAt(node, "metadata.namespace");
  if (namespace?.is === "unknown") return unknownAt(namespace.at, namespace.reason);
  if (namespace?.is === "scalar" && namespace.value !== "") {
    return String(namespace.value) === "default" ? failAt(namespace, "the namespace is default") : passAt(namespace.at);
  }
  if (resource.language === "helm") return unknownAt(node.at, "the namespace is that of the release");
  if (metadata?.is === "unknown") return unknownAt(metadata.at, metadata.reason);
  return failAt(metadata ?? node, "no namespace is given, so the object goes to default");
});

/** Components of the cluster are at home there; they say so in their labels. */
const staysOutOfKubeSystem: Condition = check((resource, node) => {
  const namespace = nodeAt(node, "metadata.namespace");
  if (namespace?.is === "unknown") return unknownAt(namespace.at, namespace.reason);
  if (namespace?.is !== "scalar" || namespace.value !== "kube-system") return passAt(node.at);
  const labels = [podLabels(resource), child(child(node, "metadata"), "labels")];
  const isComponent = labels.some((one) =>
    ["k8s-app", "component", "tier", "app.kubernetes.io/part-of"].some((key) => child(one, key) !== undefined),
  );
  return isComponent ? passAt(namespace.at) : failAt(namespace, "the namespace is kube-system");
});

function textAt(node: Node | undefined, key: string): string {
  const found = child(node, key);
  return found?.is === "scalar" && found.value !== null ? String(found.value) : "";
}

function labelsOf(resource: Resource): readonly Node[] {
  return [child(child(resource.body, "metadata"), "labels"), podLabels(resource)].filter((one) => one !== undefined);
}

/** Known by a label of the object or its pods, or by an image of one of its containers. */
function isProgram(
  resource: Resource,
  labels: readonly (readonly [key: string, value: string])[],
  image: RegExp,
): Verdict {
  for (const block of labelsOf(resource)) {
    const found = labels.find(([key, text]) => textAt(block, key) === text);
    if (found) return failAt(child(block, found[0])?.at ?? block.at, `the label ${found[0]} is ${found[1]}`);
  }
  const container = containers(resource).find((one) => image.test(textAt(one, "image")));
  if (container)
    return failAt(child(container, "image")?.at ?? container.at, `the image is ${textAt(container, "image")}`);
  return passAt(resource.body.at);
}

const tillerLabels = [
  ["app", "helm"],
  ["name", "tiller"],
] as const;
const tillerImage = /tiller/;

const tillerListensLocally: Condition = (node, resource) => {
  if (isProgram(resource, tillerLabels, tillerImage).is !== "fail") return notApplicable;
  return eachContainer((container) => {
    const args = ["command", "args"].flatMap((key) => itemsOf(child(container, key)));
    const listen = args.find((arg) => arg.is === "scalar" && /^-?-listen\b/.test(String(arg.value)));
    const isLocal = listen?.is === "scalar" && /127\.0\.0\.1|localhost/.test(String(listen.value));
    return isLocal ? passAt(listen.at) : failAt(listen ?? container, "Tiller listens for the whole cluster");
  })(node, resource);
};

const isNoTillerService: Condition = check((resource, node) => {
  const byLabel = isProgram(resource, tillerLabels, tillerImage);
  if (byLabel.is === "fail") return byLabel;
  const selector = nodeAt(node, "spec.selector");
  if (selector?.is === "block") {
    const key = selector
      .keys()
      .find((one) => textAt(selector, one) === "tiller" || (one === "app" && textAt(selector, one) === "helm"));
    if (key !== undefined)
      return failAt(selector.get(key)?.whole ?? selector.at, "the service chooses the pods of Tiller");
  }
  const name = nodeAt(node, "metadata.name");
  return name?.is === "scalar" && /tiller/.test(String(name.value))
    ? failAt(name, "the service is Tiller's")
    : passAt(node.at);
});

function labelled(kind: string, label: string): string {
  return `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: web\n  namespace: shop\n  labels:\n    ${label}\nspec:\n  selector: { app: web }\n`;
}

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-default-namespace",
    aliases: ["CKV_K8S_21", "AVD-KSV-0110"],
    title: "Object lives in the namespace default",
    severity: "low",
    controls: "governance",
    why: "Quotas, permissions and network policies hold by namespace. In default everything lies together and nothing can be set apart.",
    fix: "Create a namespace for the application and name it in metadata.namespace.",
    links: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/"],
    on: onKinds(namespaced, notInDefaultNamespace),
    examples: {
      bad: [
        k8s("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata: {}\n"),
        k8s("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n  namespace: default\ndata: {}\n"),
      ],
      good: [podManifest(), terraformPod()],
    },
  },
  {
    id: "iac/kubernetes-workload-in-kube-system",
    aliases: ["AVD-KSV-0037"],
    title: "Workload of one's own lives in kube-system",
    severity: "medium",
    controls: "workload-isolation",
    why: "Accounts of kube-system have far-reaching permissions; a workload there is close to them and easily overlooked.",
    fix: "Move the workload to a namespace of its own.",
    links: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/"],
    on: onKinds(["workload"], staysOutOfKubeSystem),
    examples: {
      bad: [
        k8s(
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: kube-system\nspec:\n  containers:\n    - name: web\n      image: shop/web:1.4.2\n",
        ),
      ],
      good: [podManifest()],
    },
  },
  {
    id: "iac/kubernetes-dashboard-deployed",
    aliases: ["CKV_K8S_33"],
    title: "Kubernetes Dashboard is deployed",
    severity: "medium",
    controls: "administrative-access",
    why: "The dashboard is an entry to the cluster with the permissions of its account, and has been left open to the internet often enough.",
    fix: "Remove it and use the portal of the cloud or a local client with the user's own permissions.",
    links: ["https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/"],
    on: onKinds(
      ["workload"],
      check((resource) =>
        isProgram(
          resource,
          [
            ["app", "kubernetes-dashboard"],
            ["k8s-app", "kubernetes-dashboard"],
          ],
          /kubernetes-dashboard|kubernetesui\//,
        ),
      ),
    ),
    examples: {
      bad: [
        podManifest(["image: kubernetesui/dashboard:v2.7.0"]),
        terraformPod(['image = "kubernetesui/dashboard:v2.7.0"']),
      ],
      good: [podManifest(), terraformPod()],
    },
  },
  {
    id: "iac/kubernetes-tiller-deployed",
    aliases: ["CKV_K8S_34"],
    title: "Tiller, the server of Helm 2, is deployed",
    severity: "high",
    controls: "administrative-access",
    why: "Tiller mostly runs as cluster administrator and lets every pod that reaches it install charts, without a password.",
    fix: "Move to Helm 3, which needs no server, and remove Tiller.",
    links: ["https://helm.sh/docs/topics/v2_v3_migration/"],
    on: onKinds(
      ["workload"],
      check((resource) => isProgram(resource, tillerLabels, tillerImage)),
    ),
    examples: {
      bad: [podManifest(["image: registry.example/tiller:v2.17.0"])],
      good: [podManifest()],
    },
  },
  {
    id: "iac/kubernetes-tiller-service",
    aliases: ["CKV_K8S_44"],
    title: "Tiller, the server of Helm 2, has a service",
    severity: "high",
    controls: "administrative-access",
    why: "Through the service every pod of the cluster reaches Tiller and can install charts with its permissions.",
    fix: "Move to Helm 3 and remove the service.",
    links: ["https://helm.sh/docs/topics/v2_v3_migration/"],
    on: onKinds(["Service"], isNoTillerService),
    examples: {
      bad: [k8s(labelled("Service", "name: tiller"))],
      good: [k8s(labelled("Service", "name: web"))],
    },
  },
  {
    id: "iac/kubernetes-tiller-listens-for-all",
    aliases: ["CKV_K8S_45"],
    title: "Tiller listens for the whole cluster",
    severity: "high",
    controls: "administrative-access",
    why: "Every pod can reach Tiller and install charts with its permissions.",
    fix: "Move to Helm 3. Until then start Tiller with --listen=localhost:44134.",
    links: ["https://helm.sh/docs/topics/v2_v3_migration/"],
    on: onKinds(["workload"], tillerListensLocally),
    examples: {
      bad: [podManifest(["image: registry.example/tiller:v2.17.0"])],
      good: [podManifest(["image: registry.example/tiller:v2.17.0", 'args: ["--listen=localhost:44134"]'])],
    },
  },
  {
    id: "iac/kubernetes-git-sync-runs-other-program",
    aliases: ["CKV_K8S_159"],
    title: "git-sync is told to run another program as git",
    severity: "medium",
    controls: "workload-hardening",
    why: "GITSYNC_GIT names the program that git-sync runs. Whoever may change the variable runs any program in the container.",
    fix: "Remove the variable GITSYNC_GIT.",
    links: ["https://github.com/kubernetes/git-sync"],
    on: onKinds(["workload"], eachContainer(value("env.name").not("GITSYNC_GIT"))),
    examples: {
      bad: [podManifest(["env:", "  - name: GITSYNC_GIT", "    value: /tmp/git"])],
      good: [podManifest(["env:", "  - name: GITSYNC_REPO", "    value: https://git.example/shop"])],
    },
  },
];
