/** Kustomizations are built as their documentation says, and every value keeps the place of the file that wrote it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { randomFrom } from "#model/testing/random.ts";
import type { Node } from "../../../formats/node.ts";
import { spanOf } from "../../../formats/text-file.ts";
import { sourceFileOf } from "../../../source-file-of.ts";
import { nodeAt } from "../../condition.ts";
import type { ReadUnit } from "../../resource.ts";
import { mutateText } from "../../testing/mutate-text.ts";
import { kustomize } from "./kustomize.ts";

type Files = Readonly<Record<string, string>>;

function read(files: Files): Readonly<Record<string, ReadUnit>> {
  const sources = Object.entries(files)
    .map(([path, text]) => sourceFileOf(path, "0", new TextEncoder().encode(text)))
    .filter((file) => kustomize.selects(file.path) && kustomize.recognizes?.(file) !== false);
  const plans = kustomize.units(sources.map((file) => ({ path: file.path, links: kustomize.links(file) })));
  return Object.fromEntries(
    plans.map(({ root, paths }) => [
      root,
      kustomize.read({ root, files: sources.filter(({ path }) => paths.includes(path)) }),
    ]),
  );
}

function bare(node: Node | undefined): unknown {
  if (!node) return undefined;
  if (node.is === "list") return node.items.map(bare);
  if (node.is === "block") return Object.fromEntries(node.keys().map((key) => [key, bare(node.get(key)?.value)]));
  return node.is === "scalar" ? node.value : `unknown: ${node.reason}`;
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      serviceAccountName: sa
      containers:
        - name: web
          image: nginx:1.7.9
          ports: [{ containerPort: 80 }]
          env: [{ name: A, value: a }, { name: B, value: b }]
          envFrom: [{ configMapRef: { name: cm } }]
        - { name: side, image: "registry.example:5000/side" }
`;

const account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: sa }\n";
const base: Files = {
  "base/kustomization.yaml": "resources: [web.yaml, sa.yaml]\nconfigMapGenerator: [{ name: cm, literals: [a=b] }]\n",
  "base/web.yaml": deployment,
  "base/sa.yaml": account,
};

/** Values of the Deployment under an overlay that says this. */
function built(overlay: string, paths: readonly string[], more: Files = {}): readonly unknown[] {
  const unit = read({ ...base, "over/kustomization.yaml": `resources: [../base]\n${overlay}`, ...more }).over;
  assert.deepEqual(unit?.problems, [], overlay);
  const found = unit.resources.find(({ types }) => types.includes("Deployment"));
  return paths.map((path) => bare(found && nodeAt(found.body, path)));
}

const container = "spec.template.spec.containers[0]";
const text = (lines: string) => lines.replace(/^/gm, "    ").trimStart();

test("settings of the documentation", () => {
  const cases: readonly (readonly [overlay: string, path: string, expected: unknown])[] = [
    ["namespace: prod\n", "metadata.namespace", "prod"],
    ["namePrefix: a-\nnameSuffix: -z\n", "metadata.name", "a-web-z"],
    ["namePrefix: a-\n", "spec.template.spec.serviceAccountName", "a-sa"],
    ["namePrefix: a-\n", `${container}.envFrom[0].configMapRef.name`, "a-cm"],
    ["commonLabels: { team: shop }\n", "spec.selector.matchLabels", { app: "web", team: "shop" }],
    ["commonLabels: { team: shop }\n", "spec.template.metadata.labels.team", "shop"],
    ["labels: [{ pairs: { team: shop } }]\n", "spec.selector.matchLabels", { app: "web" }],
    ["labels: [{ pairs: { team: shop } }]\n", "metadata.labels.team", "shop"],
    ["labels: [{ pairs: { t: s }, includeTemplates: true }]\n", "spec.template.metadata.labels.t", "s"],
    ["commonAnnotations: { note: hi }\n", "spec.template.metadata.annotations.note", "hi"],
    ["images: [{ name: nginx, newTag: 1.8.0 }]\n", `${container}.image`, "nginx:1.8.0"],
    ["images: [{ name: nginx, newName: my, digest: sha256:ab }]\n", `${container}.image`, "my@sha256:ab"],
    ["images: [{ name: registry.example:5000/side, newName: own }]\n", "spec.template.spec.containers[1].image", "own"],
    ["replicas: [{ name: web, count: 5 }]\n", "spec.replicas", 5],
  ];
  for (const [overlay, path, expected] of cases) assert.deepEqual(built(overlay, [path]), [expected], overlay);
});

