import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { readPackages } from "../../testing/read-packages.ts";

type Files = Readonly<Record<string, string>>;

const project = (content: string) => `<Project Sdk="Microsoft.NET.Sdk">\n${content}\n</Project>`;
const pretty = (value: unknown) => JSON.stringify(value, undefined, 2);

/** Name, version and what else there is, then `-> names` of what it depends on. */
function shown({ packages }: Manifest): readonly string[] {
  const nameOf = (position: number) => packages[position]?.name;
  return packages.map((use) =>
    [
      `${use.name}@${use.version ?? "?"}`,
      use.relation,
      ...(use.isDevelopment ? ["dev"] : []),
      ...(use.frameworks ? [`[${use.frameworks.join()}]`] : []),
      ...(use.providedBy ? [`by ${use.providedBy}`] : []),
      ...(use.dependsOn?.length ? [`-> ${use.dependsOn.map(nameOf).join()}`] : []),
      placesOf(use),
    ].join(" "),
  );
}

function placesOf({ at, alsoAt = [] }: PackageUse): string {
  const own = `:${at.startLine}-${at.endLine}`;
  const others = alsoAt.map(({ path, startLine }) => (path === at.path ? `:${startLine}` : `${path}:${startLine}`));
  return [own, ...others].join(",");
}

function only(files: Files): Manifest {
  const [manifest] = readPackages(files).manifests;
  assert.ok(manifest);
  return manifest;
}

const lock = pretty({
  version: 1,
  dependencies: {
    ".NETFramework,Version=v4.7.2": {
      A: {
        type: "Direct",
        requested: "[1.0, )",
        resolved: "1.0.0",
        contentHash: "h",
        dependencies: { "System.Text.Json": "8.0.4" },
      },
      "System.Text.Json": { type: "Transitive", resolved: "8.0.4" },
    },
    "net8.0": {
      A: {
        type: "Direct",
        requested: "[1.0, )",
        resolved: "1.0.0",
        contentHash: "h",
        dependencies: { "system.text.json": "8.0.4" },
      },
      Tool: { type: "Direct", resolved: "2.0.0", dependencies: { OnlyTool: "1.0.0" } },
      OnlyTool: { type: "CentralTransitive", requested: "[1.0.0, )", resolved: "1.0.0" },
      "System.Text.Json": { type: "Transitive", resolved: "8.0.4" },
      lib: { type: "Project", dependencies: { A: "[1.0.0, )" } },
    },
    "net8.0/win-x64": { "System.Text.Json": { type: "Transitive", resolved: "8.0.4" } },
  },
});

describe("packages.lock.json reader", () => {
  it("joins frameworks, the graph and the project", () => {
    const files: Files = {
      "src/packages.lock.json": lock,
      "src/a.csproj":
        project(`<PropertyGroup><TargetFrameworks>net472;net8.0</TargetFrameworks></PropertyGroup><ItemGroup>
<PackageReference Include="a" />
<PackageReference Include="Tool" PrivateAssets="all" /></ItemGroup>`),
      "Directory.Packages.props": project(
        '<ItemGroup><PackageVersion Include="A" Version="1.0" />\n<PackageVersion Include="OnlyTool" Version="1.0.0" /><PackageVersion Include="Tool" Version="2.0.0" /></ItemGroup>',
      ),
    };
    const read = readPackages(files);
    const [manifest, runtimes] = read.manifests;
    assert.ok(manifest && runtimes);
    assert.deepEqual(shown(manifest), [
      "A@1.0.0 direct -> System.Text.Json :5-13,src/a.csproj:3,Directory.Packages.props:2,:20",
      "System.Text.Json@8.0.4 transitive [net472] :14-17,:41,:53",
      "Tool@2.0.0 direct dev [net8.0] -> OnlyTool :29-35,src/a.csproj:4,Directory.Packages.props:3",
      "OnlyTool@1.0.0 transitive dev [net8.0] :36-40,Directory.Packages.props:3",
      "lib@? workspace [net8.0] -> A :45-50",
    ]);
    assert.deepEqual(
      [manifest.root, manifest.isLocked, manifest.packages[0]?.versionAt?.path, manifest.packages[0]?.integrity],
      [{ name: "a" }, true, "Directory.Packages.props", "h"],
    );
    assert.deepEqual([runtimes.path, runtimes.ecosystem, runtimes.packages.length], ["src/a.csproj", ".NET", 2]);
    assert.deepEqual(read.problems, []);
  });

  it("is told apart by project where a folder has several", () => {
    const { manifests } = readPackages({
      "packages.lock.json": pretty({
        version: 1,
        dependencies: { "net8.0": { B: { type: "Direct", resolved: "1.0.0" } } },
      }),
      "packages.a.lock.json": pretty({
        version: 1,
        dependencies: { "net8.0": { A: { type: "Direct", resolved: "1.0.0" } } },
      }),
      "a.csproj": project('<ItemGroup><PackageReference Include="A" Version="1.0.0" /></ItemGroup>'),
      "b.csproj": project('<ItemGroup><PackageReference Include="B" Version="1.0.0" /></ItemGroup>'),
    });
    assert.deepEqual(
      manifests.map(({ path, root, packages }) => [
        path,
        root?.name,
        packages.map(({ alsoAt }) => alsoAt?.[0]?.path).join(),
      ]),
      [
        ["packages.lock.json", "b", "b.csproj"],
        ["packages.a.lock.json", "a", "a.csproj"],
      ],
    );
  });

  it("keeps what stands before a mistake", () => {
    const cases: readonly (readonly [string, number, number | undefined])[] = [
      [lock.slice(0, lock.indexOf('"Tool"')), 2, 29],
      ["", 0, 1],
      ["{}", 0, undefined],
      ["[1]", 0, undefined],
      ['{"dependencies": {"net8.0": {"A": 1, "B": {"resolved": "1.0"}}}}', 1, undefined],
      [`{"dependencies": {"net8.0": ${'{"a":'.repeat(100_000)}`, 0, 1],
    ];
    for (const [text, count, line] of cases) {
      const { manifests, problems } = readPackages({ "packages.lock.json": text });
      assert.deepEqual([manifests[0]?.packages.length, problems[0]?.line], [count, line], text.slice(0, 40));
    }
  });
});

