/** Dockerfiles become resources with stages and values; odd and broken ones too. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { child, type Node } from "../../../formats/node.ts";
import { spanOf } from "../../../formats/text-file.ts";
import { sourceFileOf } from "../../../source-file-of.ts";
import type { Resource } from "../../resource.ts";
import { dockerfile } from "./dockerfile.ts";

function read(text: string): readonly Resource[] {
  const file = sourceFileOf("app/Dockerfile", "0", new TextEncoder().encode(text));
  return dockerfile.read({ root: "app/Dockerfile", files: [file] }).resources;
}

function plain(node: Node | undefined): unknown {
  if (node === undefined || node.is === "unknown") return node && `? ${node.text}`;
  if (node.is === "scalar") return node.value;
  if (node.is === "list") return node.items.map(plain);
  return Object.fromEntries(node.keys().map((key) => [key, plain(child(node, key))]));
}

const names: readonly (readonly [string, boolean])[] = [
  ["Dockerfile", true],
  ["a/dockerfile", true],
  ["a/Dockerfile.prod", true],
  ["a/web.Dockerfile", true],
  ["Containerfile", true],
  ["Dockerfile.dockerignore", false],
  ["Dockerfile.md", false],
  ["a/Dockerfile/readme", false],
  ["docs/mydockerfile", false],
];

for (const [path, expected] of names) {
  test(`${path}: ${expected}`, () => assert.equal(dockerfile.selects(path), expected));
}

const parts: readonly (readonly [string, string, unknown])[] = [
  ["FROM a\nEXPOSE 22/tcp 8000-8001", "words", ["22/tcp", "8000-8001"]],
  ["ARG V=3\nFROM alpine:$V AS Build", "image", "alpine:3"],
  ["ARG V\nFROM alpine:$V", "image", `? alpine:\${V}`],
  [`FROM a\nARG U=app\nUSER \${U}`, "words", ["app"]],
  ["ARG U=app\nFROM a\nUSER $U", "words", [`? \${U}`]],
  ["ARG U=app\nFROM a\nARG U\nUSER $U", "words", ["app"]],
  ["FROM a AS one\nENV D=/x\nARG E=/y\nFROM one\nWORKDIR $D$E", "words", [`? /x\${E}`]],
  ["FROM a\nENV A=1\nARG A=2\nUSER $A", "words", ["1"]],
  ["FROM a\nENV A 1 2", "variables", { A: "1 2" }],
  ["FROM a\nENV A=\"1 2\" B='$A'", "variables", { A: "1 2", B: "$A" }],
  ["FROM a\nARG A", "variables", { A: null }],
  ['FROM a\nCOPY --from=b ["x y", "z", "/t/"]', "sources", ["x y", "z"]],
  ["FROM a AS one\nUSER x\nFROM one\nUSER y", "lastOfKind", true],
  ["FROM a AS one\nFROM b AS one", "namesakes", 1],
];

for (const [text, key, expected] of parts) {
  test(JSON.stringify(text), () => assert.deepEqual(plain(child(read(text).at(-1)?.body, key)), expected));
}

test("scripts are read wherever they stand", () => {
  const programs = (text: string) =>
    (plain(child(read(`FROM a\n${text}`).at(-1)?.body, "commands")) as { program: string }[]).map((one) => one.program);
  assert.deepEqual(programs("RUN a && b"), ["a", "b"]);
  assert.deepEqual(programs("RUN <<E\na\nb\nE"), ["a", "b"]);
  assert.deepEqual(programs("RUN bash -e <<E\na\nE"), ["bash", "a"]);
  assert.deepEqual(programs("RUN <<E\n#!/usr/bin/env python3\nimport a\nE"), []);
  assert.deepEqual(programs('RUN ["sh", "-c", "a; b"]'), ["sh", "a", "b"]);
  assert.deepEqual(programs("ONBUILD RUN a"), ["a"]);
});

test("resources begin where people see them begin, and have addresses of their own", () => {
  const resources = read("# x\nFROM a\n\nRUN make \\\n  all\nRUN make\nENV KEY=1\n");
  assert.deepEqual(
    resources.map(({ address, at }) => [address, spanOf(at).startLine]),
    [
      ["app/Dockerfile", 1],
      ["app/Dockerfile.FROM", 2],
      ["app/Dockerfile.RUN(make)", 4],
      ["app/Dockerfile.RUN(make)[1]", 6],
      ["app/Dockerfile.ENV(KEY)", 7],
    ],
  );
});

test("no mutation of a file makes the reader throw", () => {
  const text =
    `# escape=\\\nARG V=1\nFROM --platform=x a:\${V:-2} AS b\nRUN set -e; \\\n # c\n a 'b' "$(c \`d\`)" <<E\nx\nE\n` +
    'ENV A=1 B="$A"\nCOPY ["a", "b"]\nHEALTHCHECK --x=1 CMD y\n';
  const pieces = ["", "\\", '"', "'", "`", "<<E", "${", "$(", "[", "\n", "\u0000", "ONBUILD ", "FROM "];
  for (let at = 0; at < text.length; at++) {
    for (const piece of pieces) {
      for (const resource of read(text.slice(0, at) + piece + text.slice(at + 1 + (at % 3)))) plain(resource.body);
    }
  }
});