test("strategic merge patches", () => {
  const patch = (spec: string) =>
    `patches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: { name: web }\n    spec: ${text(spec)}\n`;
  const pod = (containers: string) => patch(`{ template: { spec: { containers: [${containers}] } } }`);
  const cases: readonly (readonly [overlay: string, path: string, expected: unknown])[] = [
    [patch("{ replicas: 3 }"), "spec.replicas", 3],
    [patch("{ replicas: null }"), "spec.replicas", undefined],
    [
      pod("{ name: web, env: [{ name: B, value: z }] }"),
      `${container}.env`,
      [
        { name: "A", value: "a" },
        { name: "B", value: "z" },
      ],
    ],
    [pod("{ name: web, image: other }"), `${container}.ports`, [{ containerPort: 80 }]],
    [pod("{ name: side, $patch: delete }"), "spec.template.spec.containers.name", "web"],
    [pod("{ $patch: replace }, { name: only }"), "spec.template.spec.containers", [{ name: "only" }]],
    [patch("{ selector: { $patch: replace, matchLabels: { x: z } } }"), "spec.selector", { matchLabels: { x: "z" } }],
  ];
  for (const [overlay, path, expected] of cases) assert.deepEqual(built(overlay, [path]), [expected], overlay);
  const deleting =
    "patchesStrategicMerge:\n- |-\n  $patch: delete\n  apiVersion: apps/v1\n  kind: Deployment\n  metadata: { name: web }\n";
  assert.deepEqual(built(deleting, ["kind"]), [undefined]);
});

test("JSON patches and targets", () => {
  const patch = (operations: string, target = "{ kind: Deployment }") =>
    `patches:\n- target: ${target}\n  patch: |-\n    ${text(operations)}\n`;
  const cases: readonly (readonly [overlay: string, path: string, expected: unknown])[] = [
    [patch("- { op: replace, path: /spec/replicas, value: 3 }"), "spec.replicas", 3],
    [patch("- { op: remove, path: /spec/template/spec/containers/1 }"), "spec.template.spec.containers.name", "web"],
    [
      patch("- { op: add, path: /spec/template/spec/containers/0/env/-, value: { name: Z } }"),
      `${container}.env[2]`,
      { name: "Z" },
    ],
    [
      patch(
        "- { op: add, path: /metadata/annotations, value: {} }\n- { op: add, path: /metadata/annotations/a~1b~0c, value: d }",
      ),
      "metadata.annotations",
      { "a/b~c": "d" },
    ],
    [patch("- { op: move, from: /spec/replicas, path: /spec/x }"), "spec.x", 1],
    [patch("- { op: replace, path: /spec/replicas, value: 3 }", "{ kind: Deploy.*, name: we. }"), "spec.replicas", 3],
    [patch("- { op: replace, path: /spec/replicas, value: 3 }", "{ name: we }"), "spec.replicas", 1],
    [
      patch("- { op: replace, path: /spec/replicas, value: 3 }", '{ kind: Deployment, name: "(w+)+x" }'),
      "spec.replicas",
      1,
    ],
    ["patches:\n- path: p.json\n  target: { kind: Deployment }\n", "spec.replicas", 8],
  ];
  const file = { "over/p.json": '[{ "op": "replace", "path": "/spec/replicas", "value": 8 }]' };
  for (const [overlay, path, expected] of cases) assert.deepEqual(built(overlay, [path], file), [expected], overlay);
});

