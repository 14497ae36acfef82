import assert from "node:assert/strict";
import { test } from "node:test";
import { readPackages } from "../../testing/read-packages.ts";

test("conan.lock 1: the graph, the project, tools of the build", () => {
  const { lines, manifests, problems } = readPackages({
    "conan.lock": `{ "graph_lock": { "nodes": {
  "0": { "ref": "app/1.0", "requires": ["1"], "build_requires": ["3"], "path": "conanfile.py", "context": "host" },
  "1": { "ref": "png/1.6.39@me/stable#aa", "requires": ["2"], "context": "host" },
  "2": { "pref": "zlib/1.2.11#bb:cc#dd", "context": "host" },
  "3": { "ref": "cmake/3.26.0", "context": "build" },
  "4": { "ref": "1.2.3#aa" }
}, "revisions_enabled": true }, "version": "0.4" }`,
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(lines, [
    "app@1.0 conan.lock:2",
    "cmake@3.26.0 conan.lock:5 dev",
    "png@1.6.39 conan.lock:3",
    "zlib@1.2.11 conan.lock:4 transitive",
  ]);
  const [app, png, zlib] = manifests[0]?.packages ?? [];
  assert.deepEqual([app?.relation, app?.dependsOn, png?.dependsOn, zlib?.integrity], ["root", [1, 3], [2], "bb"]);
});

test("the first graphs name what they require by reference", () => {
  const text = `{ "graph_lock": { "nodes": {
  "a": { "pref": null, "requires": { "zlib/1.2.11#5f": "b" } },
  "b": { "pref": "zlib/1.2.11@me/testing#5f:19#58" } } } }`;
  assert.deepEqual(readPackages({ "conan.lock": text }).lines, ["zlib@1.2.11 conan.lock:3"]);
});

test("conan.lock 2 and conanfile.txt", () => {
  const lock = `{ "version": "0.5", "requires": [
  "zlib/1.2.13#13%1667396813.733", "1.2.3#aa" ],
  "build_requires": [ "cmake/3.26.0#aa" ] }`;
  const conanfile =
    "[requires] # these\nfmt/8.1.1\n# fmt/0.0.1\npng/[>=1.6 <2]@me/ch\n[tool_requires]\nninja/1.11\n[options]\na/b=True\n";
  assert.deepEqual(readPackages({ "conan.lock": lock, "conanfile.txt": conanfile }).lines, [
    "cmake@3.26.0 conan.lock:3 dev",
    "zlib@1.2.13 conan.lock:2",
  ]);
  const alone = readPackages({ "conanfile.txt": conanfile });
  assert.deepEqual(alone.lines, [
    "fmt@8.1.1 conanfile.txt:2",
    "ninja@1.11 conanfile.txt:6 dev",
    "png@? conanfile.txt:4",
  ]);
  assert.deepEqual([alone.manifests[0]?.packages[1]?.requirement, alone.problems[0]?.code], [">=1.6 <2", "not-locked"]);
});

test("conaninfo.txt tells what was built from what", () => {
  const text = "[requires]\n    boost/1.Y.Z\n[full_requires]\n    boost/1.75.0:aa\n    zlib/1.2.13:bb\n";
  assert.deepEqual(readPackages({ "data/fast/1.2.2/me/ch/package/9d1f/conaninfo.txt": text }).lines, [
    "boost@1.75.0 data/fast/1.2.2/me/ch/package/9d1f/conaninfo.txt:4",
    "fast@1.2.2 data/fast/1.2.2/me/ch/package/9d1f/conaninfo.txt:1",
    "zlib@1.2.13 data/fast/1.2.2/me/ch/package/9d1f/conaninfo.txt:5 transitive",
  ]);
});

test("broken files are problems", () => {
  assert.equal(readPackages({ "conan.lock": "[" }).problems[0]?.code, "syntax");
});

test("conanfile.py: literal requirements, unless a lock file stands beside it", () => {
  const text = `class App(ConanFile):
    requires = "zlib/1.2.11", ("boost/[>=1.70]", "override")
    settings = "os/x"
    tool_requires = ["cmake/3.26.0"]
    def requirements(self):
        self.requires("fmt/9.0.0", headers=True)  # self.requires("no/1")
        self.requires(f"x/{self.version}")
        self.test_requires('gtest/1.14.0')
`;
  const { lines, problems } = readPackages({ "conanfile.py": text });
  assert.deepEqual(lines, [
    "boost@? conanfile.py:2",
    "cmake@3.26.0 conanfile.py:4 dev",
    "fmt@9.0.0 conanfile.py:6",
    "gtest@1.14.0 conanfile.py:8 dev",
    "zlib@1.2.11 conanfile.py:2",
  ]);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ["not-locked"],
  );
  const lock = '{"version":"0.5","requires":["zlib/1.3"]}';
  assert.deepEqual(readPackages({ "conanfile.py": text, "conan.lock": lock }).lines, ["zlib@1.3 conan.lock:1"]);
});
