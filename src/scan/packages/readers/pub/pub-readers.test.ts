import assert from "node:assert/strict";
import { test } from "node:test";
import { readPackages } from "../../testing/read-packages.ts";

const lock = `packages:
  archive:
    dependency: transitive
    description:
      name: archive
      sha256: "aabb"
      url: "https://packages.example"
    source: hosted
    version: "2.0.13"
  build_runner:
    dependency: "direct dev"
    description: {name: build_runner, url: "https://packages.example"}
    source: hosted
    version: "2.2.1"
  binder:
    dependency: "direct main"
    description: {path: ".", ref: HEAD, resolved-ref: "3f7b3a6", url: "https://git.example/binder.git"}
    source: git
    version: "1.11.20"
  flutter:
    dependency: "direct main"
    description: flutter
    source: sdk
    version: "0.0.0"
sdks:
  flutter: ">=3.24.5"
`;

test("pubspec.lock: relations, git, checksums, parts of an SDK", () => {
  const { lines, manifests, problems } = readPackages({
    "pubspec.lock": lock,
    "pubspec.yaml":
      "name: app\ndependencies:\n  binder:\n    git: https://git.example/binder.git\ndev_dependencies:\n  build_runner: ^2.0.0\n",
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(lines, [
    "archive@2.0.13 pubspec.lock:2 transitive",
    "binder@1.11.20 pubspec.lock:15",
    "build_runner@2.2.1 pubspec.lock:10 dev",
    "flutter@0.0.0 pubspec.lock:20",
  ]);
  const [archive, runner, binder, flutter] = manifests[0]?.packages ?? [];
  assert.deepEqual([archive?.integrity, archive?.at.endLine, archive?.versionAt?.startColumn], ["aabb", 9, 15]);
  assert.deepEqual([runner?.requirement, flutter?.requirement], ["^2.0.0", ">=3.24.5"]);
  assert.deepEqual(binder?.source, { is: "git", url: "https://git.example/binder.git", commit: "3f7b3a6" });
});

test("pubspec.yaml alone gives requirements", () => {
  const { lines, problems } = readPackages({
    "pubspec.yaml":
      "name: app\nversion: 2.4.8\ndependencies:\n  dio: 5.8.0+1\n  intl: ^0.19.0\n  own:\n    path: ../own\n",
  });
  assert.deepEqual(lines, [
    "app@2.4.8 pubspec.yaml:1",
    "dio@5.8.0+1 pubspec.yaml:4",
    "intl@? pubspec.yaml:5",
    "own@? pubspec.yaml:6",
  ]);
  assert.equal(problems[0]?.code, "not-locked");
});

test("what is no YAML is a problem", () => {
  assert.equal(readPackages({ "pubspec.lock": "packages: [" }).problems[0]?.code, "syntax");
});