test("components, generators, replacements, and patches that know an earlier name", () => {
  const component = {
    "part/kustomization.yaml":
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nreplicas: [{ name: web, count: 4 }]\n",
  };
  assert.deepEqual(built("components: [../part]\nnamePrefix: a-\n", ["spec.replicas"], component), [4]);
  const replacement = `replacements:\n- source: { kind: ConfigMap, name: cm, fieldPath: data.a }\n  targets:\n  - select: { kind: Deployment }\n    fieldPaths: ["spec.template.spec.containers.[name=web].env.[name=B].value"]\n`;
  assert.deepEqual(built(replacement, [`${container}.env[1].value`]), ["b"]);
  const { top } = read({
    ...base,
    "mid/kustomization.yaml": "resources: [../base]\nnamePrefix: mid-\n",
    "top/kustomization.yaml":
      "resources: [../mid]\nnamePrefix: top-\npatches:\n- path: p.yaml\nconfigMapGenerator: [{ name: cm, behavior: merge, literals: [c=d], files: [x.txt] }]\nsecretGenerator: [{ name: s, literals: [k=v] }]\n",
    "top/p.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 9 }\n",
  });
  assert.deepEqual(
    top?.resources.map(({ body }) => [
      bare(nodeAt(body, "metadata.name")),
      bare(nodeAt(body, "spec.replicas") ?? nodeAt(body, "data")),
    ]),
    [
      ["top-mid-web", 9],
      ["top-mid-sa", undefined],
      ["top-mid-cm", { a: "b", c: "d", "x.txt": "unknown: it is the content of x.txt" }],
      ["top-s", { k: "dg==" }],
    ],
  );
});

test("places stay in the file that decided, and a base is known by its own names", () => {
  const overlay =
    "resources: [../base]\nnamespace: prod\nnamePrefix: a-\nimages: [{ name: nginx, newTag: v2 }]\npatches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata:\n      name: web\n    spec:\n      template:\n        spec:\n          hostNetwork: true\n";
  const { over, other } = read({
    ...base,
    "over/kustomization.yaml": overlay,
    "other/kustomization.yaml": "resources: [../base]\nnamespace: test\n",
  });
  const [web] = over?.resources ?? [];
  assert.ok(web);
  const place = (path: string) => {
    const node = nodeAt(web.body, path);
    return node && [node.at.file.path, spanOf(node.at).startLine, node.from?.file.path];
  };
  assert.deepEqual(
    ["spec.replicas", "spec.template.spec.hostNetwork", "metadata.namespace", `${container}.image`].map(place),
    [
      ["base/web.yaml", 5, undefined],
      ["over/kustomization.yaml", 14, undefined],
      ["over/kustomization.yaml", 2, undefined],
      ["base/web.yaml", 13, "over/kustomization.yaml"],
    ],
  );
  assert.deepEqual([web.at.file.path, web.address], ["base/web.yaml", "Deployment.default.web"]);
  assert.deepEqual(
    other?.resources.map(({ address }) => address),
    over?.resources.map(({ address }) => address),
  );
  assert.equal(web.calledFrom[0] && spanOf(web.calledFrom[0]).startLine, 7);
});

test("units are the kustomizations that no other uses", () => {
  const units = read({
    ...base,
    "over/kustomization.yml": "bases: [../base]\n",
    "alone/Kustomization": "resources: [x.yaml]\n",
    "alone/x.yaml": account,
    "a/kustomization.yaml": "resources: [../b]\n",
    "b/kustomization.yaml": "resources: [../a]\n",
  });
  assert.deepEqual(Object.keys(units), ["over", "alone", "a"]);
});

