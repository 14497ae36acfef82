/** Charts are rendered with their subcharts, and what stands in a template keeps its line there. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { randomFrom } from "#model/testing/random.ts";
import { child, type Node } from "../../../formats/node.ts";
import { spanOf } from "../../../formats/text-file.ts";
import { sourceFileOf } from "../../../source-file-of.ts";
import { nodeAt } from "../../condition.ts";
import type { ReadUnit, Resource } from "../../resource.ts";
import { marksFor } from "../../skip-marks.ts";
import { mutateText } from "../../testing/mutate-text.ts";
import { helm } from "./helm.ts";
import { matchesGlob } from "./match-glob.ts";

type Files = Readonly<Record<string, string>>;

function read(files: Files): readonly ReadUnit[] {
  const sources = Object.entries(files)
    .map(([path, text]) => sourceFileOf(path, "0", new TextEncoder().encode(text)))
    .filter(({ path }) => helm.selects(path));
  return helm
    .units(sources.map((file) => ({ path: file.path, links: helm.links(file) })))
    .map(({ root, paths }) => helm.read({ root, files: sources.filter(({ path }) => paths.includes(path)) }));
}

function readOne(files: Files): ReadUnit {
  const [unit, ...more] = read(files);
  assert.ok(unit && more.length === 0);
  return unit;
}

const textOf = (place: Node["at"] | undefined) => place?.file.text.slice(place.start, place.end);
const words = (unit: ReadUnit) => unit.problems.map(({ path, line, code }) => `${path}:${line} ${code}`);
const addresses = (unit: ReadUnit) => unit.resources.map(({ address, at }) => `${address} ${at.file.path}`);

function plainAt(resource: Resource | undefined, path: string): unknown {
  const node = resource && nodeAt(resource.body, path);
  return node?.is === "scalar"
    ? node.value
    : node?.is === "unknown"
      ? `unknown: ${node.text ?? node.reason}`
      : node?.is;
}

function configMap(name: string, data: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n${data}`;
}

const deployment = `{{- if .Values.enabled }}
{{/* the web */}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "web.fullname" . }}
  annotations:
    checkov.io/skip1: CKV_K8S_20=known
spec:
  template:
    spec:
      containers:
        - name: web
          # checkov:skip=CKV_K8S_43:fine
          image: "{{ .Values.image.name }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          imagePullPolicy: {{ .Values.image.pull | quote }}
          securityContext:
            {{- toYaml .Values.security | nindent 12 }}
{{- end }}
`;

const web: Files = {
  "web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\nappVersion: 4.5\n",
  "web/values.yaml":
    "enabled: true\nimage:\n  name: shop/web\n  pull: Always\nsecurity:\n  privileged: true\n  runAsUser: 0\n",
  "web/templates/_helpers.tpl": '{{ define "web.fullname" }}{{ .Release.Name }}-{{ .Chart.Name }}{{ end }}',
  "web/templates/deployment.yaml": deployment,
  "web/templates/NOTES.txt": "{{ fail }}",
};

test("places are those of the template, and behind them those that decided", () => {
  const { resources, problems } = readOne(web);
  assert.deepEqual(problems, []);
  const [resource] = resources;
  assert.equal(resource?.address, "Deployment.default.release-name-web");
  assert.equal(spanOf(resource.at).startLine, 3);
  const container = "spec.template.spec.containers";
  const privileged = nodeAt(resource.body, `${container}.securityContext.privileged`);
  assert.equal(textOf(privileged?.at), "{{- toYaml .Values.security | nindent 12 }}");
  assert.deepEqual([privileged?.from?.file.path, textOf(privileged?.from)], ["web/values.yaml", "true"]);
  const security = nodeAt(resource.body, `${container}.securityContext`);
  assert.equal(textOf(security?.from), "privileged: true\n  runAsUser: 0");
  const image = nodeAt(resource.body, `${container}.image`);
  assert.ok(image);
  assert.equal(image?.is === "scalar" && image.value, "shop/web:4.5");
  assert.equal(spanOf(image.at).startLine, 15);
  assert.equal(textOf(nodeAt(resource.body, `${container}.imagePullPolicy`)?.from), "Always");
  assert.deepEqual(
    marksFor(resource).map(({ id }) => id),
    ["CKV_K8S_20", "CKV_K8S_43"],
  );
});

test("the namespace of a release is unknown, of what lives in one", () => {
  const { resources } = readOne({
    ...web,
    "web/templates/role.yaml":
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: {{ .Release.Namespace }}-x\n",
  });
  assert.deepEqual(
    resources.map(({ body }) => [
      child(child(body, "metadata"), "namespace")?.is,
      plainAt(resources[1], "metadata.name"),
    ]),
    [
      ["unknown", `unknown: $${"{...}"}-x`],
      [undefined, `unknown: $${"{...}"}-x`],
    ],
  );
});

test("what is installed together is connected", () => {
  const { resources } = readOne({
    "a/Chart.yaml": "name: a\n",
    "a/templates/a.yaml":
      "apiVersion: v1\nkind: Pod\nmetadata: { name: p, labels: { app: a } }\nspec: { containers: [{ name: a }] }\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: n, namespace: {{ .Release.Namespace }} }\nspec: { podSelector: { matchLabels: { app: a } } }\n",
  });
  const found = resources[0]?.connected(["NetworkPolicy"]);
  assert.deepEqual([found?.resources.length, found?.open], [1, undefined]);
});

test("subcharts are rendered within their parents: values, globals, conditions, tags, aliases, imports", () => {
  const unit = readOne({
    "app/Chart.yaml": `apiVersion: v2
