import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PackageUse } from "#model/package-manifest.ts";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { readPackages } from "../../testing/read-packages.ts";

type Files = Readonly<Record<string, string>>;

const project = (content: string, sdk = "Microsoft.NET.Sdk") => `<Project Sdk="${sdk}">\n${content}\n</Project>`;
const group = (content: string) => `<ItemGroup>${content}</ItemGroup>`;
const properties = (content: string) => `<PropertyGroup>${content}</PropertyGroup>`;

/** `name@version path:line` of the packages of NuGet. */
function linesOf(files: Files): readonly string[] {
  return read(files)
    .filter(({ ecosystem }) => ecosystem === "NuGet")
    .map(({ name, version, requirement, at, isDevelopment, frameworks, providedBy }) =>
      [
        `${name}@${version ?? `?${requirement ?? ""}`} ${at.path}:${at.startLine}`,
        ...(isDevelopment ? ["dev"] : []),
        ...(frameworks ? [`[${frameworks.join()}]`] : []),
        ...(providedBy ? [`by ${providedBy}`] : []),
      ].join(" "),
    )
    .sort();
}

function read(files: Files): readonly PackageUse[] {
  return readPackages(files).manifests.flatMap(({ packages }) => packages);
}

describe("project reader", () => {
  it("reads references in every way they are written", () => {
    const cases: readonly (readonly [string, readonly string[]])[] = [
      [group('<PackageReference Include="A" Version="1.0" />'), ["A@1.0 a.csproj:2"]],
      [group('\n<PackageReference Include="A">\n<Version>\n1.0</Version></PackageReference>'), ["A@1.0 a.csproj:3"]],
      [group('<PackageReference Include="A;B ; " Version=" 1.0 " />'), ["A@1.0 a.csproj:2", "B@1.0 a.csproj:2"]],
      [group('<PackageReference Include="A" Version="[1.0]" />'), ["A@1.0 a.csproj:2"]],
      [group('<PackageReference Include="A" Version="[1.0,2.0)" />'), ["A@1.0 a.csproj:2"]],
      [group('<PackageReference Include="A" Version="1.*" />'), ["A@?1.* a.csproj:2"]],
      [group('<PackageReference Include="A" Version="(1.0,)" />'), ["A@?(1.0,) a.csproj:2"]],
      [group('<PackageReference Include="A" />'), ["A@? a.csproj:2"]],
      [group('<PackageReference Include="A" Version="$(X)" />'), ["A@?$(X) a.csproj:2"]],
      [group('<PackageReference Include="A" Version="$(X)" />') + properties("<X>2.0</X>"), ["A@2.0 a.csproj:2"]],
      [
        properties("<Y>2</Y><X>$(Y).$(Y)</X>") + group('<PackageReference Include="A" Version="$(X)" />'),
        ["A@2.2 a.csproj:2"],
      ],
      [
        group('<PackageReference Include="A" Version="1" /><PackageReference Update="a" Version="2" />'),
        ["A@2 a.csproj:2"],
      ],
      [group('<PackageReference Include="A" Version="1" /><PackageReference Remove="a" />'), []],
      [group('<PackageReference Include="A" Version="1" PrivateAssets="all" />'), ["A@1 a.csproj:2 dev"]],
      [
        group('<PackageReference Include="A" Version="1" PrivateAssets="all" IncludeAssets="compile;runtime" />'),
        ["A@1 a.csproj:2"],
      ],
      [
        group(
          '<PackageReference Include="A" Version="1"/><PackageReference Include="Microsoft.NET.Test.Sdk" Version="17.0.0"/>',
        ),
        ["A@1 a.csproj:2 dev", "Microsoft.NET.Test.Sdk@17.0.0 a.csproj:2 dev"],
      ],
      [`<Target Name="x">${group('<PackageReference Include="A" Version="1" />')}</Target>`, []],
      [group('<PackageDownload Include="A" Version="[1.0]" />'), ["A@1.0 a.csproj:2 dev"]],
      [group('<PackageReference Include="@(Other)" Version="1" />'), []],
    ];
    for (const [content, expected] of cases)
      assert.deepEqual(linesOf({ "a.csproj": project(content) }), expected, content);
  });

  it("decides conditions, and lets in what only a build decides", () => {
    const cases: readonly (readonly [string, boolean])[] = [
      ["'$(X)' == ''", true],
      ["'$(X)' != ''", false],
      ["'$(TargetFramework)' == 'NET8.0' and !('$(X)' == 'a' or false)", true],
      ["'$(Configuration)' == 'Debug'", true],
      ["'$(Configuration)|$(Platform)' == 'Debug|x86' And '$(X)' == 'a'", false],
      ["$([MSBuild]::IsTargetFrameworkCompatible('$(TargetFramework)', 'net6.0'))", true],
      ["$([MSBuild]::IsTargetFrameworkCompatible('$(TargetFramework)', 'net9.0'))", false],
      ["$([MSBuild]::GetTargetFrameworkIdentifier('$(TargetFramework)')) == '.NETFramework'", false],
      ["$([MSBuild]::VersionGreaterThanOrEquals('10.0', '9.5'))", true],
      ["'$(TargetFramework.StartsWith('net4'))' == 'true'", false],
      ["$(TargetFramework.StartsWith('net8'))", true],
      ["$([MSBuild]::IsOSPlatform('Linux'))", true],
      ["Exists('Directory.Build.props')", false],
      ["Exists('$(MSBuildThisFileDirectory)a.csproj')", true],
      ["HasTrailingSlash('a/')", true],
      ["1.10 > 1.9", true],
      ["'$(TargetFrameworkIdentifier)' == '.NETCoreApp'", true],
      ["no condition at all", true],
    ];
    for (const [condition, isIn] of cases) {
      const escaped = condition.replaceAll("<", "&lt;");
      const content = `${properties("<TargetFramework>net8.0</TargetFramework>")}${group(`<PackageReference Condition="${escaped}" Include="A" Version="1" />`)}`;
      assert.equal(linesOf({ "a.csproj": project(content) }).length, isIn ? 1 : 0, condition);
    }
  });

  it("takes versions from where they are kept for all projects", () => {
    const files: Files = {
      "Directory.Packages.props": project(
        `${properties("<ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>")}${group(
          '\n<PackageVersion Include="A" Version="1.0" />\n<PackageVersion Include="B" Version="$(BVersion)" />\n<GlobalPackageReference Include="G" Version="3.0" />',
        )}`,
      ),
      "Directory.Build.props": project(properties("\n<BVersion>2.0</BVersion>")),
      "src/Directory.Packages.props": `<Project>
<Import Project="$([MSBuild]::GetPathOfFileAbove(Directory.Packages.props, $(MSBuildThisFileDirectory)..))" />
${group('<PackageVersion Update="A" Version="1.5" />')}</Project>`,
      "src/one/one.csproj": project(group('<PackageReference Include="A" /><PackageReference Include="B" />')),
      "src/two/two.fsproj": project(group('<PackageReference Include="A" VersionOverride="9.0" />')),
    };
    assert.deepEqual(linesOf(files), [
      "A@1.5 src/one/one.csproj:2",
      "A@9.0 src/two/two.fsproj:2",
      "B@2.0 src/one/one.csproj:2",
      "G@3.0 Directory.Packages.props:5 dev",
      "G@3.0 Directory.Packages.props:5 dev",
    ]);
    const b = read(files).find(({ name }) => name === "B");
    assert.deepEqual(
      [
        b?.requirement,
        b?.versionAt?.path,
        b?.versionAt?.startLine,
        b?.alsoAt?.map(({ path, startLine }) => `${path}:${startLine}`),
      ],
      ["$(BVersion)", "Directory.Build.props", 3, ["Directory.Packages.props:4"]],
    );
  });

  it("finds a central version however its name is written, and by what stands last", () => {
    const central = group(
      [
        '<PackageVersion Include="A; B" Version="1.0" />',
        '<PackageVersion Include="$(Prefix)C" Version="1.0" Condition="\'$(Prefix)\' != \'\'" />',
        '<packageversion Include="d" Version="1.0" />',
        '<PackageVersion Update="b" Version="2.0" />',
        '<PackageVersion Remove="A" />',
        '<PackageVersion Include="A" Version="$(AVersion)" />',
        '<PackageVersion Remove="E*" />',
      ].join(""),
    );
    const own = properties("<Prefix>X.</Prefix><AVersion>3.0</AVersion>");
    const asked = ["A", "B", "X.C", "D", "E1"].map((name) => `<PackageReference Include="${name}" />`).join("");
    const files = {
      "Directory.Packages.props": project(`${group('<PackageVersion Include="E1" Version="1.0" />')}${central}`),
      "a.csproj": project(`${own}${group(asked)}`),
    };
    const found = read(files).map(({ name, version }) => `${name}@${version ?? "?"}`);
    assert.deepEqual(found, ["A@3.0", "B@2.0", "X.C@1.0", "D@1.0", "E1@?"]);
  });

  it("takes versions from Packages.props where its SDK is asked for, and reads central versions alone", () => {
    const files: Files = {
      "Packages.props": project(group('<PackageReference Update="A" Version="1.0" />')),
      "src/a.csproj": project(group('<PackageReference Include="A" />')),
    };
    const targets = '<Project><Sdk Name="Microsoft.Build.CentralPackageVersions" Version="2.1.3" /></Project>';
    assert.deepEqual(linesOf(files), ["A@? src/a.csproj:2"]);
    assert.deepEqual(linesOf({ ...files, "Directory.Build.targets": targets }), ["A@1.0 src/a.csproj:2"]);
    const alone = project(
      group('\n<PackageVersion Include="A" Version="1.0" />\n<GlobalPackageReference Include="B" Version="$(B)" />'),
    );
    assert.deepEqual(linesOf({ "Directory.Packages.props": alone }), [
      "A@1.0 Directory.Packages.props:3",
      "B@?$(B) Directory.Packages.props:4 dev",
    ]);
  });

  it("follows imports wherever they are written, each once", () => {
    const files: Files = {
      "src/a/a.csproj": project(
        '<Import Project="..\\..\\eng\\Versions.props" /><Import Project="$(EngDir)more.targets" />',
      ),
      "Directory.Build.props": `<Project>${properties("<EngDir>$(MSBuildThisFileDirectory)eng/</EngDir>")}<Import Project="eng/cycle.props" /></Project>`,
      "eng/cycle.props": `<Project><Import Project="$(MSBuildThisFileDirectory)..\\Directory.Build.props" /></Project>`,
      "eng/Versions.props": project(group('<PackageReference Include="A" Version="1.0" />')),
      "eng/more.targets": project(
        group('<PackageReference Update="A" Version="1.1" /><PackageReference Include="B" Version="2" />'),
      ),
      "Directory.Build.targets": project(group('<PackageReference Remove="B" />')),
    };
    assert.deepEqual(linesOf(files), ["A@1.1 eng/Versions.props:2"]);
    const bySolution: Files = {
      "src/a/a.csproj": project('<Import Project="$(SolutionDir)\\common\\own.props" />'),
      "src/common/own.props": project(group('<PackageReference Include="A" Version="1.0" />')),
    };
    assert.deepEqual(linesOf(bySolution), ["A@1.0 src/common/own.props:2"]);
  });

  it("reads each target framework by itself", () => {
    const content = `${properties("<TargetFrameworks>net472;net8.0</TargetFrameworks>")}
<Choose><When Condition="'$(TargetFramework)' == 'net472'">${group('<PackageReference Include="Old" Version="1.0" />')}</When>
<Otherwise>${group('<PackageReference Include="New" Version="1.0" />')}</Otherwise></Choose>
${group('<PackageReference Include="System.Text.Json" Version="8.0.4" /><PackageReference Include="Both" Version="1.0" />')}
${group('<PackageReference Include="System.Net.Http" Version="4.3.0" />')}`;
    assert.deepEqual(linesOf({ "a.csproj": project(content) }), [
      "Both@1.0 a.csproj:5",
      "New@1.0 a.csproj:4 [net8.0]",
      "Old@1.0 a.csproj:3 [net472]",
      "System.Net.Http@4.3.0 a.csproj:6 by .NET Framework",
      "System.Text.Json@8.0.4 a.csproj:5 [net472]",
    ]);
    const onWindows = `${properties("<TargetFrameworks>net8.0</TargetFrameworks>")}
<PropertyGroup Condition="$([MSBuild]::IsOSPlatform('windows'))"><TargetFrameworks>$(TargetFrameworks);net8.0-windows</TargetFrameworks></PropertyGroup>
${group(`<PackageReference Include="A" Version="1.0" Condition="'$(TargetFramework)' == 'net8.0-windows'" />`)}`;
    assert.deepEqual(linesOf({ "a.csproj": project(onWindows) }), ["A@1.0 a.csproj:4 [net8.0-windows]"]);
  });

  it("lists the runtimes that a project runs on", () => {
    const runtimes = (content: string, sdk?: string) =>
      read({ "a.csproj": project(content, sdk) })
        .filter(({ ecosystem }) => ecosystem === ".NET")
        .map(({ name, version, requirement, at, versionAt, groups = [] }) =>
          [name, version ?? requirement, `${at.startLine}-${versionAt?.startColumn}`, ...groups].join(" "),
        );
    const cases: readonly (readonly [readonly string[], readonly string[]])[] = [
      [[properties("<TargetFramework>net8.0</TargetFramework>")], ["Microsoft.NETCore.App 8.0 2-33"]],
      [
        [properties("<TargetFramework>net8.0</TargetFramework>"), "Microsoft.NET.Sdk.Web"],
        ["Microsoft.NETCore.App 8.0 2-33", "Microsoft.AspNetCore.App 8.0 2-33"],
      ],
      [
        [properties("<TargetFrameworks>net48;net9.0-windows</TargetFrameworks><UseWPF>true</UseWPF>")],
        [".NET Framework 4.8 2-34", "Microsoft.NETCore.App 9.0 2-40", "Microsoft.WindowsDesktop.App 9.0 2-40"],
      ],
      [[properties("<TargetFrameworkVersion>v4.7.2</TargetFrameworkVersion>")], [".NET Framework 4.7.2 2-40"]],
      [[properties("<TargetFramework>netstandard2.0</TargetFramework>")], []],
      [
        [
          properties(
            "<TargetFramework>net8.0</TargetFramework><RuntimeFrameworkVersion>8.0.3</RuntimeFrameworkVersion><SelfContained>true</SelfContained><RuntimeIdentifier>win-x64</RuntimeIdentifier>",
          ),
        ],
        ["Microsoft.NETCore.App 8.0.3 2-82 self-contained win-x64"],
      ],
    ];
    for (const [[content = "", sdk], expected] of cases) assert.deepEqual(runtimes(content, sdk), expected, content);
  });

  it("says what it cannot tell, and that nothing is locked", () => {
    const { problems } = readPackages({
      "a.csproj": project(group('\n<PackageReference Include="A" Version="$(X)" /><PackageReference Include="B" />')),
    });
    assert.deepEqual(
      problems.map(({ code, line, isNotice }) => [code, line, isNotice]),
      [
        ["not-locked", 1, true],
        ["unresolved", 3, true],
      ],
    );
    assert.match(problems[1]?.message ?? "", /used of A \(\$\(X\)\), B\./);
    const broken = readPackages({
      "a.csproj": '<Project>\n<ItemGroup><PackageReference Include="A" Version="1" />\n</Project>',
    });
    assert.deepEqual(
      [broken.lines, broken.problems.map(({ code, line }) => [code, line])[0]],
      [["A@1 a.csproj:2"], ["syntax", 3]],
    );
  });

  it("stands what is made to break it", () => {
    const doubling = Array.from({ length: 200 }, () => "<A>$(A)$(A)x</A>").join("");
    const deep = `${"$(X.Replace('a', ".repeat(3000)}${"))".repeat(3000)}`;
    const imports = Object.fromEntries(
      Array.from({ length: 300 }, (_, n) => [
        `i${n}.props`,
        `<Project><Import Project="i${n + 1}.props"/><Import Project="i${n + 2}.props"/></Project>`,
      ]),
    );
    takesAtMost(15, () => {
      const many = Array.from({ length: 100_000 }, (_, n) => `<PackageReference Include="P${n}" Version="1.0"/>`).join(
        "\n",
      );
      assert.equal(read({ "a.csproj": project(group(many)) }).length, 100_000);
      const removes = Array.from({ length: 20_000 }, (_, n) => `<PackageReference Remove="Q*${n}"/>`).join("");
      const texts = [
        properties(doubling),
        properties(`<B>${deep}</B>`),
        group(`<PackageReference Include="A" Condition="${"(".repeat(100_000)}"/>`),
        group(`<PackageReference Include="A" Condition="${"!".repeat(100_000)}"/>`),
        `${group(many.slice(0, 500_000))}${group(removes)}`,
        '<Import Project="i0.props"/>',
        properties(
          `<TargetFrameworks>${Array.from({ length: 5000 }, (_, n) => `net${n}.0`).join(";")}</TargetFrameworks>`,
        ),
      ];
      for (const text of texts) read({ "a.csproj": project(text), ...imports });
    });
  });
});
