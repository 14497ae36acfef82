import assert from "node:assert/strict";
import { test } from "node:test";
import type { RuntimeRelease } from "#model/advisory.ts";
import type { PackageUse } from "#model/package-manifest.ts";
import { readPackages } from "../packages/testing/read-packages.ts";
import { manifestOf, use } from "../packages/testing/written-packages.ts";
import { factsOf, judged } from "./testing/judge-risk-of.ts";

const outdated = factsOf("old", ["1.0.0 2015-01-01", "2.0.0 2016-01-01", "3.0.0 2017-01-01"], {
  downloads: { count: 3, unit: "week", percentile: 0.1 },
});
const said = (found: ReturnType<typeof judged>) => found.map(({ severity, message }) => `${severity}: ${message}`);

test("direct dependencies are scored, others are not", () => {
  const [finding, ...others] = judged([manifestOf([use("old@1.0.0")])], { facts: [outdated] });
  assert.deepEqual(others, []);
  assert.equal(
    finding?.message,
    "old 1.0.0 has a high operational risk (80 of 100): last release 2017-01-01, 108 months ago, 2 major versions behind, more downloads than 10 % of the ecosystem",
  );
  assert.deepEqual([finding.rule, finding.severity], ["operational-risk/high-risk-package", "medium"]);
  assert.equal(finding.risk?.score, 80);
  for (const more of [
    { relation: "transitive" },
    { source: { is: "path", path: "old" } },
  ] satisfies Partial<PackageUse>[])
    assert.deepEqual(judged([manifestOf([use("old@1.0.0", more)])], { facts: [outdated] }), []);
});

test("each gate is a finding of its own, milder where the project has not chosen the package", () => {
  const facts = factsOf("a", ["1.0.0 2025-01-01", "1.1.0 2025-02-01", "2.0.0 2025-03-01"], { isArchived: true });
  const [first, second, ...others] = facts.versions;
  const known = {
    ...facts,
    versions: [
      { ...first, version: "1.0.0", deprecated: "no\nlonger\u202e maintained", withdrawn: "" },
      { ...second, version: "1.1.0", deprecated: "no" },
      ...others,
    ],
  };
  const found = judged([manifestOf([use("a@1.0.0", { relation: "transitive" }), use("a@1.1.0")])], { facts: [known] });
  assert.deepEqual(said(found), [
    "medium: a (1.1.0, 1.0.0) is deprecated: no",
    "medium: a (1.1.0, 1.0.0) belongs to an archived project: nobody maintains it",
    "low: a 1.0.0 was withdrawn from its registry",
  ]);
  assert.equal(found[0]?.upgrade?.to, "2.0.0");
  assert.equal(new Set(found.map(({ fingerprint }) => fingerprint)).size, 3);
  const [again] = judged([manifestOf([use("a@1.0.0")])], { facts: [known] });
  assert.equal(again?.message, "a 1.0.0 is deprecated: no longer maintained");
  assert.equal(again.fingerprint, found[0]?.fingerprint);
});

test("without a lock file it is the version that would be taken", () => {
  const versions = ["1.0.0 2025-01-01", "1.2.0 2025-02-01", "2.0.0 2025-03-01"];
  const deprecated = (ecosystem: "npm" | "NuGet", wanted: string) => {
    const facts = factsOf("a", versions, { ecosystem });
    return {
      ...facts,
      versions: facts.versions.map((one) => (one.version === wanted ? { ...one, deprecated: "" } : one)),
    };
  };
  for (const [ecosystem, requirement, taken] of [
    ["npm", "^1.0.0", "1.2.0"],
    ["NuGet", "1.0.0", "1.0.0"],
  ] as const) {
    const asked = use("a", { ecosystem, requirement });
    const [finding] = judged([manifestOf([asked], { ecosystem })], { facts: [deprecated(ecosystem, taken)] });
    assert.equal(finding?.message, `a ${taken} is deprecated`);
    assert.deepEqual(finding.signals, [`what ${requirement} takes; no lock file`]);
  }
});

