import assert from "node:assert/strict";
import { test } from "node:test";
import type { Feed } from "#model/package-manifest.ts";
import { readPackages } from "../../testing/read-packages.ts";

const shown = ({ address, scopes = [], at }: Feed) => `${scopes.join()} ${address} :${at.startLine}`.trim();
const feeds = (texts: Readonly<Record<string, string>>) =>
  readPackages(texts).manifests.flatMap((manifest) => (manifest.feeds ?? []).map(shown));

test("registries of Yarn and Bun, without logins", () => {
  const berry = `npmRegistryServer: "https://me:word@npm.example/all/"
npmScopes:
  contoso:
    npmRegistryServer: https://feed.example/npm/
    npmAuthToken: x
  other:
    npmAlwaysAuth: true
`;
  assert.deepEqual(feeds({ ".yarnrc.yml": berry }), [
    "https://npm.example/all/ :1",
    "@contoso https://feed.example/npm/ :4",
  ]);
  const classic =
    '# registry "https://no.example"\nregistry "https://a.example/"\n"@contoso:registry" https://b.example/\n';
  assert.deepEqual(feeds({ ".yarnrc": `${classic}registry 'https://c.example/'\n` }), [
    "https://c.example/ :4",
    "@contoso https://b.example/ :3",
  ]);
  const bun = `[install]
registry = { url = "https://npm.example/", token = "$TOKEN" }
[install.scopes]
contoso = "https://feed.example/"
"@other" = { url = "https://me:word@o.example/" }
`;
  assert.deepEqual(feeds({ "bunfig.toml": bun }), [
    "https://npm.example/ :2",
    "@contoso https://feed.example/ :4",
    "@other https://o.example/ :5",
  ]);
});

test("settings without a registry say nothing, and broken ones what is wrong", () => {
  for (const files of [
    { ".yarnrc.yml": "nodeLinker: pnp\n" },
    { "bunfig.toml": "[test]\nroot = 'x'\n" },
    { ".yarnrc": "" },
  ])
    assert.deepEqual(readPackages(files), { manifests: [], problems: [], lines: [] });
  for (const files of [{ ".yarnrc.yml": "a: [\n" }, { "bunfig.toml": "[install\n" }]) {
    const { manifests, problems } = readPackages(files);
    assert.deepEqual([manifests.length, problems.length], [0, 1], JSON.stringify(files));
  }
});

test("bun.lockb is told, not read, unless bun.lock stands beside it", () => {
  const project = '{"name":"a","dependencies":{"b":"^1.0.0"}}';
  const alone = readPackages({ "package.json": project, "bun.lockb": "#!/usr/bin/env bun\n\0\u0001" });
  assert.deepEqual(alone.lines, ["a@? package.json:1", "b@? package.json:1"]);
  assert.deepEqual(
    alone.problems.map(({ code, path, isNotice }) => `${path} ${code} ${isNotice}`),
    ["package.json not-locked true", "bun.lockb unsupported true"],
  );
  assert.match(alone.problems[1]?.message ?? "", /bun install --save-text-lockfile/);
  const lock =
    '{"lockfileVersion":1,"workspaces":{"":{"name":"a","dependencies":{"b":"^1.0.0"}}},"packages":{"b":["b@1.2.0","",{},""]}}';
  const beside = readPackages({ "package.json": project, "bun.lockb": "\0", "bun.lock": lock });
  assert.deepEqual(beside.problems, []);
  assert.deepEqual(beside.lines, ["a@? bun.lock:1", "b@1.2.0 bun.lock:1"]);
});

test("yarn.lock: ranges of a catalogue in .yarnrc.yml, also where a name has several versions", () => {
  const entry = (name: string, range: string, version: string) =>
    `"${name}@npm:${range}":\n  version: ${version}\n  resolution: "${name}@npm:${version}"\n  linkType: hard\n`;
  const lock = `__metadata:
  version: 8

${entry("a", "^1.0.0", "1.0.0")}
${entry("a", "^2.0.0", "2.1.0")}
${entry("b", "^3.0.0", "3.0.1")}
"r@workspace:.":
  version: 0.0.0-use.local
  resolution: "r@workspace:."
  dependencies:
    a: "catalog:"
    b: "catalog:old"
  linkType: soft
`;
  const { manifests, problems } = readPackages({
    "yarn.lock": lock,
    "package.json": '{"name":"r","dependencies":{"a":"catalog:","b":"catalog:old"}}',
    ".yarnrc.yml": "catalog:\n  a: ^2.0.0\ncatalogs:\n  old:\n    b: ^3.0.0\n",
  });
  const [manifest] = manifests.filter(({ path }) => path === "yarn.lock");
  assert.deepEqual(
    manifest?.packages.map(({ name, version, relation, versionAt }) =>
      [name, version, relation, versionAt && `${versionAt.path}:${versionAt.startLine}`].join(" "),
    ),
    ["a 1.0.0 transitive ", "a 2.1.0 direct .yarnrc.yml:2", "b 3.0.1 direct .yarnrc.yml:5", "r  root "],
  );
  assert.deepEqual(problems, []);
});
