import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PackageUse } from "#model/package-manifest.ts";
import { readPackages } from "../../testing/read-packages.ts";
import { readNugetSources } from "./nuget-sources.ts";

function shown({
  name,
  version,
  requirement,
  at,
  versionAt,
  relation,
  isDevelopment,
  groups,
  frameworks,
}: PackageUse): string {
  const marks = [
    ...(isDevelopment ? ["dev"] : []),
    ...(groups ?? []),
    ...(frameworks ? [`[${frameworks.join()}]`] : []),
  ];
  const place = `${at.startLine}${versionAt ? `:${versionAt.startColumn}-${versionAt.endColumn}` : ""}`;
  return [`${name}@${version ?? `?${requirement ?? ""}`}`, relation, place, ...marks].join(" ");
}

function read(files: Readonly<Record<string, string>>) {
  const { manifests, problems } = readPackages(files);
  return { packages: manifests.flatMap(({ packages }) => packages.map(shown)), problems };
}

describe("readers of older and smaller files of .NET", () => {
  it("read central versions without projects, those for some frameworks too", () => {
    const { packages } = read({
      "Directory.Packages.props": `<Project>
<ItemGroup><PackageVersion Include="A" Version="1.0.0" /></ItemGroup>
<ItemGroup Condition="'$(TargetFramework)' == 'net48'"><PackageVersion Include="Old" Version="0.9.0" /></ItemGroup>
<ItemGroup Condition="'$(Never)' == 'x'"><PackageVersion Include="No" Version="1.0.0" /></ItemGroup>
</Project>`,
    });
    assert.deepEqual(
      packages.map((one) => one.split(" ")[0]),
      ["A@1.0.0", "Old@0.9.0"],
    );
  });

  it("read packages.config", () => {
    const { packages, problems } = read({
      "packages.config": `<?xml version="1.0"?>
<packages>
  <package id="A" version="1.0.0" targetFramework="net472" />
  <package id="B" version="2.0.0" developmentDependency="true" />
  <package id="C" />
</packages>`,
    });
    assert.deepEqual(packages, ["A@1.0.0 unknown 3:28-33 [net472]", "B@2.0.0 unknown 4:28-33 dev"]);
    assert.deepEqual(
      problems.map(({ code, line }) => [code, line]),
      [["syntax", 5]],
    );
  });

  it("read a project beside packages.config together with it", () => {
    const { manifests } = readPackages({
      "packages.config": '<packages><package id="A" version="1.0.0" /></packages>',
      "a.csproj":
        '<Project><PropertyGroup><TargetFrameworkVersion>v4.8</TargetFrameworkVersion></PropertyGroup><ItemGroup><PackageReference Include="B" Version="1.0" /></ItemGroup></Project>',
    });
    assert.deepEqual(
      manifests.map(({ path, packages }) => [path, ...packages.map(({ name }) => name)]),
      [
        ["packages.config", "A"],
        ["a.csproj", "B", ".NET Framework"],
      ],
    );
  });

  it("read Paket's files", () => {
    const dependencies = `source https://feed.example/v3/index.json
storage: none
framework: net8.0
nuget A ~> 1.2 // comment
nuget B >= 2.0 < 3.0 restriction: >= net45
nuget C
nuget D < 2.0
clitool E 1.0
github owner/name:abcdef1234567 src/file.fs # comment

group Test
    nuget A = 3.0`;
    assert.deepEqual(read({ "paket.dependencies": dependencies }).packages, [
      "A@1.2 direct 4:12-15",
      "B@2.0 direct 5:12-15",
      "C@? direct 6",
      "D@?< 2.0 direct 7",
      "E@1.0 direct 8:11-14 dev build tool",
      "owner/name@? direct 9",
      "A@3.0 direct 12:15-18 Test",
    ]);
    const lock = `STORAGE: NONE
RESTRICTION: == net8.0
NUGET
  remote: https://feed.example/v3/index.json
    A (1.2.9)
      X (>= 1.0)
    X (1.0.1) - restriction: >= net45
GITHUB
  remote: owner/name
    src/file.fs (abcdef1234567)
GROUP Test
NUGET
  remote: https://feed.example/v3/index.json
    A (3.0)
`;
    const files = { "paket.lock": lock, "paket.dependencies": dependencies };
    assert.deepEqual(read(files).packages, [
      "A@1.2.9 direct 5:12-15",
      "X@1.0.1 transitive 7",
      "owner/name@abcdef1234567 direct 10",
      "A@3.0 direct 14:15-18 Test",
    ]);
    assert.deepEqual(readPackages(files).manifests[0]?.packages[0]?.dependsOn, [1]);
    for (const path of ["paket.lock", "paket.dependencies"]) {
      const broken = read({ [path]: "This is not valid" });
      assert.deepEqual([broken.packages, broken.problems.map(({ code, line }) => [code, line])], [[], [["syntax", 1]]]);
    }
  });

  it("read tools, the SDK and its packages", () => {
    assert.deepEqual(
      read({
        ".config/dotnet-tools.json":
          '{ "version": 1, "isRoot": true,\n "tools": { "dotnet-ef": { "version": "8.0.1", "commands": ["dotnet-ef"] } } }',
        "global.json": `{ // comment
  "sdk": { "version": "8.0.100", "rollForward": "latestFeature" },
  "msbuild-sdks": { "Microsoft.Build.Traversal": "4.1.0" }
}`,
      }).packages,
      [
        "dotnet-ef@8.0.1 direct 2:40-45 dev tool",
        "Microsoft.NET.Sdk@?8.0.100 (rollForward: latestFeature) direct 2:24-31 dev sdk",
        "Microsoft.Build.Traversal@4.1.0 direct 3:51-56 dev msbuild-sdks",
      ],
    );
    assert.deepEqual(read({ "global.json": '{"sdk":{"version":"8.0.100","rollForward":"disable"}}' }).packages, [
      "Microsoft.NET.Sdk@8.0.100 direct 1:20-27 dev sdk",
    ]);
  });

  it("read nuspec and project.json, and leave other tools' project.json alone", () => {
    assert.deepEqual(
      read({
        "a.nuspec": `<package><metadata><id>$id$</id><version>$version$</version><dependencies>
<group targetFramework="net472"><dependency id="A" version="[1.0,2.0)" /></group>
<group targetFramework="net8.0"><dependency id="A" version="[1.0,2.0)" /><dependency id="B" version="$v$" /></group>
</dependencies></metadata></package>`,
      }).packages,
      ["A@1.0 direct 2:61-70", "B@?$v$ direct 3 [net8.0]"],
    );
    assert.deepEqual(
      read({
        "project.json": `{ "dependencies": { "A": "1.0.0", "B": { "version": "2.0.0", "type": "build" }, "Own": { "target": "project" } },
"frameworks": { "net45": { "dependencies": { "C": "3.0-*" } }, "netcoreapp1.0": {} } }`,
      }).packages,
      ["A@1.0.0 direct 1:27-32", "B@2.0.0 direct 1:54-59 dev", "C@?3.0-* direct 2 [net45]"],
    );
    const nx = readPackages({ "project.json": '{"name":"app","targets":{"build":{"dependsOn":["^build"]}}}' });
    assert.deepEqual([nx.manifests, nx.problems], [[], []]);
  });
});