name: app
dependencies:
  - { name: db, condition: db.enabled }
  - { name: db, alias: replica }
  - { name: unused, condition: unused.enabled }
  - { name: tagged, tags: [extra] }
  - { name: kit, import-values: [ports, { child: deep.down, parent: up }] }
  - { name: library, repository: file://../library }
`,
    "app/values.yaml":
      "db: { enabled: true, size: 5 }\nreplica: { size: 7 }\nunused: { enabled: false }\ntags: { extra: false }\nglobal: { region: north }\n",
    "app/templates/own.yaml": configMap(
      "{{ .Chart.Name }}",
      '  v: "{{ .Values.http }}{{ .Values.up.x }}{{ include "library.text" . }}{{ .Values.db.kind }}"\n',
    ),
    "app/charts/db/Chart.yaml": "apiVersion: v1\nname: db\n",
    "app/charts/db/values.yaml": "size: 1\nkind: sql\n",
    "app/charts/db/templates/db.yaml": configMap(
      "{{ .Chart.Name }}",
      '  v: "{{ .Values.size }} {{ .Values.kind }} {{ .Values.global.region }}"\n',
    ),
    "app/charts/unused/Chart.yaml": "name: unused\n",
    "app/charts/unused/templates/x.yaml": configMap("unused", "  v: x\n"),
    "app/charts/tagged/Chart.yaml": "name: tagged\n",
    "app/charts/tagged/templates/x.yaml": configMap("tagged", "  v: x\n"),
    "app/charts/kit/Chart.yaml": "name: kit\n",
    "app/charts/kit/values.yaml": "exports: { ports: { http: 80 } }\ndeep: { down: { x: y } }\n",
    "library/Chart.yaml": "name: library\ntype: library\n",
    "library/templates/_text.tpl": '{{ define "library.text" }}!{{ end }}',
    "library/templates/no.yaml": configMap("no", "  v: x\n"),
  });
  assert.deepEqual(words(unit), []);
  assert.deepEqual(
    unit.resources.map((one) => [plainAt(one, "metadata.name"), plainAt(one, "data.v")]),
    [
      ["db", "5 sql north"],
      ["replica", "7 sql north"],
      ["app", "80y!sql"],
    ],
  );
});

test("what is missing or fails is told; the rest is rendered", () => {
  const unit = readOne({
    "a/Chart.yaml": "apiVersion: v2\nname: a\ndependencies:\n  - name: common\n    repository: oci://charts.example\n",
    "a/values.yaml": "x: 1\n",
    "a/templates/a.yaml": `apiVersion: {{ include "common.version" . }}\nkind: Deployment\nmetadata:\n  name: a\n  labels: {{- include "common.labels" . | nindent 4 }}\n    own: yes\nspec:\n  {{- include "common.spec" . | nindent 2 }}\nlist:\n  - a\n  {{- include "common.items" . | nindent 2 }}\n  - b\n`,
    "a/templates/b.yaml": configMap("b", '  k: {{ required "give me k" .Values.k }}\n  l: {{ .Values.x.y.z }}\n'),
    "a/templates/broken.yaml": "{{ if }}\n",
    "a/templates/c.yaml": `${configMap("c", "  k: v\n")}---\nkind: [\n`,
  });
  assert.deepEqual(words(unit), [
    "a/Chart.yaml:4 missing-chart",
    "a/templates/broken.yaml:1 template",
    "a/templates/b.yaml:6 value-needed",
    "a/templates/b.yaml:7 template",
    "a/templates/c.yaml:9 syntax",
  ]);
  assert.deepEqual(addresses(unit), [
    "Deployment.default.a a/templates/a.yaml",
    "ConfigMap.default.b a/templates/b.yaml",
    "ConfigMap.default.c a/templates/c.yaml",
  ]);
  const [a, b] = unit.resources;
  const labels = a && nodeAt(a.body, "metadata.labels");
  assert.ok(labels?.is === "block" && labels.open && labels.keys().join() === "own");
  assert.equal(a && child(a.body, "spec")?.is, "unknown");
  const list = a && child(a.body, "list");
  assert.deepEqual(list?.is === "list" && list.items.map(({ is }) => is), ["scalar", "unknown", "scalar"]);
  assert.equal(plainAt(b, "data.k"), "unknown: it has no default: give me k");
  assert.ok(a?.connected(["Service"]).open);
});

test("loops, files and documents of one template", () => {
  const unit = readOne({
    "a/Chart.yaml": "name: a\n",
    "a/values.yaml": "names: [x, y]\n",
    "a/files/one.txt": "hello",
    "a/templates/a.yaml": `{{- range .Values.names }}\n---\n${configMap("{{ . }}", '  k: {{ $.Files.Get "files/one.txt" }}\n  n: {{ $.Files.Get "none" }}\n  {{- ($.Files.Glob "files/*").AsConfig | nindent 2 }}\n')}{{- end }}\n`,
  });
  assert.deepEqual(
    unit.resources.map((one) => [
      one.address,
      spanOf(one.at).startLine,
      plainAt(one, "data.k"),
      nodeAt(one.body, "data.n")?.is,
    ]),
    [
      ["ConfigMap.default.x", 3, "hello", "unknown"],
      ["ConfigMap.default.y", 3, "hello", "unknown"],
    ],
  );
  assert.equal(unit.resources[0] && child(child(unit.resources[0].body, "data"), "one.txt")?.is, "scalar");
});

test("charts are units of their own, but for those within others", () => {
  const chart = (name: string) => `name: ${name}\n`;
  const files = [
    "app/Chart.yaml",
    "app/charts/b/Chart.yaml",
    "app/charts/b/templates/b.yaml",
    "app/examples/c/Chart.yaml",
    "app/examples/c/values.yaml",
  ];
  const linked = [...files, "x/templates/none.yaml"].map((path) => ({ path, links: [] }));
  assert.deepEqual(helm.units(linked), [
    { root: "app", paths: files.slice(0, 3) },
    { root: "app/examples/c", paths: files.slice(3) },
  ]);
  const circle = {
    "a/Chart.yaml": `${chart("a")}dependencies: [{ name: b, repository: file://../b }]`,
    "b/Chart.yaml": `${chart("b")}dependencies: [{ name: a, repository: file://../a }]`,
  };
  assert.equal(read(circle).length, 1);
});

test("patterns of files", () => {
  for (const [pattern, path, expected] of [
    ["files/*", "files/a", true],
    ["files/*", "files/a/b", false],
    ["files/**", "files/a/b", true],
    ["**/*.yaml", "a/b/c.yaml", true],
    ["**.yaml", "a/b.yaml", true],
    ["f?[a-c]*.{yaml,json}", "fxbz.json", true],
    ["[!a]", "a", false],
    [`${"*a".repeat(60)}b`, "a".repeat(200), false],
  ] as const) {
    assert.equal(matchesGlob(pattern, path), expected, pattern);
  }
});

test("mutated charts are read without a throw", () => {
  const random = randomFrom(7);
  const pieces = [
    "{{",
    "}}",
    "{{-",
    "-}}",
    "(",
    ")",
    "|",
    '"',
    "`",
    "end",
    ".",
    "$",
    "range",
    "\n",
    " ",
    ":",
    "- ",
    "[",
    "{",
    "toYaml",
    "include",
    "nil",
    "/*",
    "\ue900",
    "\0",
  ];
  for (let round = 0; round < 300; round++) {
    const files = Object.fromEntries(
      Object.entries(web).map(([path, text]) => {
        let changed = text;
        for (let times = Math.floor(random() * 4); times > 0; times--) changed = mutateText(changed, random, pieces);
        return [path, changed];
      }),
    );
    for (const { resources } of read(files)) {
      for (const resource of resources)
        nodeAt(resource.body, "spec.template.spec.containers.securityContext.privileged");
    }
  }
});

test("a value that is a template of itself ends, and the other templates are rendered", () => {
  const pod = "apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: web, image: web }] }\n";
  const unit = readOne({
    "web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
    "web/values.yaml": 'text: "{{ tpl .Values.text . }}"\n',
    "web/templates/a.yaml": "a: {{ tpl .Values.text . }}\n",
    "web/templates/pod.yaml": pod,
  });
  assert.deepEqual(words(unit), ["web/templates/a.yaml:1 too-large"]);
  assert.deepEqual(addresses(unit), ["Pod.default.web web/templates/pod.yaml"]);
});
