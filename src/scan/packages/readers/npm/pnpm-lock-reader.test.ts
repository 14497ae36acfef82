import assert from "node:assert/strict";
import test from "node:test";
import { readPackages } from "../../testing/read-packages.ts";

const nine = `lockfileVersion: '9.0'

catalogs:
  default:
    react:
      specifier: ^18.0.0
      version: 18.2.0

importers:

  .:
    devDependencies:
      jest:
        specifier: ^30.0.0
        version: 30.0.0(react@17.0.0)

  packages/web:
    dependencies:
      react:
        specifier: 'catalog:'
        version: 18.2.0
      width:
        specifier: npm:string-width@^4
        version: string-width@4.2.3
      '@shop/lib':
        specifier: workspace:*
        version: link:../lib

packages:

  jest@30.0.0:
    resolution: {integrity: sha512-aa==}
    deprecated: |-
      packages:
        not-a-package@1.0.0:
    peerDependencies:
      react: '*'

  react@17.0.0:
    resolution: {integrity: sha512-bb==, tarball: https://npm.example/react/-/react-17.0.0.tgz}

  react@18.2.0:
    resolution: {integrity: sha512-cc==}

  string-width@4.2.3:
    resolution: {integrity: sha512-dd==}

  tool@https://codeload.github.com/a/tool/tar.gz/0123456789abcdef0123456789abcdef01234567:
    resolution: {tarball: https://codeload.github.com/a/tool/tar.gz/0123456789abcdef0123456789abcdef01234567}
    version: 1.1.0

snapshots:

  jest@30.0.0(react@17.0.0):
    dependencies:
      react: 17.0.0
      tool: https://codeload.github.com/a/tool/tar.gz/0123456789abcdef0123456789abcdef01234567

  ? jest@30.0.0(react@18.2.0)
  : dependencies:
      react: 18.2.0

  react@17.0.0: {}

  react@18.2.0: {}

  string-width@4.2.3:
    optional: true

  tool@https://codeload.github.com/a/tool/tar.gz/0123456789abcdef0123456789abcdef01234567: {}
`;

const expected = [
  "jest@30.0.0 pnpm-lock.yaml:31 dev",
  "react@17.0.0 pnpm-lock.yaml:39 dev transitive",
  "react@18.2.0 pnpm-lock.yaml:42",
  "string-width@4.2.3 pnpm-lock.yaml:45",
  "tool@1.1.0 pnpm-lock.yaml:48 dev transitive",
];

test("version 9: importers, snapshots with peers, aliases, catalogues", () => {
  const { lines, manifests, problems } = readPackages({ "pnpm-lock.yaml": nine });
  assert.deepEqual(problems, []);
  assert.deepEqual(lines, ["jest@30.0.0 pnpm-lock.yaml:31", ...expected.slice(1)]);
  const packages = manifests[0]?.packages ?? [];
  const jest = packages.find(({ name }) => name === "jest");
  assert.deepEqual(
    jest?.dependsOn?.map((at) => `${packages[at]?.name}@${packages[at]?.version}`),
    ["react@17.0.0", "tool@1.1.0", "react@18.2.0"],
  );
  assert.equal(packages.find(({ name }) => name === "tool")?.source?.is, "git");
  assert.equal(packages.find(({ version }) => version === "17.0.0")?.source, undefined);
});

test("a version that a catalogue decides is edited in it", () => {
  const { manifests } = readPackages({
    "pnpm-lock.yaml": nine,
    "pnpm-workspace.yaml":
      "packages: [packages/*]\ncatalog:\n  react: ^18.0.0 # for all\noverrides:\n  'tool': 1.1.0\n",
    "packages/web/package.json": '{"dependencies":{"react":"catalog:"}}',
  });
  const named = (name: string, version: string) =>
    manifests[0]?.packages.find((one) => one.name === name && one.version === version);
  const react = named("react", "18.2.0");
  assert.deepEqual(react?.versionAt, {
    path: "pnpm-workspace.yaml",
    startLine: 3,
    startColumn: 10,
    endLine: 3,
    endColumn: 17,
  });
  assert.equal(react?.requirement, "^18.0.0");
  assert.deepEqual(
    react?.alsoAt?.map(({ path }) => path),
    ["pnpm-workspace.yaml", "packages/web/package.json"],
  );
  assert.equal(named("tool", "1.1.0")?.versionAt?.startColumn, 11);
});

test("the same in another YAML is the same", () => {
  const other = nine.replaceAll("\n      ", "\n       ").replaceAll("\n    dependencies:", "\n    dependencies: # all");
  assert.deepEqual(
    readPackages({ "pnpm-lock.yaml": other }).lines.map((line) => line.split(" ")[0]),
    expected.map((line) => line.split(" ")[0]),
  );
});

