import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { readPackages } from "../../testing/read-packages.ts";

test("mix.lock: Hex and git, the graph, environments of mix.exs", () => {
  const { lines, manifests, problems } = readPackages({
    "mix.lock": `%{
  "cowboy": {:hex, :cowboy, "2.9.0", "aa", [:make, :rebar3], [{:cowlib, "2.11.0", [hex: :cowlib, repo: "hexpm", optional: false]}], "hexpm", "bb"},
  "cowlib" => {:hex, :cowlib, "2.11.0", "cc", [:make], []},
  "credo": {:hex, :credo, "1.7.0", "dd", [:mix], [], "hexpm", "ee"},
  "own": {:git, "https://git.example/own.git", "0c09903", [branch: "main"]},
  "broken": {:hex, },
}
`,
    "mix.exs": `defp deps do
  [
    {:cowboy, "~> 2.9"},
    # {:never, "~> 1.0"},
    {:credo, ">= 0.0.0", only: [:dev, :test], runtime: false},
    {:own, git: "https://git.example/own.git"}
  ]
end
`,
  });
  assert.deepEqual(lines, [
    "cowboy@2.9.0 mix.lock:2",
    "cowlib@2.11.0 mix.lock:3 transitive",
    "credo@1.7.0 mix.lock:4 dev",
    "own@? mix.lock:5",
  ]);
  const [cowboy, cowlib, , own] = manifests[0]?.packages ?? [];
  assert.deepEqual([cowboy?.dependsOn, cowboy?.integrity, cowboy?.requirement], [[1], "bb", "~> 2.9"]);
  assert.equal(cowlib?.integrity, "inner:cc");
  assert.deepEqual(own?.source, { is: "git", url: "https://git.example/own.git", commit: "0c09903" });
  assert.deepEqual(
    problems.map(({ code, line }) => [code, line]),
    [["syntax", 6]],
  );
});

test("mix.exs alone gives requirements", () => {
  const { lines } = readPackages({
    "mix.exs": '[{:a, "1.2.3"}, {:b, "~> 1.0", hex: :real}, {:c, path: "../c"}, {:d, "text"}]',
  });
  assert.deepEqual(lines, ["a@1.2.3 mix.exs:1", "c@? mix.exs:1", "real@? mix.exs:1"]);
});

test("rebar.lock: packages, git, levels and hashes", () => {
  const { lines, manifests } = readPackages({
    "rebar.lock": `{"1.2.0",
[{<<"bcrypt">>,{pkg,<<"erlang_bcrypt">>,<<"1.1.5">>},0},
 {<<"bson">>,
  {git,"https://git.example/bson.git",
       {ref,"14308ab"}},
  1}]}.
[
{pkg_hash,[
 {<<"bcrypt">>, <<"AA">>}]}
].
`,
  });
  assert.deepEqual(lines, ["bson@? rebar.lock:3 transitive", "erlang_bcrypt@1.1.5 rebar.lock:2"]);
  assert.equal(manifests[0]?.packages[0]?.integrity, "inner:AA");
});

test("OTP applications name themselves", () => {
  const text = "%% made\n{application, 'rabbit', [{vsn, \"3.12.10\"}, %% it\n {modules, []}]}.";
  assert.deepEqual(readPackages({ "ebin/rabbit.app": text, "x.app": "binary" }).lines, [
    "rabbit@3.12.10 ebin/rabbit.app:1",
  ]);
});