test("what is elsewhere or missing is told", () => {
  const { "": unit } = read({
    "kustomization.yaml":
      'resources:\n- https://git.example/team/base?ref=v1\n- none.yaml\n- sa.yaml\n- ../../outside\nhelmCharts: [{ name: redis }]\npatches:\n- path: none.yaml\n- patch: \'[{ "op": "remove", "path": "/spec/x" }]\'\n  target: { kind: ServiceAccount }\n',
    "sa.yaml": account,
  });
  assert.deepEqual(
    unit?.problems.map(({ code, line, isNotice }) => [code, line, isNotice === true]),
    [
      ["missing-base", 2, true],
      ["missing-base", 3, true],
      ["missing-base", 5, true],
      ["not-built", 6, true],
      ["missing-patch", 8, true],
      ["patch", 9, false],
    ],
  );
  assert.equal(unit.resources.length, 1);
  assert.ok(unit.resources[0]?.connected(["Secret"]).open);
});

test("any number of changes of one object is made", () => {
  const operations = Array.from({ length: 20_000 }, (_, n) => ({ op: "replace", path: "/spec/replicas", value: n }));
  const patches = "patches: [{ path: patch.json, target: { kind: Deployment } }]\n";
  const more: Files = { "over/patch.json": JSON.stringify(operations) };
  assert.deepEqual(built(patches, ["spec.replicas", `${container}.name`], more), [19_999, "web"]);
});

test("a thousand patches of a thousand objects cost what they are long", () => {
  const each = (write: (n: number) => string) => Array.from({ length: 1000 }, (_, n) => write(n));
  const objects = each((n) => `apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: sa${n} }\n`);
  const patches = each(
    (n) =>
      `- target: { kind: ServiceAccount, name: "sa${n}" }\n  patch: |-\n    - { op: add, path: /x, value: y${n} }\n`,
  );
  const files = {
    "all.yaml": objects.join("---\n"),
    "kustomization.yaml": `resources: [all.yaml]\npatches:\n${patches.join("")}`,
  };
  const { "": unit } = takesAtMost(2, () => read(files));
  const last = nodeAt(unit!.resources[999]!.body, "x");
  assert.equal(bare(last), "y999");
  assert.equal(spanOf(last!.from ?? last!.at).startLine, 3 + 3 * 999 + 2);
});

test("hostile kustomizations end", () => {
  const doubling = Object.fromEntries(
    Array.from({ length: 22 }, (_, n) => [
      `k${n}/kustomization.yaml`,
      n === 21 ? "resources: [../sa.yaml]\n" : `resources: [../k${n + 1}, ../k${n + 1}]\n`,
    ]),
  );
  const { k0 } = read({ ...doubling, "sa.yaml": account });
  assert.ok(k0?.problems.some(({ code }) => code === "too-large"));
  const random = randomFrom(3);
  const files: Files = {
    ...base,
    "over/kustomization.yaml":
      "resources: [../base]\nnamePrefix: a-\nlabels: [{ pairs: { a: b }, includeSelectors: true }]\nimages: [{ name: nginx, newTag: v2 }]\nreplacements: [{ source: { kind: ConfigMap }, targets: [{ select: { kind: Deployment }, fieldPaths: [spec.replicas] }] }]\npatches:\n- target: { kind: Deployment }\n  patch: |-\n    - { op: add, path: /spec/x, value: { a: [1] } }\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: { name: web }\n    spec: { template: { spec: { containers: [{ name: web, image: x }] } } }\n",
  };
  const pieces = [
    "[",
    "]",
    "{",
    "}",
    ":",
    "- ",
    "\n",
    " ",
    "|",
    "&a ",
    "*a",
    "$patch: delete",
    "null",
    "/",
    "~1",
    '"',
    "<<: ",
  ];
  for (let round = 0; round < 150; round++) {
    const mutated = Object.entries(files).map(([path, content]) => {
      let changed = content;
      for (let times = Math.floor(random() * 4); times > 0; times--) changed = mutateText(changed, random, pieces);
      return [path, changed] as const;
    });
    for (const { resources } of Object.values(read(Object.fromEntries(mutated))))
      for (const { body } of resources) bare(body);
  }
});
