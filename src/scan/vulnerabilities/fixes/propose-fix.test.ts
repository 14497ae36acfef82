import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "#model/finding.ts";
import { readPackages } from "../../packages/testing/read-packages.ts";
import { applyEdits } from "../testing/apply-edits.ts";
import { advisory, judged } from "../testing/judge-packages-of.ts";

type Texts = Readonly<Record<string, string>>;

/** What the readers make of the files, judged by one advisory. */
function findingsIn(texts: Texts, name: string, [from, to]: readonly [string, string]): readonly Finding[] {
  const world = { advisories: { [name]: [advisory("GHSA-2222-2222-2222", [from, to])] } };
  return readPackages(texts).manifests.flatMap((manifest) => judged(manifest, world).findings);
}

const project = (...lines: readonly string[]) =>
  ['<Project Sdk="Microsoft.NET.Sdk">', ...lines.map((line) => `  ${line}`), "</Project>", ""].join("\n");
const central = (version: string) =>
  project(
    "<PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>",
    `<ItemGroup><PackageVersion Include="Json" Version="${version}" /></ItemGroup>`,
  );
const dependencies = (section: string) => `{ "name": "app", "dependencies": { ${section} } }`;

interface Raised {
  readonly files: Texts;
  readonly of: string;
  readonly range?: readonly [string, string];
  /** What the edits write, in their order. */
  readonly writes: readonly string[];
  readonly isSafe?: boolean;
  readonly title?: string;
}

const cases: Readonly<Record<string, Raised>> = {
  "a reference in a project": {
    files: { "a.csproj": project('<ItemGroup><PackageReference Include="Json" Version="1.0.1" /></ItemGroup>') },
    of: "json",
    writes: ["1.2.0"],
    isSafe: true,
  },
  "a range keeps its upper end": {
    files: { "a.csproj": project('<ItemGroup><PackageReference Include="Json" Version="[1.0.1, 2.0)" /></ItemGroup>') },
    of: "json",
    writes: ["[1.2.0, 2.0)"],
    isSafe: true,
  },
  "a range from a prerelease": {
    files: { "package.json": dependencies('"json": "^1.0.0-next.3"') },
    of: "json",
    writes: ["^1.2.0"],
    isSafe: true,
  },
  "a property": {
    files: {
      "a.csproj": project(
        "<PropertyGroup><JsonVersion>1.0.1</JsonVersion></PropertyGroup>",
        '<ItemGroup><PackageReference Include="Json" Version="$(JsonVersion)" /></ItemGroup>',
      ),
    },
    of: "json",
    writes: ["1.2.0"],
    isSafe: true,
  },
  "a central version": {
    files: {
      "Directory.Packages.props": central("1.0.1"),
      "src/a.csproj": project('<ItemGroup><PackageReference Include="Json" /></ItemGroup>'),
    },
    of: "json",
    writes: ["1.2.0"],
    isSafe: true,
  },
  "a packages.config, whose projects name folders": {
    files: { "packages.config": '<packages><package id="Json" version="1.0.1" /></packages>' },
    of: "json",
    writes: ["1.2.0"],
    title: "Raise Json to 1.2.0, in the references of the project as well, then run `nuget restore`",
  },
  "a caret": {
    files: { "package.json": dependencies('"json": "^1.0.1"') },
    of: "json",
    writes: ["^1.2.0"],
    isSafe: true,
  },
  "a bare minor, which is a range in npm": {
    files: { "package.json": dependencies('"json": "1.0"') },
    of: "json",
    writes: ["~1.2.0"],
    isSafe: true,
  },
  "an alias": {
    files: { "package.json": dependencies('"j": "npm:json@~1.0.1"') },
    of: "json",
    writes: ["~1.2.0"],
    isSafe: true,
  },
  "a step over a major version": {
    files: { "package.json": dependencies('"json": "^1.0.1"') },
    of: "json",
    range: ["0", "3.0.0"],
    writes: ["^3.0.0"],
  },
  "a property of a POM": {
    files: {
      "pom.xml": [
        "<project><groupId>a</groupId><artifactId>b</artifactId><version>1</version>",
        "<properties><json>1.0.1</json></properties><dependencies><dependency>",
        `<groupId>org</groupId><artifactId>json</artifactId><version>${"$"}{json}</version>`,
        "</dependency></dependencies></project>",
      ].join("\n"),
    },
    of: "org:json",
    writes: ["1.2.0"],
    isSafe: true,
  },
  "a pin of pip": { files: { "requirements.txt": "json==1.0.1\n" }, of: "json", writes: ["1.2.0"], isSafe: true },
  "a module that another one brings in": {
    files: { "go.mod": "module a\n\ngo 1.25.1\n\nrequire b.example/json v1.0.1 // indirect\n" },
    of: "b.example/json",
    writes: ["1.2.0"],
    title: "Raise b.example/json to 1.2.0, then run `go mod tidy`",
  },
  "a crate": {
    files: { "Cargo.toml": '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\njson = "1.0"\n' },
    of: "json",
    writes: ["1.2.0"],
    isSafe: true,
  },
  "a gem that must not go up as far any more": {
    files: { Gemfile: "gem 'json', '~> 1.0'\n" },
    of: "json",
    writes: ["~> 1.2.0"],
  },
  "a version for one of several platforms": {
    files: { "libs.versions.toml": '[libraries]\njson = "org:json:1.0.1-jre"\n' },
    of: "org:json",
    range: ["0", "1.2.0-android"],
    title: "Raise org:json to 1.2.0-jre",
    writes: ["1.2.0-jre"],
    isSafe: true,
  },
  "the language of a module is another one then": {
    files: { "go.mod": "module a\n\ngo 1.23.1\n" },
    of: "stdlib",
    range: ["0", "1.25.2"],
    writes: ["1.25.2"],
    title: "Raise Go to 1.25.2, then run `go mod tidy`",
  },
  "the tag of an image": {
    files: { Dockerfile: "FROM images.example/dotnet/runtime:1.0.1-alpine\n" },
    of: "Microsoft.NETCore.App",
    writes: ["1.2.0-alpine"],
  },
};