test("Gleam: the lock file and what is asked for", () => {
  const { lines, manifests } = readPackages({
    "manifest.toml": `packages = [
  { name = "gleam_json", version = "1.0.0", build_tools = ["gleam"], requirements = ["gleam_stdlib"], otp_app = "gleam_json", source = "hex", outer_checksum = "AA" },
  { name = "gleam_stdlib", version = "0.34.0", build_tools = ["gleam"], requirements = [], source = "hex", outer_checksum = "BB" },
  { name = "gleeunit", version = "1.0.2", requirements = ["gleam_stdlib"], source = "hex" },
]
[requirements]
gleam_json = { version = "~> 1.0" }
gleeunit = { version = "~> 1.0" }
`,
    "gleam.toml": 'name = "app"\n[dependencies]\ngleam_json = "~> 1.0"\n[dev-dependencies]\ngleeunit = "~> 1.0"\n',
  });
  assert.deepEqual(lines, [
    "gleam_json@1.0.0 manifest.toml:2",
    "gleam_stdlib@0.34.0 manifest.toml:3 transitive",
    "gleeunit@1.0.2 manifest.toml:4 dev",
  ]);
  assert.deepEqual(manifests[0]?.packages[0]?.dependsOn, [1]);
});

test("hostile files cost little", () => {
  takesAtMost(15, () => {
    for (const piece of ["{", "[", '"a": {', "<<", "{:a, ", '{:a, "1"', "'", "%"]) {
      const text = `%{${piece.repeat(20_000)}`;
      readPackages({
        "mix.lock": `%{\n${`"a": {${piece}\n`.repeat(2000)}`,
        "mix.exs": text,
        "rebar.lock": text,
        "a.app": text,
      });
    }
  });
});

const rebarConfig = `%% {deps, [never]}.
{erl_opts, [debug_info, {d, 'X'}]}.
{deps, [
  cowboy,
  {jsx, "3.1.0"}, % why
  {ranch, {git, "https://git.example/ranch.git", {tag, "1.8.0"}}},
  {hackney, "~> 1.18", {pkg, hackney_x}}
]}.
{profiles, [{test, [{deps, [{meck, "0.9.2"}]}]}, {prod, [{deps, [{p, "1.0"}]}]}]}.
{plugins, [rebar3_hex]}.
`;

test("rebar.config: dependencies, profiles, plugins", () => {
  const { lines, manifests, problems } = readPackages({ "rebar.config": rebarConfig });
  assert.deepEqual(lines, [
    "cowboy@? rebar.config:4",
    "hackney_x@? rebar.config:7",
    "jsx@3.1.0 rebar.config:5",
    "meck@0.9.2 rebar.config:9 dev",
    "p@1.0 rebar.config:9",
    "ranch@? rebar.config:6",
    "rebar3_hex@? rebar.config:10 dev",
  ]);
  const source = { is: "git", url: "https://git.example/ranch.git", commit: "1.8.0" };
  assert.deepEqual(manifests[0]?.packages[2]?.source, source);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ["not-locked"],
  );
  const broken = readPackages({ "rebar.config": '{deps, [{a, "1.0"}]}.\n{deps, [b, ].\n' });
  assert.deepEqual(broken.lines, ["a@1.0 rebar.config:1"]);
  assert.deepEqual(
    broken.problems.map(({ code, line }) => `${code} ${line}`),
    ["syntax 2", "not-locked 1"],
  );
});

test("rebar.lock with the rebar.config beside it: profiles are in no lock file", () => {
  const lock = `{"1.2.0",
[{<<"jsx">>,{pkg,<<"jsx">>,<<"3.1.0">>},0},
 {<<"ranch">>,{pkg,<<"ranch">>,<<"1.8.0">>},1}]}.
`;
  const { lines, manifests, problems } = readPackages({ "rebar.lock": lock, "rebar.config": rebarConfig });
  assert.deepEqual(lines, [
    "jsx@3.1.0 rebar.lock:2",
    "meck@0.9.2 rebar.config:9 dev",
    "ranch@1.8.0 rebar.lock:3 transitive",
    "rebar3_hex@? rebar.config:10 dev",
  ]);
  assert.deepEqual(manifests.length, 1);
  assert.deepEqual(
    manifests[0]?.packages[0]?.alsoAt?.map(({ path, startLine }) => `${path}:${startLine}`),
    ["rebar.config:5"],
  );
  assert.deepEqual(problems, []);
});
