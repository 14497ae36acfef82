import assert from "node:assert/strict";
import { test } from "node:test";
import type { FixPlan } from "#model/fix-plan.ts";
import { planOf } from "./testing/plan-of.ts";

function planned(plan: FixPlan) {
  assert.equal(plan.is, "planned", plan.is === "refused" ? plan.because : "");
  return plan as Extract<FixPlan, { is: "planned" }>;
}

/** Each is one text with the old version, which becomes the same text with the new one. */
interface Declared {
  readonly files: Readonly<Record<string, string>>;
  readonly of: string;
  readonly old: string;
  readonly new: string;
}

const project = (reference: string, end = "\n") =>
  [
    '<Project Sdk="Microsoft.NET.Sdk">',
    "  <!-- kept -->",
    "  <ItemGroup>",
    `\t${reference}`,
    "  </ItemGroup>",
    "</Project>",
    "",
  ].join(end);

const declared: Readonly<Record<string, Declared>> = {
  "a reference of a project, with Windows' line ends and a byte order mark": {
    files: { "a.csproj": `\ufeff${project('<PackageReference Include="Json" Version="1.0.1"   />', "\r\n")}` },
    of: "json",
    old: '"1.0.1"',
    new: '"1.2.0"',
  },
  "a reference with an element": {
    files: { "a.csproj": project('<PackageReference Include="Json"><Version>1.0.1</Version></PackageReference>') },
    of: "json",
    old: "1.0.1",
    new: "1.2.0",
  },
  "a central version": {
    files: {
      "Directory.Packages.props": [
        "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>",
        "<ItemGroup><PackageVersion Include='Json' Version='1.0.1' /><PackageVersion Include='Other' Version='1.0.1' /></ItemGroup></Project>",
      ].join("\n"),
      "src/a.csproj": project('<PackageReference Include="Json" />'),
      "src/b/b.csproj": project('<PackageReference Include="Json" />'),
    },
    of: "json",
    old: "Include='Json' Version='1.0.1'",
    new: "Include='Json' Version='1.2.0'",
  },
  "a package.json without a lock file": {
    files: { "package.json": '{\n\t"name": "app",\n\t"dependencies": {\n\t\t"json": "^1.0.1", "z": "*"\n\t}\n}' },
    of: "json",
    old: "^1.0.1",
    new: "^1.2.0",
  },
  "a requirement of pip": {
    files: { "requirements.txt": "# kept\njson == 1.0.1  # why\nother==2.0\n" },
    of: "json",
    old: "1.0.1",
    new: "1.2.0",
  },
  "a property of a POM, which a family shares": {
    files: {
      "pom.xml": [
        "<project><groupId>a</groupId><artifactId>b</artifactId><version>1</version>",
        "<properties><json>1.0.1</json></properties><dependencies><dependency>",
        `<groupId>org</groupId><artifactId>json</artifactId><version>${"$"}{json}</version></dependency><dependency>`,
        `<groupId>org</groupId><artifactId>json-more</artifactId><version>${"$"}{json}</version>`,
        "</dependency></dependencies></project>",
      ].join("\n"),
    },
    of: "org:json",
    old: "1.0.1",
    new: "1.2.0",
  },
  "a catalogue of Gradle": {
    files: {
      "gradle/libs.versions.toml":
        '[versions]\njson = "1.0.1" # kept\n[libraries]\njson = { module = "org:json", version.ref = "json" }\n',
    },
    of: "org:json",
    old: "1.0.1",
    new: "1.2.0",
  },
  "a build file of Gradle": {
    files: { "build.gradle.kts": 'dependencies {\n    implementation("org:json:1.0.1") // kept\n}\n' },
    of: "org:json",
    old: "1.0.1",
    new: "1.2.0",
  },
  "a pyproject.toml": {
    files: { "pyproject.toml": '[project]\nname = "a"\ndependencies = [\n  "json>=1.0.1,<2", # kept\n]\n' },
    of: "json",
    old: "1.0.1",
    new: "1.2.0",
  },
  "Poetry's table": {
    files: {
      "pyproject.toml":
        '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\njson = { version = "^1.0.1", extras = ["x"] }\n',
    },
    of: "json",
    old: "1.0.1",
    new: "1.2.0",
  },
  "two references of one project, for a framework each": {
    files: {
      "a.csproj": `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFrameworks>net8.0;net48</TargetFrameworks></PropertyGroup><ItemGroup>${["net8.0", "net48"].map((one) => `<PackageReference Include="Json" Version="1.0.1" Condition="'$(TargetFramework)' == '${one}'" />`).join("")}</ItemGroup></Project>`,
    },
    of: "json",
    old: "1.0.1",
    new: "1.2.0",
  },
  "two lines of a build file": {
    files: {
      "build.gradle": 'dependencies {\n  compileOnly "org:json:1.0.1"\n  annotationProcessor "org:json:1.0.1"\n}\n',
    },
    of: "org:json",
    old: "1.0.1",
    new: "1.2.0",
  },
  "what is asked for as a peer as well": {
    files: { "package.json": '{"devDependencies": {"json": "^1.0.1"}, "peerDependencies": {"json": "^1.0.1"}}' },
    of: "json",
    old: "1.0.1",
    new: "1.2.0",
  },
  "a Cargo.toml": {
    files: { "Cargo.toml": '[package]\nname = "a"\nversion = "0.1.0"\n\n[dependencies]\njson = "1.0.1"\n' },
    of: "json",
    old: '"1.0.1"',
    new: '"1.2.0"',
  },
  "a Gemfile": { files: { Gemfile: "gem 'json', '~> 1.0.1' # kept\n" }, of: "json", old: "1.0.1", new: "1.2.0" },
  "a composer.json": {
    files: { "composer.json": '{"require": {"a/json": "^1.0.1"}}' },
    of: "a/json",
    old: "1.0.1",
    new: "1.2.0",
  },
};

for (const [name, { files, of, old, new: now }] of Object.entries(declared)) {
  test(`only the version changes: ${name}`, () => {
    const { plan, after, left, findings } = planOf({ files, of });
    const { needsRestore, said, fixes } = planned(plan);
    const expected = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replaceAll(old, now)]));
    assert.deepEqual(after, expected);
    assert.deepEqual([needsRestore, said, left], [false, [], []]);
    assert.deepEqual([...fixes].sort(), findings.map(({ fingerprint }) => fingerprint).sort());
  });
}

test("a project's own version is not raised for what asks for the same", () => {
  const files = {
    "pom.xml": `<project><groupId>a</groupId><artifactId>b</artifactId><version>1.0.1</version><dependencies><dependency><groupId>org</groupId><artifactId>json</artifactId><version>${"$"}{project.version}</version></dependency></dependencies></project>`,
  };
  const { plan } = planOf({ files, of: "org:json" });
  assert.match(plan.is === "refused" ? plan.because : "", /the version of a:b itself would change/);
});