test("releases of some days, and scripts that were not there before", () => {
  const facts = factsOf("a", ["1.0.0 2020-01-01", "1.0.1 2026-01-25"]);
  const [before, after] = facts.versions;
  const known = {
    ...facts,
    versions: [
      { version: "1.0.0", ...before, runsInstallScript: false, hasProvenance: true, publisher: "ann" },
      { version: "1.0.1", ...after, runsInstallScript: true, hasProvenance: false, publisher: "eve" },
    ],
  };
  const found = judged([manifestOf([use("a@1.0.1")])], { facts: [known] });
  assert.deepEqual(said(found), [
    "medium: a 1.0.1 runs a script when it is installed, which 1.0.0 did not",
    "low: a 1.0.1 was published only 6 days ago (2026-01-25)",
  ]);
  assert.deepEqual(found[0]?.signals, ["no provenance, which 1.0.0 has", "published by eve, 1.0.0 by ann"]);
  const fresh = judged([manifestOf([use("b@0.0.1", { relation: "transitive" })])], {
    facts: [factsOf("b", ["0.0.1 2026-01-30"])],
  });
  assert.deepEqual(said(fresh), ["low: b 0.0.1 is of a package that appeared only yesterday (2026-01-30)"]);
});

const runtime = (channel: string, endOfLife: string): RuntimeRelease => ({
  channel,
  latest: "",
  endOfLife,
  releases: [],
});
const runtimes = [
  runtime("10.0", "2028-11-14"),
  runtime("8.0", "2026-11-10"),
  runtime("6.0", "2024-11-12"),
  runtime("3.1", "2022-12-13"),
  runtime("3.0", "2020-03-03"),
];

test("runtimes past their end", () => {
  for (const [name, asked, expected] of [
    [
      "Microsoft.NETCore.App",
      { requirement: "6.0" },
      "high: .NET 6.0 gets no more security fixes since 2024-11-12; .NET 10.0 is supported",
    ],
    [
      "Microsoft.AspNetCore.App",
      { version: "3.1.4" },
      "high: .NET 3.1 gets no more security fixes since 2022-12-13; .NET 10.0 is supported",
    ],
    ["Microsoft.NETCore.App", { requirement: "8.0" }, undefined],
    ["Microsoft.NET.Sdk", { requirement: "6.0.400 (rollForward: latestMajor)" }, undefined],
    [
      "Microsoft.NET.Sdk",
      { requirement: "6.0.400 (rollForward: latestPatch)" },
      "high: .NET 6.0 gets no more security fixes since 2024-11-12; .NET 10.0 is supported",
    ],
    [
      "Microsoft.NET.Sdk",
      { requirement: "3.x" },
      "high: .NET 3.1 gets no more security fixes since 2022-12-13; .NET 10.0 is supported",
    ],
    ["Microsoft.NET.Sdk", { requirement: "latest" }, undefined],
    ["Microsoft.NET.Sdk", { version: "8.0.100" }, undefined],
    [".NET Framework", { requirement: "4.8" }, undefined],
    [
      ".NET Framework",
      { requirement: "4.6.1" },
      "low: .NET Framework 4.6.1 gets no more security fixes since 2022-04-26; a newer .NET Framework takes its place where it is installed, so build for that one",
    ],
  ] as const) {
    const found = judged([manifestOf([use(name, { ecosystem: ".NET", ...asked })], { ecosystem: ".NET" })], {
      runtimes,
    });
    assert.deepEqual(said(found), expected === undefined ? [] : [expected], `${name} ${JSON.stringify(asked)}`);
  }
});