const usual = ["0", "1.2.0"] as const;

for (const [name, { files, of, range = usual, writes, isSafe = false, title }] of Object.entries(cases)) {
  test(`raised in the form that stands there: ${name}`, () => {
    const [finding, ...others] = findingsIn(files, of, range);
    assert.equal(others.length, 0);
    assert.ok(finding?.fix);
    const { edits, safe, title: said } = finding.fix;
    assert.deepEqual(
      edits.map(({ text }) => text),
      writes,
    );
    assert.equal(safe, isSafe);
    assert.equal(said, title ?? `Raise ${finding.package?.name} to ${range[1]}`);
    assert.deepEqual(findingsIn(applyEdits(files, edits), of, range), []);
  });
}

const nugetLock = JSON.stringify({
  version: 1,
  dependencies: {
    "net8.0": {
      Json: { type: "Direct", requested: "[1.0.0, )", resolved: "1.0.0", dependencies: { Inner: "1.0.0" } },
      Inner: { type: "Transitive", resolved: "1.0.0" },
    },
  },
});

test("a transitive package of .NET is pinned beside the one that brings it in, with central versions in both files", () => {
  const own = '<PackageReference Include="Json" Version="1.0.0" />';
  const target = "<PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>";
  const alone = { "packages.lock.json": nugetLock, "a.csproj": project(target, `<ItemGroup>${own}</ItemGroup>`) };
  const [finding] = findingsIn(alone, "inner", ["0", "1.2.0"]);
  assert.equal(finding?.fix?.title, "Pin Inner to 1.2.0 beside Json, then run `dotnet restore --force-evaluate`");
  const written = applyEdits(alone, finding.fix.edits)["a.csproj"] ?? "";
  assert.match(
    written,
    /<PackageReference Include="Json" Version="1.0.0" \/>\n +<PackageReference Include="Inner" Version="1.2.0" \/>/,
  );

  const shared = {
    "packages.lock.json": nugetLock,
    "Directory.Packages.props": central("1.0.0"),
    "a.csproj": project(target, '<ItemGroup><PackageReference Include="Json" /></ItemGroup>'),
  };
  const edits = findingsIn(shared, "inner", ["0", "1.2.0"])[0]?.fix?.edits ?? [];
  assert.deepEqual(
    edits.map(({ at, text }) => [at.path, text.trim()]),
    [
      ["Directory.Packages.props", '<PackageVersion Include="Inner" Version="1.2.0" />'],
      ["a.csproj", '<PackageReference Include="Inner" />'],
    ],
  );
});

