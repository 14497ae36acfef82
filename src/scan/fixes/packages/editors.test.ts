/** Lock files and lists of checksums: what is written where the facts are known, and what is said where they are not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FixPlan, PublishedVersion } from "#model/fix-plan.ts";
import { planOf } from "../testing/plan-of.ts";

type Texts = Readonly<Record<string, string>>;

function planned(plan: FixPlan) {
  assert.equal(plan.is, "planned", plan.is === "refused" ? plan.because : "");
  return plan as Extract<FixPlan, { is: "planned" }>;
}

const sum = (digit: string) => `sha256:${digit.repeat(64)}`;
const yarn = (header: string, version: string, integrity: string) =>
  [
    ...["# yarn lockfile v1", "", "", `${header}:`, `  version "${version}"`],
    `  resolved "https://registry.example/json/-/json-${version}.tgz${version === "1.0.1" ? "#0123" : ""}"`,
    ...[`  integrity ${integrity}`, "  dependencies:", '    inner "^1.0.0"', ""],
    ...["inner@^1.0.0:", '  version "1.0.0"', ""],
  ].join("\n");
const module = (version: string) => `module a\n\ngo 1.25.1\n\nrequire b.example/json v${version} // indirect\n`;
const wholeGraph = (version: string) =>
  `module a\n\ngo 1.16\n\nrequire (\n\tb.example/inner v1.6.0\n\tb.example/json v${version}\n)\n`;
const goSum = (version: string) =>
  `b.example/json v${version} h1:${"A".repeat(43)}=\nb.example/json v${version}/go.mod h1:${"B".repeat(43)}=\n`;

interface Whole {
  readonly files: Texts;
  readonly of: string;
  readonly published: Readonly<Record<string, PublishedVersion>>;
  readonly expected: Texts;
}

const whole: Readonly<Record<string, Whole>> = {
  "hashes of pip": {
    files: {
      "requirements.txt": `json==1.0.1 \\\n    --hash=${sum("0")} \\\n    --hash=${sum("1")}\nother==1.0 --hash=${sum("2")}\n`,
    },
    of: "json",
    published: {
      "json@1.0.1": {
        files: [
          { name: "a", hash: sum("0") },
          { name: "b", hash: sum("1") },
        ],
        requirements: ["other"],
      },
      "json@1.2.0": {
        files: [
          { name: "a", hash: sum("4") },
          { name: "b", hash: sum("3") },
        ],
        requirements: ["other<2"],
      },
    },
    expected: {
      "requirements.txt": `json==1.2.0 \\\n    --hash=${sum("3")} \\\n    --hash=${sum("4")}\nother==1.0 --hash=${sum("2")}\n`,
    },
  },
  "Go's checksums": {
    files: { "go.mod": module("1.0.1"), "go.sum": goSum("1.0.1") },
    of: "b.example/json",
    published: {
      "b.example/json@1.2.0": {
        integrity: `h1:${"A".repeat(43)}=`,
        modIntegrity: `h1:${"B".repeat(43)}=`,
        dependencies: {},
      },
    },
    expected: { "go.mod": module("1.2.0"), "go.sum": goSum("1.0.1") + goSum("1.2.0") },
  },
  "a yarn.lock and the project that asks": {
    files: {
      "package.json": '{\n  "dependencies": {\n    "json": "^1.0.0"\n  }\n}\n',
      "yarn.lock": yarn("json@^1.0.0", "1.0.1", "sha512-old"),
    },
    of: "json",
    published: { "json@1.2.0": { integrity: "sha512-new", dependencies: { inner: "^1.0.0" } } },
    expected: {
      "package.json": '{\n  "dependencies": {\n    "json": "^1.2.0"\n  }\n}\n',
      "yarn.lock": yarn("json@^1.2.0", "1.2.0", "sha512-new"),
    },
  },
  "Gradle's lock file and the build file beside it": {
    files: {
      "gradle.lockfile": "org:json:1.0.1=runtimeClasspath\nempty=\n",
      "build.gradle": 'dependencies { implementation "org:json:1.0.1" }\n',
    },
    of: "org:json",
    published: {},
    expected: {
      "gradle.lockfile": "org:json:1.2.0=runtimeClasspath\nempty=\n",
      "build.gradle": 'dependencies { implementation "org:json:1.2.0" }\n',
    },
  },
};

for (const [name, { files, of, published, expected }] of Object.entries(whole)) {
  test(`written as its tool would write it: ${name}`, () => {
    const { plan, after, left } = planOf({ files, of, published });
    assert.deepEqual([planned(plan).needsRestore, planned(plan).said], [false, []]);
    assert.deepEqual(after, expected);
    assert.deepEqual(left, []);
  });
}

interface Restored {
  readonly files: Texts;
  readonly of?: string;
  readonly published?: Readonly<Record<string, PublishedVersion>>;
  /** What is written, old and new. */
  readonly edit: readonly [path: string, old: string, now: string];
  readonly said: string;
}