describe("readNugetSources", () => {
  it("tells sources, what is cleared, and which source may give what", () => {
    const text = `<configuration>
  <packageSources>
    <add key="old" value="https://old.example/" />
    <clear />
    <add key="public" value="https://public.example/v3/index.json" protocolVersion="3" />
    <add key="own" value="https://${"user"}:${"word"}@own.example/index.json" />
    <add key="off" value="./local" />
  </packageSources>
  <disabledPackageSources><add key="off" value="true" /></disabledPackageSources>
  <packageSourceMapping>
    <packageSource key="own"><package pattern="Contoso.*" /><package pattern="Fabrikam" /></packageSource>
  </packageSourceMapping>
</configuration>`;
    const { isCleared, sources, mapping, at } = readNugetSources({ path: "nuget.config", text });
    assert.deepEqual(
      [
        isCleared,
        sources.map(({ name, location }) => `${name} ${location}`),
        mapping.map(({ source, patterns }) => [source, ...patterns]),
        at?.startLine,
      ],
      [
        true,
        ["public https://public.example/v3/index.json", "own https://own.example/index.json"],
        [["own", "Contoso.*", "Fabrikam"]],
        2,
      ],
    );
    assert.deepEqual(readNugetSources({ path: "nuget.config", text: "" }), {
      isCleared: false,
      sources: [],
      mapping: [],
      problems: [
        {
          code: "syntax",
          message: "the element <configuration> was expected here, and there is no element",
          place: { file: { path: "nuget.config", text: "" }, start: 0, end: 0 },
        },
      ],
    });
  });
});