test("a name that imitates a famous one, unless the package stands for itself", () => {
  const downloads = (count: number) => ({ downloads: { count, unit: "week" } });
  const famous = factsOf("lodash", ["4.17.21 2021-02-20"], downloads(50_000_000));
  const asked = [manifestOf([use("lodahs@1.0.0")])];
  const of = (found: ReturnType<typeof judged>) => found.filter(({ rule }) => rule === "operational-risk/typosquat");
  assert.deepEqual(said(of(judged(asked, {}))), [
    "medium: lodahs 1.0.0 has nearly the name of lodash (two letters swapped): is it the one that is meant?",
  ]);
  const few = factsOf("lodahs", ["1.0.0 2025-12-01"], downloads(40));
  const [finding] = of(judged(asked, { facts: [famous, few] }));
  assert.equal(finding?.severity, "high");
  assert.deepEqual(finding.signals, ["40 downloads (week)", "1 version, the first of 2025-12-01"]);
  for (const more of [downloads(60_000), { dependents: 400 }, { isPrivate: true }])
    assert.deepEqual(of(judged(asked, { facts: [famous, { ...few, ...more }] })), [], JSON.stringify(more));
  assert.deepEqual(judged([manifestOf([use("lodahs@1.0.0", { relation: "transitive" })])], {}), []);
});

const nugetConfig = (sources: string, more = "") =>
  ({ "nuget.config": `<configuration><packageSources>${sources}</packageSources>${more}</configuration>` }) as const;
const own = `<add key="Contoso" value="https://pkgs.dev.azure.com/contoso/_packaging/all/nuget/v3/index.json" />`;
const open = `<add key="Open" value="https://feed.example/v3/index.json" />`;
const mapping = (patterns: string) =>
  `<packageSourceMapping><packageSource key="Contoso"><package pattern="${patterns}" /></packageSource><packageSource key="Open"><package pattern="*" /></packageSource></packageSourceMapping>`;

const pyproject = (text: string) =>
  ({ "pyproject.toml": text.replaceAll("URL", "https://nexus.contoso.example/simple") }) as const;
const pipfile = (more: string) =>
  ({
    Pipfile: `[[source]]\nurl = "https://index.example/simple"\n[[source]]\nurl = "https://nexus.contoso.example/simple"\n${more}`,
  }) as const;