test("a second document, as pnpm writes it before the first for itself", () => {
  const own = `lockfileVersion: '9.0'\nimporters:\n  .:\n    configDependencies:\n      hooks:\n        specifier: 1.0.0\n        version: 1.0.0\npackages:\n  hooks@1.0.0:\n    resolution: {integrity: sha512-ee==}\n`;
  const { lines } = readPackages({ "pnpm-lock.yaml": `---\n${own}---\n${nine}` });
  assert.equal(lines.length, expected.length + 1);
  assert.ok(lines.includes("hooks@1.0.0 pnpm-lock.yaml:10 dev"));
});

test("versions 5 and 6 name their packages by paths and tell what is for development", () => {
  const five = `lockfileVersion: 5.4

importers:

  packages/a:
    specifiers:
      foo: ^1.0.0
      bar: ^2.0.0
    dependencies:
      foo: 1.4.0_@types+node@7.1.14
    devDependencies:
      bar: /@real/bar/2.0.0

packages:

  /foo/1.4.0_@types+node@7.1.14:
    resolution: {integrity: sha512-a}
    dependencies:
      '@real/bar': 2.0.0
    dev: false

  /@real/bar/2.0.0:
    resolution: {integrity: sha512-b}
    dev: true

  npm.example/@other/x/3.0.0:
    resolution: {integrity: sha512-c}
`;
  const { lines, manifests } = readPackages({
    "pnpm-lock.yaml": five,
    "packages/a/package.json": '{"dependencies":{\n"foo":"^1.0.0"},"devDependencies":{\n"bar":"npm:@real/bar@^2.0.0"}}',
  });
  assert.deepEqual(lines, [
    "@other/x@3.0.0 pnpm-lock.yaml:26 transitive",
    "@real/bar@2.0.0 pnpm-lock.yaml:22 dev",
    "foo@1.4.0 pnpm-lock.yaml:16",
  ]);
  assert.deepEqual(manifests[0]?.packages[0]?.dependsOn, [1]);
  assert.equal(manifests[0]?.packages[1]?.versionAt?.startLine, 3);

  const six = `lockfileVersion: '6.0'\n\ndependencies:\n  foo:\n    specifier: ^1.0.0\n    version: 1.4.0(bar@2.0.0)\n\npackages:\n\n  /foo@1.4.0(bar@2.0.0):\n    resolution: {integrity: sha512-a}\n    dev: false\n\n  registry.example/@other/x@3.0.0:\n    dev: true\n\n  github.com/a/b/0123456789abcdef0123456789abcdef01234567:\n    resolution: {tarball: https://codeload.github.com/a/b/tar.gz/0123456789abcdef0123456789abcdef01234567}\n    name: b\n    version: 1.0.0\n`;
  assert.deepEqual(readPackages({ "pnpm-lock.yaml": six }).lines, [
    "@other/x@3.0.0 pnpm-lock.yaml:14 dev transitive",
    "b@1.0.0 pnpm-lock.yaml:17 transitive",
    "foo@1.4.0 pnpm-lock.yaml:10",
  ]);
});

test("Rush: the lock file of all projects lies elsewhere than where it is used", () => {
  const lock = `lockfileVersion: '9.0'
importers:
  .: {}
  ../../apps/web:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.2.0
    devDependencies:
      b:
        specifier: ^2.0.0
        version: 2.0.1
packages:
  a@1.2.0:
    resolution: {integrity: sha512-a}
  b@2.0.1:
    resolution: {integrity: sha512-b}
snapshots:
  a@1.2.0: {}
  b@2.0.1: {}
`;
  for (const root of ["", "js/"]) {
    const { lines, manifests, problems } = readPackages({
      [`${root}common/config/rush/pnpm-lock.yaml`]: lock,
      [`${root}apps/web/package.json`]: '{"name":"web","dependencies":{"a":"^1.0.0"},"devDependencies":{"b":"^2.0.0"}}',
      [`${root}tools/package.json`]: '{"name":"tools"}',
    });
    const path = `${root}common/config/rush/pnpm-lock.yaml`;
    assert.deepEqual(lines, [`a@1.2.0 ${path}:14`, `b@2.0.1 ${path}:16 dev`, `tools@? ${root}tools/package.json:1`]);
    const [first] = manifests.flatMap(({ packages }) => packages);
    assert.equal(first?.versionAt?.path, `${root}apps/web/package.json`);
    assert.deepEqual(problems, []);
  }
});