function npmLock(packages: Readonly<Record<string, object>>): Texts {
  return { "package-lock.json": JSON.stringify({ name: "app", lockfileVersion: 3, packages }) };
}

test("what npm, Yarn and Bun bring in is overridden in package.json, where one version is good for all", () => {
  const manifest = (more: string) => `{\n  "name": "app",\n  "dependencies": {\n    "outer": "^1.0.0"\n  }${more}\n}\n`;
  const outer = { version: "1.0.0", dependencies: { json: "^1.0.0" } };
  const packages = {
    "": { name: "app", dependencies: { outer: "^1.0.0" } },
    "node_modules/outer": outer,
    "node_modules/json": { version: "1.0.0" },
  };
  const written = (more: string, lock: Texts) => {
    const files = { "package.json": manifest(more), ...lock };
    const edits = findingsIn(files, "json", usual)[0]?.fix?.edits ?? [];
    const text = applyEdits(files, edits)["package.json"] ?? "";
    return { ...(JSON.parse(text) as { overrides?: object; resolutions?: object }), text };
  };
  const fresh = written("", npmLock(packages));
  assert.deepEqual(fresh.overrides, { json: "1.2.0" });
  assert.equal(fresh.text, manifest(',\n  "overrides": {\n    "json": "1.2.0"\n  }'));
  const more = ',\n  "overrides": {\n    "other": "1.0.0"\n  }';
  assert.deepEqual(written(more, npmLock(packages)).overrides, { json: "1.2.0", other: "1.0.0" });
  assert.deepEqual(written(', "overrides": {}', npmLock(packages)).overrides, { json: "1.2.0" });
  const yarn = [
    "# yarn lockfile v1\n",
    'outer@^1.0.0:\n  version "1.0.0"\n  dependencies:\n    json "^1.0.0"\n',
    'json@^1.0.0:\n  version "1.0.0"\n',
  ].join("\n");
  assert.deepEqual(written("", { "yarn.lock": yarn }).resolutions, { json: "1.2.0" });

  const newer = npmLock({ ...packages, "node_modules/outer/node_modules/json": { version: "2.0.0" } });
  const [finding] = findingsIn({ "package.json": manifest(""), ...newer }, "json", usual);
  assert.deepEqual(finding?.fix?.edits, []);
  assert.match(finding.fix.title, /, and only where that version is asked for, then run `npm install`$/);
});

test("where no edit is sound, words say what to do", () => {
  const transitive = npmLock({
    "": { name: "app", dependencies: { outer: "^1.0.0" } },
    "node_modules/outer": { version: "1.0.0", dependencies: { json: "^1.0.0" } },
    "node_modules/json": { version: "1.0.0" },
  });
  const crate = {
    "Cargo.lock":
      'version = 3\n\n[[package]]\nname = "json"\nversion = "1.0.0"\nsource = "registry+https://a.example"\nchecksum = "00"\n',
  };
  const hashed = { "requirements.txt": "json==1.0.0 --hash=sha256:00\n" };
  const alternatives = { "package.json": dependencies('"json": "^0.9.0 || ^1.0.0"') };
  const floating = ["1.0.*", "1.0.5-*"].map((version) => ({
    "a.csproj": project(`<ItemGroup><PackageReference Include="Json" Version="${version}" /></ItemGroup>`),
  }));
  const said: readonly (readonly [Texts, string])[] = [
    ...floating.map((files) => [files, "Raise Json to 1.2.0"] as const),
    [
      transitive,
      "Override json, which outer brings in, to 1.2.0 under `overrides` in package.json, then run `npm install`",
    ],
    [crate, "Raise json to 1.2.0: run `cargo update json --precise 1.2.0`"],
    [hashed, "Raise json to 1.2.0"],
    [alternatives, "Raise json to 1.2.0"],
  ];
  for (const [files, title] of said) {
    const [finding] = findingsIn(files, "json", ["0", "1.2.0"]);
    assert.deepEqual(finding?.fix, { title, safe: false, edits: [] });
  }
});

test("a name that means something to a shell is in no command", () => {
  const name = "json;id";
  const files = { "Cargo.lock": `version = 3\n\n[[package]]\nname = "${name}"\nversion = "1.0.0"\n` };
  for (const { fix } of findingsIn(files, name, ["0", "1.2.0"])) assert.ok(!fix?.title.includes("`"), fix?.title);
});