test("settings by which a public package can take the place of a private one", () => {
  for (const [files, expected] of [
    [nugetConfig(`<clear />${own}`), undefined],
    [nugetConfig(open), undefined],
    [nugetConfig(own), "high"],
    [nugetConfig(`<clear />${own}${open}`), "high"],
    [nugetConfig(`<clear />${own}${open}`, mapping("Contoso.*")), undefined],
    [nugetConfig(`<clear />${own}${open}`, mapping("*")), "high"],
    [nugetConfig(`<clear /><add key="Folder" value="./packages" />${own}`), undefined],
    [{ "requirements.txt": "--extra-index-url https://packages.contoso.example/simple\nrequests==2.32.0\n" }, "medium"],
    [{ "requirements.txt": "--index-url https://packages.contoso.example/simple\nrequests==2.32.0\n" }, undefined],
    [{ ".npmrc": "@contoso:registry=https://npm.contoso.example/\n" }, undefined],
    [{ ".npmrc": "registry=https://pkgs.dev.azure.com/contoso/_packaging/all/npm/registry/\n" }, undefined],
    [{ ".npmrc": "registry=https://nexus.contoso.example/npm/\n" }, "low"],
    [{ ".yarnrc.yml": "npmRegistryServer: https://nexus.contoso.example/npm/\n" }, "low"],
    [{ ".yarnrc.yml": "npmScopes:\n  contoso:\n    npmRegistryServer: https://npm.contoso.example/\n" }, undefined],
    [{ ".yarnrc": 'registry "https://nexus.contoso.example/npm/"\n' }, "low"],
    [{ "bunfig.toml": '[install]\nregistry = "https://nexus.contoso.example/npm/"\n' }, "low"],
    [{ "pip.conf": "[global]\nextra-index-url = https://nexus.contoso.example/simple\n" }, "high"],
    [{ "pip.conf": "[global]\nindex-url = https://nexus.contoso.example/simple\n" }, undefined],
    [pyproject('[[tool.poetry.source]]\nname = "own"\nurl = "URL"\npriority = "supplemental"\n'), "high"],
    [pyproject('[[tool.poetry.source]]\nname = "own"\nurl = "URL"\npriority = "explicit"\n'), undefined],
    [pyproject('[[tool.poetry.source]]\nname = "own"\nurl = "URL"\n'), undefined],
    [pyproject('[[tool.poetry.source]]\nname = "own"\nurl = "URL"\n[[tool.poetry.source]]\nname = "PyPI"\n'), "high"],
    // The first index that has a package gives all versions of it.
    [pyproject('[[tool.uv.index]]\nurl = "URL"\n'), undefined],
    [pyproject('[tool.uv]\nindex-strategy = "unsafe-best-match"\n[[tool.uv.index]]\nurl = "URL"\n'), "high"],
    [{ "uv.toml": 'extra-index-url = ["https://nexus.contoso.example/simple"]\n' }, undefined],
    [pyproject('[[tool.pdm.source]]\nname = "own"\nurl = "URL"\n'), "high"],
    [pyproject('[[tool.pdm.source]]\nname = "own"\nurl = "URL"\ninclude_packages = ["contoso-*"]\n'), undefined],
    [pipfile(""), undefined],
    [pipfile("[pipenv]\ninstall_search_all_sources = true\n"), "high"],
    [
      { "environment.yml": "dependencies:\n- pip:\n  - --extra-index-url https://nexus.contoso.example/simple\n" },
      "high",
    ],
    [
      {
        "paket.dependencies":
          "source https://feed.example/v3/index.json\nsource https://proget.contoso.example/nuget\n",
      },
      "high",
    ],
    [{ Gemfile: "source 'https://gems.example'\nsource 'https://nexus.contoso.example/gems'\ngem 'a'\n" }, "high"],
    [
      { Gemfile: "source 'https://gems.example'\nsource 'https://nexus.contoso.example/gems' do\n  gem 'a'\nend\n" },
      undefined,
    ],
    [{ Gemfile: "source 'https://gems.example'\ngem 'a', source: 'https://nexus.contoso.example/gems'\n" }, undefined],
    [{ "paket.dependencies": "source https://proget.contoso.example/nuget\n" }, undefined],
  ] as const) {
    const found = judged(readPackages(files).manifests, {});
    assert.deepEqual(
      found.map(({ severity, rule }) => `${severity} ${rule}`),
      expected === undefined ? [] : [`${expected} operational-risk/dependency-confusion`],
      JSON.stringify(files),
    );
  }
  const [finding] = judged(readPackages(nugetConfig(`<clear />${own}${open}`)).manifests, {});
  assert.equal(
    finding?.message,
    "Packages of any name may come from 2 places, so a public package can take the place of a private one of the same name: add packageSourceMapping, and <clear/> before the sources",
  );
  assert.deepEqual(finding.signals, ["from Contoso", "from Open"]);
});

test("names like those of the repository's own projects make open settings worse", () => {
  const project = `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup><ItemGroup><PackageReference Include="Contoso.Core" Version="1.0.0" /><PackageReference Include="Serilog" Version="4.0.0" /></ItemGroup></Project>`;
  const two = `<clear /><add key="A" value="https://a.example/v3/index.json" /><add key="B" value="https://b.example/v3/index.json" />`;
  const files = { ...nugetConfig(two), "src/Contoso.Web.csproj": project };
  const of = (texts: Readonly<Record<string, string>>, more: Parameters<typeof judged>[1] = {}) =>
    judged(readPackages(texts).manifests, more).filter(({ rule }) => rule.endsWith("dependency-confusion"));
  assert.deepEqual(
    of(nugetConfig(two)).map(({ severity, signals }) => [severity, signals]),
    [["medium", ["from A", "from B"]]],
  );
  assert.deepEqual(
    of(files).map(({ severity, signals }) => [severity, signals]),
    [["high", ["from A", "from B", "Contoso.Core is named like projects of this repository"]]],
  );
  const known = { ...factsOf("Contoso.Core", ["1.0.0 2025-01-01"]), ecosystem: "NuGet" } as const;
  assert.deepEqual(
    of(files, { facts: [known] })[0]?.signals?.at(-1),
    `Contoso.Core exists publicly, too (${known.source})`,
  );
  assert.deepEqual(
    of(files, { facts: [{ ...known, isPrivate: true }] })[0]?.signals?.at(-1),
    "Contoso.Core is named like projects of this repository",
  );
  const mapped = `<packageSourceMapping><packageSource key="A"><package pattern="Contoso.*" /></packageSource></packageSourceMapping>`;
  assert.deepEqual(of({ ...files, ...nugetConfig(two, mapped) }), []);
});