const poetryLock = '[[package]]\nname = "json"\nversion = "1.0.1"\nfiles = []\n\n[metadata]\nlock-version = "2.0"\n';
const berry =
  '__metadata:\n  version: 8\n\n"json@npm:^1.0.0":\n  version: 1.0.1\n  resolution: "json@npm:1.0.1"\n  checksum: 10/00\n  languageName: node\n  linkType: hard\n\n"app@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "app@workspace:."\n  dependencies:\n    json: "npm:^1.0.0"\n  languageName: unknown\n  linkType: soft\n';
const pnpmLock =
  "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      outer:\n        specifier: ^1.0.0\n        version: 1.0.0\npackages:\n  json@1.0.1:\n    resolution: {integrity: sha512-a}\n  outer@1.0.0:\n    resolution: {integrity: sha512-b}\nsnapshots:\n  json@1.0.1: {}\n  outer@1.0.0:\n    dependencies:\n      json: 1.0.1\n";
const outer = '{\n  "dependencies": {\n    "outer": "^1.0.0"\n  }\n}\n';
const nugetLock = JSON.stringify({
  version: 1,
  dependencies: { "net8.0": { Json: { type: "Direct", requested: "[1.0.1, )", resolved: "1.0.1", contentHash: "a" } } },
});
const project = (version: string) =>
  `<Project Sdk="Microsoft.NET.Sdk">\n  <PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>\n  <ItemGroup><PackageReference Include="Json" Version="${version}" /></ItemGroup>\n</Project>\n`;
