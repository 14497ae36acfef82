/** Which files are manifests, what resources stand in them, and how these belong together. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { spanOf } from "../../../formats/text-file.ts";
import { sourceFileOf } from "../../../source-file-of.ts";
import type { ReadUnit, Resource } from "../../resource.ts";
import { kubernetes } from "./kubernetes.ts";
import { containers } from "./pod.ts";

/** Reads all files as a scan would: those that are recognized, unit by unit. */
function read(files: Readonly<Record<string, string>>): ReadUnit {
  const sources = Object.entries(files)
    .map(([path, text]) => sourceFileOf(path, "0", new TextEncoder().encode(text)))
    .filter((file) => kubernetes.selects(file.path) && kubernetes.recognizes?.(file) !== false);
  const linked = sources.map((file) => ({ path: file.path, links: kubernetes.links(file) }));
  const units = kubernetes
    .units(linked)
    .map(({ root, paths }) => kubernetes.read({ root, files: sources.filter(({ path }) => paths.includes(path)) }));
  return {
    resources: units.flatMap(({ resources }) => resources),
    problems: units.flatMap(({ problems }) => problems),
  };
}

function addresses(files: Readonly<Record<string, string>>): readonly string[] {
  return read(files).resources.map(({ address }) => address);
}

function object(kind: string, name: string, rest = ""): string {
  return `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${rest}`;
}

const workload = (labels: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  template:\n    metadata: { labels: ${labels} }\n    spec:\n      serviceAccountName: web\n      containers: [{ name: web, image: web }]\n`;

function connectedTo(resources: readonly Resource[], address: string, ...types: readonly string[]): readonly string[] {
  const start = resources.find((one) => one.address === address);
  assert.ok(start, address);
  return start.connected(types).resources.map((one) => one.address);
}

test("documents are resources; they begin at their first line of content", () => {
  const text = `# shop\n---\n# the web\n\n${object("Pod", "web", "spec: { containers: [{ image: a }] }\n")}---\n---\n${object("Service", "web", "  namespace: shop\n")}`;
  const { resources, problems } = read({ "app.yaml": text });
  assert.deepEqual(
    resources.map(({ address, types, at }) => [address, types, spanOf(at).startLine]),
    [
      ["Pod.default.web", ["Pod", "workload"], 5],
      ["Service.shop.web", ["Service"], 12],
    ],
  );
  assert.deepEqual(problems, []);
});

test("lists are opened, and a broken document does not hide the others", () => {
  const list =
    "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: { name: a }\n- { apiVersion: v1, kind: List, items: [{ apiVersion: v1, kind: ConfigMap, metadata: { name: b } }] }\n";
  const { resources, problems } = read({ "a.yaml": `${list}---\nkind: [\n---\n${object("Pod", "c")}` });
  assert.deepEqual(
    resources.map(({ address }) => address),
    ["Secret.default.a", "ConfigMap.default.b", "Pod.default.c"],
  );
  assert.equal(problems.length, 1);
});