it("scripts of C#, F# and Cake name packages themselves", () => {
  const { packages, problems } = read({
    "a.csx":
      '#!/usr/bin/env dotnet-script\n#r "nuget: Newtonsoft.Json, 12.0.1"\n#load "nuget:Simple.Targets/6.0.0"\n#r "System.Net.Http"\n',
    "b.fsx": '#r "nuget: FSharp.Data, 4.2.*"\n#r "nuget: Plotly.NET"\n',
    "build.cake":
      '#addin nuget:?package=Cake.Git&version=1.0.0\n#tool "nuget:https://feed.example/v3/index.json?package=xunit.runner.console&version=2.4.1&prerelease"\n#load "local.cake"\n',
    "c.csx": 'Console.WriteLine("#r nuget");\n',
    "scripts/d.cs":
      "#!/usr/bin/env dotnet\n#:sdk Cake.Sdk@6.0.0\n#:sdk Microsoft.NET.Sdk.Web\n#:package Humanizer@2.14.1\n#:package Spectre.Console@*\n#:property LangVersion=preview\n",
    "src/App/e.cs": "#:package Never@1.0.0\n",
  });
  assert.deepEqual(packages, [
    "Newtonsoft.Json@12.0.1 direct 2:29-35",
    "Simple.Targets@6.0.0 direct 3:29-34",
    "FSharp.Data@?4.2.* direct 1",
    "Plotly.NET@? direct 2",
    "Cake.Git@1.0.0 direct 1:40-45 dev build tool addin",
    "xunit.runner.console@2.4.1 direct 2:86-91 dev build tool tool",
    "Cake.Sdk@6.0.0 direct 2:16-21 dev build tool sdk",
    "Humanizer@2.14.1 direct 4:21-27",
    "Spectre.Console@?* direct 5",
  ]);
  assert.deepEqual(
    problems.map(({ code, path }) => `${path} ${code}`),
    ["b.fsx not-locked", "scripts/d.cs not-locked"],
  );
});

it("paket.lock: what the frameworks of a group carry, and where its packages may come from", () => {
  const { manifests } = readPackages({
    "paket.dependencies":
      'source https://feed.example/v3/index.json\nsource https://me:word@own.example/v3/index.json username: "u"\nframework: net8.0\nnuget System.Text.Json\ngroup Test\n  source https://feed.example/v3/index.json\n  nuget xunit 2.4.1\n',
    "paket.lock":
      "RESTRICTION: == net8.0\nNUGET\n  remote: https://feed.example/v3/index.json\n    System.Text.Json (8.0.0)\n    Serilog (2.0.0)\n\nGROUP Test\nRESTRICTION: || (== net6.0) (== netstandard2.0)\nNUGET\n  remote: https://feed.example/v3/index.json\n    System.Text.Json (6.0.0)\n",
  });
  assert.deepEqual(
    manifests[0]?.packages.map(({ name, version, providedBy }) => [name, version, providedBy]),
    [
      ["System.Text.Json", "8.0.0", "Microsoft.NETCore.App"],
      ["Serilog", "2.0.0", undefined],
      ["System.Text.Json", "6.0.0", undefined],
    ],
  );
  assert.deepEqual(
    manifests[0]?.feeds?.map(({ address, isMapped, at }) => [address, isMapped, at.startLine]),
    [
      ["https://feed.example/v3/index.json", undefined, 1],
      ["https://own.example/v3/index.json", undefined, 2],
      ["https://feed.example/v3/index.json", true, 6],
    ],
  );
});

it("a nuget.config that is none is told once, beside the projects below it", () => {
  const project =
    '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup><ItemGroup><PackageReference Include="A" Version="1.0.0" /></ItemGroup></Project>';
  const told = (text: string) => {
    const { problems, lines, manifests } = readPackages({
      "nuget.config": text,
      "a/a.csproj": project,
      "b/b.csproj": project,
    });
    assert.ok(lines.includes("A@1.0.0 a/a.csproj:1") && lines.includes("A@1.0.0 b/b.csproj:1"));
    const own = problems.filter(({ path }) => path === "nuget.config");
    const feeds = manifests.flatMap(({ path, feeds: all = [] }) => (path === "nuget.config" ? all : []));
    return [...own.map(({ line, message }) => `${line} ${message}`), ...feeds.map(({ address }) => address)];
  };
  const rest = "What these settings say before this place was read where possible.";
  assert.deepEqual(told("no xml at all"), [
    `1 The element <configuration> was expected here, and there is no element. ${rest}`,
  ]);
  assert.deepEqual(told("\n<packages/>"), [
    `2 The element <configuration> was expected here, and there is <packages>. ${rest}`,
  ]);
  const source = '<add key="a" value="https://a.example/v3/index.json" />';
  const half = told(`<configuration>\n<packageSources>\n${source}\n</configuration>`);
  assert.match(half[0] ?? "", /^\d .*packageSources/);
  assert.deepEqual(half.slice(1), ["https://a.example/v3/index.json"]);
  assert.deepEqual(told(`<configuration><packageSources>${source}</packageSources></configuration>`), [
    "https://a.example/v3/index.json",
  ]);
});
