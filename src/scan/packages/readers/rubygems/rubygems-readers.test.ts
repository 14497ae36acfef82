import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { readPackages } from "../../testing/read-packages.ts";

const lock = `GIT
  remote: https://git.example/tools.git
  revision: 5904fc9a70683b8749aa2861257d0c8c01eae4aa
  specs:
    tools (2.0.0.alpha1)
      rack (~> 2.0)

PATH
  remote: .
  specs:
    mine (0.1.0)
      rack

GEM
  remote: https://gems.example/
  specs:
    minitest (5.1.0)
    nokogiri (1.15.0)
      racc (~> 1.4)
    nokogiri (1.15.0-x86_64-linux)
      racc (~> 1.4)
    racc (1.7.3)
    rack (2.2.3)

PLATFORMS
  ruby

DEPENDENCIES
  mine!
  minitest
  nokogiri (~> 1.15)
  tools!

CHECKSUMS
  nokogiri (1.15.0) sha256=aa
  nokogiri (1.15.0-x86_64-linux) sha256=bb

BUNDLED WITH
   2.5.0
`;
const gemfile = `source "https://gems.example"
gemspec
gem "nokogiri", "~> 1.15"
group :development, :test do
  gem 'minitest'
end
if ENV["X"]
  gem "tools", git: "https://git.example/tools.git", group: [:test]
end
`;

test("Gemfile.lock: sources, platforms, checksums, the graph, and groups from the Gemfile", () => {
  const { manifests, lines, problems } = readPackages({ "Gemfile.lock": lock, Gemfile: gemfile });
  assert.deepEqual(problems, []);
  assert.deepEqual(lines, [
    "mine@0.1.0 Gemfile.lock:11",
    "minitest@5.1.0 Gemfile.lock:17 dev",
    "nokogiri@1.15.0 Gemfile.lock:18",
    "racc@1.7.3 Gemfile.lock:22 transitive",
    "rack@2.2.3 Gemfile.lock:23 transitive",
    "tools@2.0.0.alpha1 Gemfile.lock:5 dev",
  ]);
  const packages = manifests[0]?.packages ?? [];
  const nokogiri = packages.find(({ name }) => name === "nokogiri");
  assert.equal(nokogiri?.integrity, "sha256=aa");
  assert.deepEqual(
    nokogiri?.alsoAt?.map(({ path, startLine }) => `${path}:${startLine}`),
    ["Gemfile.lock:20", "Gemfile:3"],
  );
  assert.deepEqual(
    nokogiri?.dependsOn?.map((at) => packages[at]?.name),
    ["racc"],
  );
  assert.equal(packages[0]?.source?.is, "git");
});

test("a Gemfile without a lock file gives requirements and says so", () => {
  const text = `gem "a", "1.2.3"\ngem 'b', '>= 1',\n  '< 3', group: :test # c\n# gem "no"\ngem name\ngem "d", path: "../d"\n`;
  const { lines, problems, manifests } = readPackages({ Gemfile: text });
  assert.deepEqual(lines, ["a@1.2.3 Gemfile:1", "b@? Gemfile:2 dev", "d@? Gemfile:6"]);
  assert.equal(manifests[0]?.packages[1]?.requirement, ">= 1, < 3");
  assert.deepEqual(
    problems.map(({ code, isNotice }) => [code, isNotice]),
    [["not-locked", true]],
  );
});

test("a gemspec takes its version from the constant of a required file", () => {
  const { lines } = readPackages({
    "x.gemspec": `require_relative "lib/x/version"
Gem::Specification.new do |s|
  s.name = "x".freeze
  s.version = X::Version
  s.add_dependency %q<rack>.freeze, [">= 0"]
  s.add_development_dependency("rake", "= 13.0.6")
end
`,
    "lib/x/version.rb": 'module X\n  VERSION = "4.0.0"\nend\n',
  });
  assert.deepEqual(lines, ["rack@? x.gemspec:5", "rake@13.0.6 x.gemspec:6 dev", "x@4.0.0 x.gemspec:3"]);
});

test("a gemspec's version is what it says itself, and no word of a call", () => {
  const versionOf = (written: string) => {
    const text = `version = "0.9"
module X
  VERSION = "1.0"
end
Gem::Specification.new do |s|
  s.name = "x"
  s.version = ${written}
end
`;
    return readPackages({ "x.gemspec": text }).manifests[0]?.root?.version;
  };
  assert.deepEqual(
    [
      "X::VERSION",
      "::X::Version",
      "version",
      '"2.0".freeze',
      "Gem::Version.new('3.0')",
      'File.read("VERSION").strip',
    ].map(versionOf),
    ["1.0", "1.0", "0.9", "2.0", "3.0", undefined],
  );
});

test("what is no lock file is a problem", () => {
  assert.equal(readPackages({ "Gemfile.lock": "malformed" }).problems[0]?.code, "syntax");
});

test("hostile files cost little", () => {
  takesAtMost(15, () => {
    for (const piece of [
      "GEM\n  specs:\n    a (1)\n      b\n",
      'gem "',
      "gem 'a',\n",
      "'\\",
      "group :a do\n",
      "s.version = '",
    ]) {
      const text = piece.repeat(10_000);
      readPackages({ "Gemfile.lock": text, Gemfile: text, "a.gemspec": text });
    }
  });
});

test("a gemspec may give name and version to the constructor", () => {
  const { manifests } = readPackages({
    "a.gemspec": 'Gem::Specification.new "aa", "1.2" do |s|\n  s.add_dependency "rack"\nend\n',
    "b.gemspec": 'Gem::Specification.new("bb", "1.0") do |s|\n  s.version = "2.0"\nend\n',
  });
  assert.deepEqual(
    manifests.map(({ root }) => root),
    [
      { name: "aa", version: "1.2" },
      { name: "bb", version: "2.0" },
    ],
  );
});

test("sources of a Gemfile, those of blocks and gems with the names that they are for", () => {
  const gemfile = `source "https://me:word@gems.example"
source "https://own.example/gems" do
  group :test do
    gem "a"
  end
  gem "b", "1.0"
end
gem "c", source: "https://other.example"
gem "d"
`;
  const lock = "GEM\n  remote: https://gems.example/\n  specs:\n    d (1.0)\n\nDEPENDENCIES\n  d\n";
  for (const files of [{ Gemfile: gemfile }, { Gemfile: gemfile, "Gemfile.lock": lock }]) {
    const [manifest] = readPackages(files).manifests;
    assert.deepEqual(
      manifest?.feeds?.map(({ address, scopes, at }) => [address, scopes, `${at.path}:${at.startLine}`]),
      [
        ["https://gems.example", undefined, "Gemfile:1"],
        ["https://own.example/gems", ["a", "b"], "Gemfile:2"],
        ["https://other.example", ["c"], "Gemfile:8"],
      ],
    );
  }
});
