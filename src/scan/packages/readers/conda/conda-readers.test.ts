import assert from "node:assert/strict";
import { test } from "node:test";
import { readPackages } from "../../testing/read-packages.ts";

const lock = `version: 1
metadata:
  platforms:
  - linux-64
package:
- name: numpy
  version: 1.20.3
  manager: conda
  platform: linux-64
  dependencies:
    python: '>=3.8'
    libblas: ''
  category: main
  optional: false
- name: numpy
  version: 1.20.3
  manager: conda
  platform: osx-64
  dependencies: {}
- name: python
  version: '3.10'
  manager: conda
- name: pytest
  version: 8.0.0
  manager: pip
  category: dev
`;

test("conda-lock.yml: each package once for all platforms, of both managers, with what was asked for", () => {
  const environment =
    "name: science\ndependencies:\n- numpy\n- pip:\n  - --extra-index-url https://me:word@own.example/simple\n  - pytest\n";
  const { manifests, lines, problems } = readPackages({ "conda-lock.yml": lock, "environment.yml": environment });
  assert.deepEqual(lines, [
    "numpy@1.20.3 conda-lock.yml:6",
    "pytest@8.0.0 conda-lock.yml:23 dev",
    "python@3.10 conda-lock.yml:20 transitive",
  ]);
  const [manifest, ...others] = manifests;
  assert.deepEqual(others, []);
  assert.deepEqual([manifest?.root?.name, manifest?.isLocked], ["science", true]);
  assert.deepEqual(
    manifest?.packages.map(({ ecosystem, dependsOn, alsoAt = [] }) => [
      ecosystem,
      dependsOn,
      alsoAt.map(({ path, startLine }) => `${path}:${startLine}`),
    ]),
    [
      ["Conda", [1], ["environment.yml:3", "conda-lock.yml:15"]],
      ["Conda", [], []],
      ["PyPI", [], ["environment.yml:6"]],
    ],
  );
  assert.deepEqual(
    manifest?.feeds?.map(({ address, isBesideOthers }) => [address, isBesideOthers]),
    [["https://own.example/simple", true]],
  );
  assert.deepEqual(problems, []);
});

test("pixi.lock: names and versions of conda stand in the address, older ones in fields", () => {
  const newer = `version: 6
environments:
  default:
    packages:
      linux-64:
      - conda: https://c.example/linux-64/scikit-learn-1.4.0-py311_0.conda
packages:
- conda: https://c.example/linux-64/scikit-learn-1.4.0-py311_0.conda
  sha256: aa
  depends:
  - numpy >=1
  license: BSD-3-Clause
- pypi: https://files.example/requests-2.31.0-py3-none-any.whl
  name: requests
  version: 2.31.0
- pypi: ./
  name: own
  version: 0.1.0
`;
  const read = readPackages({ "pixi.lock": newer });
  assert.deepEqual(read.lines, [
    "own@0.1.0 pixi.lock:16",
    "requests@2.31.0 pixi.lock:13",
    "scikit-learn@1.4.0 pixi.lock:8",
  ]);
  assert.deepEqual(read.manifests[0]?.packages[0]?.licenses, ["BSD-3-Clause"]);
  assert.deepEqual(read.manifests[0]?.packages[2]?.source, { is: "path", path: "./" });
  const older = "version: 4\npackages:\n- kind: conda\n  name: _libgcc_mutex\n  version: '0.1'\n  build: main\n";
  assert.deepEqual(readPackages({ "a/pixi.lock": older }).lines, ["_libgcc_mutex@0.1 a/pixi.lock:3"]);
});

test("explicit lists of conda", () => {
  const text =
    "# platform: linux-64\n@EXPLICIT\nhttps://c.example/linux-64/numpy-1.26.0-py311h64a7726_0.conda#aa\nhttps://c.example/noarch/tzdata-2024a-0.tar.bz2\n";
  assert.deepEqual(readPackages({ "conda-linux-64.lock": text }).lines, [
    "numpy@1.26.0 conda-linux-64.lock:3",
    "tzdata@2024a conda-linux-64.lock:4",
  ]);
  assert.deepEqual(readPackages({ "explicit.txt": "a list of something else\n" }).manifests, []);
});

test("what is no lock file of conda", () => {
  for (const path of ["conda-lock.yml", "pixi.lock"]) {
    const { manifests, problems } = readPackages({ [path]: "hello: 1\n" });
    assert.deepEqual([manifests.length, problems.map(({ code }) => code)], [0, ["syntax"]], path);
    assert.deepEqual(readPackages({ [path]: "" }).problems, []);
  }
});