test("sources that projects name themselves have no mapping, and are said once where they stand", () => {
  const project = (more = "") =>
    `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework>${more}</PropertyGroup><ItemGroup><PackageReference Include="Serilog" Version="4.0.0" /></ItemGroup></Project>`;
  const shared = (property: string, sources: string) =>
    `<Project>\n<PropertyGroup>\n<${property}>${sources}</${property}>\n</PropertyGroup>\n</Project>`;
  const nexus = "https://nexus.contoso.example/v3/index.json";
  const open = "https://open.example/v3/index.json";
  const of = (files: Readonly<Record<string, string>>) =>
    judged(readPackages(files).manifests, {})
      .filter(({ rule }) => rule.endsWith("dependency-confusion"))
      .map(({ severity, at, signals }) => [severity, "path" in at ? `${at.path}:${at.startLine}` : "", signals]);
  const props = shared("RestoreAdditionalProjectSources", `$(RestoreAdditionalProjectSources);${nexus}`);
  const two = { "a/a.csproj": project(), "b/b.csproj": project() };
  assert.deepEqual(of({ "Directory.Build.props": props, ...two }), [
    ["high", "Directory.Build.props:3", ["from nexus.contoso.example"]],
  ]);
  const mapping = `<packageSourceMapping><packageSource key="A"><package pattern="*" /></packageSource></packageSourceMapping>`;
  const config = nugetConfig(`<clear /><add key="A" value="${open}" />`, mapping);
  assert.deepEqual(of({ "Directory.Build.props": props, ...two, ...config }), []);
  const sources = (text: string) => ({ "a/a.csproj": project(`<RestoreSources>${text}</RestoreSources>`) });
  assert.deepEqual(of(sources(`${open};${nexus}`)), [
    ["high", "a/a.csproj:1", ["from open.example", "from nexus.contoso.example"]],
  ]);
  assert.deepEqual(of(sources(`${open};https://other.example/v3/index.json`)).length, 1);
  assert.deepEqual(of(sources(nexus)), []);
  assert.deepEqual(of(sources("packages;$(MSBuildThisFileDirectory)local")), []);
  assert.deepEqual(
    of({ "a/a.csproj": project("<RestoreAdditionalProjectSources>../local</RestoreAdditionalProjectSources>") }),
    [],
  );
});

test("a scope of the repository's own that no line of the settings gives a registry", () => {
  const own = JSON.stringify({ name: "@contoso/web", dependencies: { "@contoso/ui": "1.0.0", lodash: "4.17.21" } });
  const of = (npmrc: string) =>
    judged(readPackages({ ".npmrc": npmrc, "package.json": own }).manifests, {})
      .filter(({ rule }) => rule.endsWith("dependency-confusion"))
      .map(({ severity, signals }) => [severity, signals]);
  assert.deepEqual(of("@fabrikam:registry=https://npm.fabrikam.example/\n"), [
    ["low", ["@contoso/ui is named like projects of this repository"]],
  ]);
  assert.deepEqual(of("@fabrikam:registry=https://npm.fabrikam.example/\n@contoso:registry=https://n.example/\n"), []);
  assert.deepEqual(of("save-exact=true\n"), []);
});
