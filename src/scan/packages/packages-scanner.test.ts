import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceFileOf } from "../source-file-of.ts";
import { packageReaders } from "./readers.generated.ts";
import { readPackages } from "./testing/read-packages.ts";

const files: Readonly<Record<string, string>> = {
  "requirements.txt": "-r requirements-dev.txt\nflask==2.0.0\n",
  "requirements-dev.txt": "-r requirements.txt\npytest==7.0.0\n",
};

test("files that name each other are read once, and none is lost", () => {
  assert.deepEqual(
    readPackages(files).lines.map((line) => line.replace(/ dev$/, "")),
    ["flask@2.0.0 requirements.txt:2", "pytest@7.0.0 requirements-dev.txt:2"],
  );
});

test("XML is read in the encoding that it names", () => {
  const text =
    '<?xml version="1.0" encoding="ISO-8859-1"?><!-- caf\xe9 --><packages><package id="A" version="1.0"/></packages>';
  const file = sourceFileOf("packages.config", "0", Buffer.from(text, "latin1"));
  const reader = packageReaders.find(({ format }) => format === "packages.config");
  const [manifest] = reader?.read(file, { get: () => undefined, paths: [] }).manifests ?? [];
  assert.deepEqual(
    manifest?.packages.map(({ name }) => name),
    ["A"],
  );
});

test("every reader lives through garbage: nothing is thrown, and what is no text is a problem or nothing", () => {
  const garbage = [
    "",
    "\0\0\0",
    "{",
    "[[[[",
    "<a",
    '"',
    "}\n]]\n",
    "\ufeff",
    "a: &a [*a, *a]\nb: *a",
    "x".repeat(50_000),
  ];
  const context = { get: () => undefined, paths: [] };
  for (const reader of packageReaders) {
    for (const text of garbage) {
      const file = {
        path: `x/${reader.format}`,
        objectId: "0",
        size: text.length,
        bytes: () => Buffer.from(text),
        text: () => text,
      };
      const read = reader.read(file, context);
      assert(Array.isArray(read.manifests) && Array.isArray(read.problems), reader.format);
      reader.pullsIn?.(file);
    }
    const unreadable = {
      path: `x/${reader.format}`,
      objectId: "0",
      size: 1,
      bytes: () => new Uint8Array([0]),
      text: () => undefined,
    };
    assert.deepEqual(
      reader.read(unreadable, context).manifests.flatMap(({ packages }) => packages),
      [],
      reader.format,
    );
  }
});