const restored: Readonly<Record<string, Restored>> = {
  NuGet: {
    files: { "a.csproj": project("1.0.1"), "packages.lock.json": nugetLock },
    edit: ["a.csproj", '"1.0.1"', '"1.2.0"'],
    said: "packages.lock.json still has Json 1.0.1: run `dotnet restore --force-evaluate` and commit the file.",
  },
  Poetry: {
    files: {
      "pyproject.toml": '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\njson = "^1.0.0" # kept\n',
      "poetry.lock": poetryLock,
    },
    edit: ["pyproject.toml", "^1.0.0", "^1.2.0"],
    said: "poetry.lock is not written here: what json 1.2.0 needs and the checksums of its files are not known here. poetry.lock still has json 1.0.1: run `poetry lock` and commit the file.",
  },
  "Yarn with checksums of archives": {
    files: { "package.json": '{"name": "app", "dependencies": {"json": "^1.0.0"}}', "yarn.lock": berry },
    edit: ["package.json", "^1.0.0", "^1.2.0"],
    said: "yarn.lock still has json 1.0.1: run `yarn install` and commit the file.",
  },
  "pnpm, where others bring it in": {
    files: { "package.json": outer, "pnpm-lock.yaml": pnpmLock },
    edit: ["package.json", "\n  }\n}", '\n  },\n  "pnpm": {\n    "overrides": {\n      "json": "1.2.0"\n    }\n  }\n}'],
    said: "pnpm-lock.yaml still has json 1.0.1: run `pnpm install` and commit the file.",
  },
  "pnpm with overrides in its settings": {
    files: {
      "package.json": outer,
      "pnpm-lock.yaml": pnpmLock,
      "pnpm-workspace.yaml": "packages: []\noverrides:\n    other: 1.0.0\n",
    },
    edit: ["pnpm-workspace.yaml", "overrides:\n", 'overrides:\n    "json": "1.2.0"\n'],
    said: "pnpm-lock.yaml still has json 1.0.1: run `pnpm install` and commit the file.",
  },
  "Go before 1.17, which wants the checksum of each version that is asked for": {
    files: { "go.mod": wholeGraph("1.0.1"), "go.sum": goSum("1.0.1") },
    of: "b.example/json",
    published: {
      "b.example/json@1.2.0": {
        integrity: `h1:${"A".repeat(43)}=`,
        modIntegrity: `h1:${"B".repeat(43)}=`,
        dependencies: { "b.example/inner": "v1.5.0" },
      },
    },
    edit: ["go.mod", "1.0.1", "1.2.0"],
    said: "go.sum does not have the checksums of b.example/json 1.2.0: run `go mod tidy` and commit both files.",
  },
  "Go without checksums": {
    files: { "go.mod": module("1.0.1"), "go.sum": goSum("1.0.1") },
    of: "b.example/json",
    edit: ["go.mod", "1.0.1", "1.2.0"],
    said: "go.sum does not have the checksums of b.example/json 1.2.0: run `go mod tidy` and commit both files.",
  },
};

for (const [name, { files, of = "json", published = {}, edit, said }] of Object.entries(restored)) {
  test(`the project is edited, and what to run is said: ${name}`, () => {
    const { plan, after } = planOf({ files, of, published });
    const [path, old, now] = edit;
    // Behind it may stand why the lock file is not written.
    assert.deepEqual([planned(plan).needsRestore, planned(plan).said[0]], [true, said]);
    assert.deepEqual(after, { ...files, [path]: files[path]?.replace(old, now) });
  });
}

test("nothing is edited where no edit would be sound, and the reason is said", () => {
  const cases: readonly (readonly [Texts, RegExp])[] = [
    [
      { "requirements.txt": `json==1.0.1 --hash=${sum("0")} --hash=${sum("1")}\n` },
      /names hashes.*`pip-compile --upgrade-package json==1\.2\.0`/,
    ],
    [{ "poetry.lock": poetryLock }, /run `poetry update json`/],
    [{ "package.json": '{"dependencies": {"json": "^0.9.0 || ^1.0.0"}}' }, /Raise json to 1\.2\.0/],
    [
      {
        ".github/workflows/a.yml": `on: push\njobs:\n  a:\n    steps:\n      - uses: own/json@${"0".repeat(40)} # v1.0.1\n`,
      },
      /pinned to a commit/,
    ],
  ];
  for (const [files, because] of cases) {
    const { plan, findings } = planOf({ files, of: findName(files) });
    assert.ok(findings.length > 0);
    assert.equal(plan.is, "refused");
    assert.match(plan.is === "refused" ? plan.because : "", because);
  }
});

function findName(files: Texts): string {
  return Object.keys(files).some((path) => path.startsWith(".github")) ? "own/json" : "json";
}

test("one package goes up in all manifests of a repository", () => {
  const files = { "requirements.txt": "json==1.0.1\n", "other/requirements.txt": "json==1.1.0\n" };
  const { after, left } = planOf({ files, of: "json" });
  assert.deepEqual(after, { "requirements.txt": "json==1.2.0\n", "other/requirements.txt": "json==1.2.0\n" });
  assert.deepEqual(left, []);
});