describe("project.assets.json reader", () => {
  const assets = pretty({
    version: 3,
    targets: {
      "net8.0": {
        "A/1.0.0": { type: "package", dependencies: { B: "1.0.0" } },
        "B/1.0.0": { type: "package" },
        "Dev/2.0.0": { type: "package" },
        "Lib/1.0.0": { type: "project", dependencies: { B: "1.0.0" } },
        "Microsoft.Extensions.Logging/8.0.0": { type: "package" },
      },
    },
    libraries: {
      "A/1.0.0": { sha512: "h", type: "package" },
      "B/1.0.0": { type: "package" },
      "Dev/2.0.0": { type: "package" },
      "Lib/1.0.0": { type: "project" },
      "Microsoft.Extensions.Logging/8.0.0": { type: "package" },
      NoVersion: { type: "package" },
    },
    projectFileDependencyGroups: { "net8.0": ["A >= 1.0.0", "Dev >= 2.0.0"] },
    project: {
      restore: { projectName: "App" },
      frameworks: {
        "net8.0": {
          dependencies: { Dev: { suppressParent: "All", target: "Package", version: "[2.0.0, )" } },
          frameworkReferences: { "Microsoft.AspNetCore.App": {} },
        },
      },
    },
  });

  it("reads libraries, what is direct, and what the framework provides", () => {
    const manifest = only({ "src/obj/project.assets.json": assets });
    assert.deepEqual(shown(manifest), [
      "A@1.0.0 direct -> B :29-32",
      "B@1.0.0 transitive :33-35",
      "Dev@2.0.0 direct dev :36-38",
      "Lib@1.0.0 workspace -> B :39-41",
      "Microsoft.Extensions.Logging@8.0.0 transitive by Microsoft.AspNetCore.App :42-44",
    ]);
    assert.deepEqual([manifest.root, manifest.packages[0]?.requirement], [{ name: "App" }, ">= 1.0.0"]);
  });

  it("gives way to a lock file, and takes its project along", () => {
    const files: Files = {
      "src/obj/project.assets.json": assets,
      "src/a.csproj": project('<ItemGroup><PackageReference Include="A" Version="1.0.0" /></ItemGroup>'),
    };
    assert.deepEqual(
      readPackages(files).manifests.map(({ path }) => path),
      ["src/obj/project.assets.json"],
    );
    assert.deepEqual(only(files).packages[0]?.versionAt?.path, "src/a.csproj");
    const withLock = readPackages({ ...files, "src/packages.lock.json": lock });
    assert.deepEqual(
      withLock.manifests.map(({ path }) => path),
      ["src/packages.lock.json"],
    );
  });
});

describe("*.deps.json reader", () => {
  it("tells the program, what it loads, and the runtime that it brings", () => {
    const manifest = only({
      "App.deps.json": pretty({
        runtimeTarget: { name: ".NETCoreApp,Version=v8.0/win-x64" },
        targets: {
          ".NETCoreApp,Version=v8.0/win-x64": {
            "App/1.0.0": { dependencies: { A: "1.0.0", C: "1.0.0" }, runtime: {} },
            "A/1.0.0": { dependencies: { B: "1.0.0" }, runtime: {} },
            "B/1.0.0": { native: {} },
            "C/1.0.0": { compile: {} },
            "runtimepack.Microsoft.NETCore.App.Runtime.win-x64/8.0.1": { runtime: {} },
          },
        },
        libraries: {
          "App/1.0.0": { type: "project" },
          "A/1.0.0": { type: "package" },
          "B/1.0.0": { type: "package" },
          "C/1.0.0": { type: "package" },
          "runtimepack.Microsoft.NETCore.App.Runtime.win-x64/8.0.1": { type: "runtimepack" },
        },
      }),
    });
    assert.deepEqual(
      shown(manifest).map((line) => line.replace(/ :.*/, "")),
      [
        "App@1.0.0 root -> A,C",
        "A@1.0.0 direct -> B",
        "B@1.0.0 transitive",
        "C@1.0.0 direct dev",
        "Microsoft.NETCore.App@8.0.1 unknown",
      ],
    );
    assert.equal(manifest.packages[4]?.ecosystem, ".NET");
  });
});