test("what is no manifest of its own is left out", () => {
  const pod = object("Pod", "web");
  const cases: readonly (readonly [Readonly<Record<string, string>>, readonly string[]])[] = [
    [{ "compose.yaml": "services: { web: { image: a } }\n" }, []],
    [{ "a.yaml": "kind: Pod\nmetadata: {}\n" }, []],
    [{ "a.json": '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}}' }, ["Pod.default.web"]],
    [
      {
        "azuredeploy.json":
          '{"$schema": "https://x.example/schemas/2019-04-01/deploymentTemplate.json#", "resources": [{"apiVersion": "1", "kind": "x"}]}',
      },
      [],
    ],
    [{ "a.yaml": `{{- if .Values.x }}\n${pod}{{- end }}\n` }, []],
    [{ "a.yaml": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n" }, []],
    [{ "a.yaml": object("ConfigMap", "web", "data:\n  page: |\n    {{ title }}\n") }, ["ConfigMap.default.web"]],
    [
      { "chart/Chart.yaml": "name: web\n", "chart/templates/pod.yaml": pod, "chart/crds/x.yaml": pod },
      ["Pod.default.web"],
    ],
    [{ "templates/pod.yaml": pod }, ["Pod.default.web"]],
    [{ "base/kustomization.yaml": "patches:\n- path: ../patches/web.yaml\n", "patches/web.yaml": pod }, []],
    [
      {
        "kustomization.yaml":
          "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [pod.yaml]\n",
        "pod.yaml": pod,
      },
      [],
    ],
  ];
  for (const [files, expected] of cases) assert.deepEqual(addresses(files), expected, JSON.stringify(files));
});

test("pods are found in every kind that makes them; a patch without containers is no workload", () => {
  const pod = "spec: { initContainers: [{ image: a }], containers: [{ image: b }] }";
  const kinds = [
    `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\n${pod}\n`,
    `apiVersion: v1\nkind: PodTemplate\nmetadata: { name: a }\ntemplate: { ${pod} }\n`,
    `apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: a }\nspec: { jobTemplate: { spec: { template: { ${pod} } } } }\n`,
    `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: a }\nspec: { template: { ${pod} } }\n`,
    `apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: { name: a }\nspec: { template: { ${pod} } }\n`,
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { replicas: 2, template: { spec: { hostNetwork: true } } }\n",
  ];
  const { resources } = read({ "a.yaml": kinds.join("---\n") });
  assert.deepEqual(
    resources.map((one) => [one.types.join(" "), containers(one).length]),
    [
      ["Pod workload", 2],
      ["PodTemplate workload", 2],
      ["CronJob workload", 2],
      ["Rollout workload", 2],
      ["Service.serving.knative.dev workload", 2],
      ["Deployment", 0],
    ],
  );
});

test("annotations skip policies, with a reason or without", () => {
  const annotations =
    "  annotations:\n    checkov.io/skip1: CKV_K8S_20=needed by the tracer\n    sallyport.io/skip: iac/kubernetes-host-port\n    other.io/skip1: X\n";
  const [pod] = read({ "a.yaml": object("Pod", "web", annotations) }).resources;
  assert.deepEqual(
    pod?.skips.map(({ id, reason }) => [id, reason]),
    [
      ["CKV_K8S_20", "needed by the tracer"],
      ["iac/kubernetes-host-port", undefined],
    ],
  );
});

test("resources of a folder are connected by selectors, accounts and bindings", () => {
  const { resources } = read({
    "k8s/web.yaml": workload("{ app: web, tier: front }"),
    "k8s/other.yaml": [
      object("Service", "web", "spec: { selector: { app: web } }\n"),
      object("Service", "headless", "spec: { selector: {} }\n"),
      object(
        "NetworkPolicy",
        "front",
        "spec: { podSelector: { matchExpressions: [{ key: tier, operator: In, values: [front] }] } }\n",
      ),
      object("NetworkPolicy", "back", "spec: { podSelector: { matchLabels: { tier: back } } }\n"),
      object("NetworkPolicy", "elsewhere", "  namespace: x\nspec: { podSelector: {} }\n"),
      object("ServiceAccount", "web"),
      object("ServiceAccount", "default"),
      object(
        "RoleBinding",
        "web",
        "subjects: [{ kind: ServiceAccount, name: web }]\nroleRef: { kind: Role, name: web }\n",
      ),
      object("Role", "web"),
      object("ClusterRole", "web"),
    ].join("---\n"),
    "elsewhere/policy.yaml": object("NetworkPolicy", "far", "spec: { podSelector: {} }\n"),
  });
  const deployment = "Deployment.default.web";
  assert.deepEqual(connectedTo(resources, deployment, "NetworkPolicy"), ["NetworkPolicy.default.front"]);
  assert.deepEqual(connectedTo(resources, deployment, "Service"), ["Service.default.web"]);
  assert.deepEqual(connectedTo(resources, deployment, "ServiceAccount"), ["ServiceAccount.default.web"]);
  assert.deepEqual(connectedTo(resources, "RoleBinding.default.web", "Role", "ClusterRole", "ServiceAccount"), [
    "ServiceAccount.default.web",
    "Role.default.web",
  ]);
  assert.deepEqual(connectedTo(resources, "Role.default.web", "RoleBinding"), ["RoleBinding.default.web"]);
});
