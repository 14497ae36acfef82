import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { readPackages } from "../../testing/read-packages.ts";

const pins = `"pins" : [
    { "identity" : "algorithms", "kind" : "remoteSourceControl", "location" : "https://git.example/apple/Algorithms.git",
      "state" : { "revision" : "b14b7f4", "version" : "1.0.0" } },
    { "identity" : "mmio", "kind" : "remoteSourceControl", "location" : "git@git.example:apple/mmio.git",
      "state" : { "branch" : "main", "revision" : "80c109b" } }
  ]`;

test("Package.resolved 2 and 3, with the requests of Package.swift", () => {
  const { lines, manifests } = readPackages({
    "Package.resolved": `{ ${pins}, "version" : 3 }`,
    "Package.swift": `dependencies: [
  // .package(url: "https://git.example/never", from: "1.0.0"),
  .package(url: "https://git.example/apple/algorithms", .upToNextMajor(from: "1.0.0")),
]`,
  });
  assert.deepEqual(lines, [
    "git.example/apple/Algorithms@1.0.0 Package.resolved:2",
    "git.example/apple/mmio@? Package.resolved:4 transitive",
  ]);
  const [algorithms, mmio] = manifests[0]?.packages ?? [];
  assert.deepEqual(
    [algorithms?.requirement, algorithms?.source, algorithms?.integrity],
    ['.upToNextMajor(from: "1.0.0")', undefined, "b14b7f4"],
  );
  assert.deepEqual([mmio?.requirement, mmio?.source?.is], ["main", "git"]);
});

test("Package.resolved 1", () => {
  const text = `{ "object": { "pins": [ { "package": "Nimble", "repositoryURL": "ssh://git@git.example/Quick/Nimble.git",
  "state": { "branch": null, "revision": "c93", "version": "9.2.1" } } ] }, "version": 1 }`;
  assert.deepEqual(readPackages({ "Package.resolved": text }).lines, [
    "git.example/Quick/Nimble@9.2.1 Package.resolved:1",
  ]);
});

test("Package.swift alone gives requirements", () => {
  const text = '.package(name: "A", url: "https://git.example/a/b.git", exact: "1.2.3"), .package(path: "../own")';
  const { lines, problems } = readPackages({ "Package.swift": text });
  assert.deepEqual(lines, ["../own@? Package.swift:1", "git.example/a/b@1.2.3 Package.swift:1"]);
  assert.equal(problems[0]?.code, "not-locked");
});

test("Podfile.lock: parts of pods, the graph, sources and checksums", () => {
  const { lines, manifests } = readPackages({
    "Podfile.lock": `PODS:
  - Cache (3.0.3):
    - Cache/Core (= 3.0.3)
  - Cache/Core (3.0.3)
  - "Own/NSData+zlib (0.1.0)"
DEPENDENCIES:
  - Cache (~> 3.0)
  - Own/NSData+zlib (from \`https://git.example/own.git\`)
EXTERNAL SOURCES:
  Own:
    :git: https://git.example/own.git
CHECKOUT OPTIONS:
  Own:
    :commit: abc123
SPEC CHECKSUMS:
  Cache: 7a8f
COCOAPODS: 1.11.2
`,
  });
  assert.deepEqual(lines, [
    "Cache/Core@3.0.3 Podfile.lock:4 transitive",
    "Cache@3.0.3 Podfile.lock:2",
    "Own/NSData+zlib@0.1.0 Podfile.lock:5",
  ]);
  const [cache, core, own] = manifests[0]?.packages ?? [];
  assert.deepEqual([cache?.dependsOn, cache?.requirement, core?.integrity], [[1], "~> 3.0", "7a8f"]);
  assert.deepEqual(own?.source, { is: "git", url: "https://git.example/own.git", commit: "abc123" });
});

test("broken and hostile files are problems", () => {
  assert.equal(readPackages({ "Package.resolved": "{" }).problems[0]?.code, "syntax");
  assert.equal(readPackages({ "Podfile.lock": "a: b" }).problems[0]?.code, "syntax");
  takesAtMost(15, () => {
    for (const piece of [".package(", '.package("', '{"pins":[', "git@"]) {
      readPackages({ "Package.swift": piece.repeat(20_000), "b/Package.resolved": piece.repeat(20_000) });
    }
  });
});

test("Cartfile.resolved of Carthage", () => {
  const text = `github "Alamofire/Alamofire" "5.4.0"
git "https://git.example/x.git" "v1.0"
git "https://git.example/y.git" "0123456789012345678901234567890123456789"
binary "https://b.example/z.json" "2.0"
else
`;
  const { lines, problems } = readPackages({ "Cartfile.resolved": text });
  assert.deepEqual(lines, [
    "git.example/x@1.0 Cartfile.resolved:2",
    "git.example/y@? Cartfile.resolved:3",
    "github.com/Alamofire/Alamofire@5.4.0 Cartfile.resolved:1",
    "https://b.example/z.json@2.0 Cartfile.resolved:4",
  ]);
  assert.deepEqual(
    problems.map(({ code, line }) => `${code} ${line}`),
    ["syntax 5"],
  );
});
