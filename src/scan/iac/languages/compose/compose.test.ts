/** Compose files become services with their variables, anchors and what they extend worked out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { child, type Node } from "../../../formats/node.ts";
import { spanOf } from "../../../formats/text-file.ts";
import { sourceFileOf } from "../../../source-file-of.ts";
import { compose } from "./compose.ts";
import { mountsOf, portsOf } from "./short-forms.ts";

const fileOf = (path: string, text: string) => sourceFileOf(path, "0", new TextEncoder().encode(text));

function read(...texts: readonly string[]) {
  const files = texts.map((text, at) => fileOf(at === 0 ? "compose.yaml" : `part${at}.compose.yaml`, text));
  return compose.read({ root: "compose.yaml", files });
}

function service(...texts: readonly string[]): Node | undefined {
  return read(...texts).resources.at(-1)?.body;
}

function plain(node: Node | undefined): unknown {
  if (node === undefined || node.is === "unknown") return node && `? ${node.text}`;
  if (node.is === "scalar") return node.value;
  if (node.is === "list") return node.items.map(plain);
  return Object.fromEntries(node.keys().map((key) => [key, plain(child(node, key))]));
}

const names: readonly (readonly [string, boolean])[] = [
  ["docker-compose.yml", true],
  ["a/compose.prod.yaml", true],
  ["docker-compose-dev.yml", true],
  ["web.compose.yml", true],
  ["composer.json", false],
  ["docs/decompose.yml", false],
];

for (const [path, expected] of names) {
  test(`${path}: ${expected}`, () => assert.equal(compose.selects(path), expected));
}

const bodies: readonly (readonly [string, unknown])[] = [
  ["services:\n  a:\n    image: x:$V\n", { image: `? x:\${V}` }],
  [`services:\n  a:\n    image: x:\${V:-1}\n    user: $$me\n`, { image: "x:1", user: "$me" }],
  ["x: &x\n  privileged: true\nservices:\n  a:\n    <<: *x\n    image: b\n", { privileged: true, image: "b" }],
  [
    "services:\n  a:\n    image: b\n    environment:\n      - K=v\n      - L\n",
    { image: "b", environment: { K: "v", L: null } },
  ],
  [
    "services:\n  b:\n    image: c\n    cap_add: [X]\n    environment: { A: 1, B: 2 }\n  a:\n    extends: b\n    cap_add: [Y]\n    environment: [A=3]\n",
    { image: "c", cap_add: ["X", "Y"], environment: { A: "3", B: 2 }, extends: "b" },
  ],
];

for (const [text, expected] of bodies) {
  test(JSON.stringify(text), () => assert.deepEqual(plain(service(text)), expected));
}

test("a service of another file is followed, or leaves the service open", () => {
  const text = "services:\n  a:\n    extends: { file: part1.compose.yaml, service: b }\n    user: me\n";
  assert.deepEqual(compose.links(fileOf("compose.yaml", text)), ["part1.compose.yaml"]);
  assert.equal(plain(child(service(text, "services:\n  b:\n    image: c:1\n"), "image")), "c:1");
  const alone = service(text);
  assert.match((alone?.is === "block" && alone.open) || "", /cannot be seen/);
});

test("services that extend each other in a circle come to an end", () => {
  assert.equal(read("services:\n  a:\n    extends: b\n  b:\n    extends: a\n").resources.length, 3);
});

test("a service begins at its name", () => {
  const { resources } = read("# x\nservices:\n  web:\n    image: a\n");
  assert.deepEqual(
    resources.map(({ address, at }) => [address, spanOf(at).startLine]),
    [
      ["compose.yaml", 2],
      ["services.web", 3],
    ],
  );
});

test("mounts and ports are one thing, short or long", () => {
  const text = `services:
  a:
    image: x
    volumes: ["./a:/b:ro,rshared", data:/c, /only, "C:\\\\d:/d", { type: bind, source: /e, target: /f, read_only: true }]
    ports: ["1:2", 3, "127.0.0.1:4:5/udp", "6-7:8-9", "[::1]:1:2", "0.0.0.0::7", { target: 10, host_ip: 127.0.0.1 }, "$P:11", "$P"]
`;
  const node = service(text);
  assert.ok(node);
  assert.deepEqual(
    mountsOf(node).items.map(({ source, target, options }) => [source, target, options.join()]),
    [
      ["./a", "/b", "ro,rshared"],
      ["data", "/c", ""],
      ["C:\\d", "/d", ""],
      ["/e", "/f", "ro"],
    ],
  );
  assert.deepEqual(
    portsOf(node).items.map(({ address, first, last }) => [address, first, last]),
    [
      [undefined, 2, 2],
      [undefined, 3, 3],
      ["127.0.0.1", 5, 5],
      [undefined, 8, 9],
      ["[::1]", 2, 2],
      ["0.0.0.0", 7, 7],
      ["127.0.0.1", 10, 10],
      [undefined, 11, 11],
    ],
  );
  assert.ok(portsOf(node).unknown);
});

test("no mutation of a file makes the reader throw", () => {
  const text = `x: &x { a: "\${B:-c}" }\nservices:\n  a:\n    <<: *x\n    extends: b\n    ports: ["1:2"]\n  b:\n    image: "c:\${D}"\n    environment: [E=1]\n`;
  for (let at = 0; at < text.length; at++) {
    for (const piece of ["", "\n", ":", "[", `\${`, "- ", "\t", "*x", "\u0000"]) {
      const { resources } = read(text.slice(0, at) + piece + text.slice(at + 1 + (at % 3)));
      for (const { body } of resources) {
        plain(body);
        mountsOf(body);
        portsOf(body);
      }
    }
  }
});
