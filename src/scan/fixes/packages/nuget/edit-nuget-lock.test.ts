/** Lock files of NuGet beside their projects: what NuGet would write for one raised package, and what is left to it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FixPlan, FrameworkDependencies, PublishedVersion } from "#model/fix-plan.ts";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { planOf } from "../../testing/plan-of.ts";

type Texts = Readonly<Record<string, string>>;
type Ranges = Readonly<Record<string, string>>;
type Entries = Readonly<Record<string, unknown>>;

const hashOf = (letter: string) => `${letter.repeat(86)}==`;
const [oldHash, newHash, other] = [hashOf("o"), hashOf("n"), hashOf("x")];
const pretty = (value: unknown) => JSON.stringify(value, null, 2);

const lockOf = (sections: Readonly<Record<string, Entries>>, version = 1) =>
  pretty({ version, dependencies: sections });

function entry(type: string, resolved: string, more: { requested?: string; hash?: string; needs?: Ranges } = {}) {
  const { requested, hash = other, needs } = more;
  return { type, ...(requested && { requested }), resolved, contentHash: hash, ...(needs && { dependencies: needs }) };
}

const direct = (resolved: string, more: { requested?: string; hash?: string; needs?: Ranges } = {}) =>
  entry("Direct", resolved, { requested: `[${resolved}, )`, ...more });
const transitive = (resolved: string, needs?: Ranges, hash?: string) =>
  entry("Transitive", resolved, { ...(hash && { hash }), ...(needs && { needs }) });

const project = (references: string, frameworks = "<TargetFramework>net8.0</TargetFramework>") =>
  `<Project Sdk="Microsoft.NET.Sdk">\n  <PropertyGroup>${frameworks}</PropertyGroup>\n  <ItemGroup>\n${references}  </ItemGroup>\n</Project>\n`;
const reference = (name: string, version?: string) =>
  `    <PackageReference Include="${name}"${version === undefined ? "" : ` Version="${version}"`} />\n`;
const central = (versions: Ranges, properties = "") =>
  `<Project>\n  <PropertyGroup>${properties}</PropertyGroup>\n  <ItemGroup>\n${Object.entries(versions)
    .map(([name, version]) => `    <PackageVersion Include="${name}" Version="${version}" />\n`)
    .join("")}  </ItemGroup>\n</Project>\n`;
const pinning =
  "<CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>";

const any = (dependencies: Ranges = {}): readonly FrameworkDependencies[] => [{ framework: "", dependencies }];
const published = (frameworks: readonly FrameworkDependencies[] = [], integrity = newHash): PublishedVersion => ({
  integrity,
  frameworks,
});
const both = (now?: readonly FrameworkDependencies[], before?: readonly FrameworkDependencies[]) => ({
  "Json@1.2.0": published(now),
  ...(before && { "Json@1.0.1": published(before, oldHash) }),
});

interface Written {
  readonly files: Texts;
  readonly published?: Readonly<Record<string, PublishedVersion>>;
  readonly expected: Texts;
}

const frameworks = "<TargetFrameworks>net472;net8.0</TargetFrameworks>";

const written: Readonly<Record<string, Written>> = {
  "a direct one, by the nearest framework, and what nobody needs any more goes": {
    files: {
      "a.csproj": project(reference("Json", "1.0.1"), frameworks),
      "packages.lock.json": lockOf({
        ".NETFramework,Version=v4.7.2": {
          Json: direct("1.0.1", { hash: oldHash, needs: { Gone: "1.0.0", Inner: "2.0.0" } }),
          Gone: transitive("1.0.0", { Deeper: "1.0.0" }),
          Deeper: transitive("1.0.0"),
          Inner: transitive("2.0.0"),
        },
        "net8.0": { Json: direct("1.0.1", { hash: oldHash }) },
        "net8.0/win-x64": { Json: direct("1.0.1", { hash: oldHash }) },
      }),
    },
    published: both(
      [
        { framework: ".NETFramework4.5", dependencies: { Wrong: "[1.0.0, )" } },
        { framework: ".NETFramework4.6.2", dependencies: { Inner: "[2.0.0, )" } },
        { framework: ".NETStandard2.0", dependencies: { Wrong: "[1.0.0, )" } },
        { framework: "net6.0", dependencies: {} },
      ],
      [
        { framework: "net45", dependencies: { Inner: "2.0", Gone: "[1.0.0,)" } },
        { framework: "net6.0", dependencies: {} },
      ],
    ),
    expected: {
      "a.csproj": project(reference("Json", "1.2.0"), frameworks),
      "packages.lock.json": lockOf({
        ".NETFramework,Version=v4.7.2": {
          Json: direct("1.2.0", { hash: newHash, needs: { Inner: "2.0.0" } }),
          Inner: transitive("2.0.0"),
        },
        "net8.0": { Json: direct("1.2.0", { hash: newHash }) },
        "net8.0/win-x64": { Json: direct("1.2.0", { hash: newHash }) },
      }),
    },
  },
  "what is asked for in brackets, in the words of the lock file; lines end as they did": {
    files: {
      "a.csproj": project(reference("Json", "[1.0.1,2.0)")),
      "packages.lock.json": lockOf({
        "net8.0": { Json: direct("1.0.1", { requested: "[1.0.1, 2.0.0)", hash: oldHash }) },
      }).replaceAll("\n", "\r\n"),
    },
    published: both(),
    expected: {
      "a.csproj": project(reference("Json", "[1.2.0,2.0)")),
      "packages.lock.json": lockOf({
        "net8.0": { Json: direct("1.2.0", { requested: "[1.2.0, 2.0.0)", hash: newHash }) },
      }).replaceAll("\n", "\r\n"),
    },
  },
  "what others bring in is pinned, and stands among the direct ones": {
    files: {
      "a.csproj": project(reference("Outer", "1.0.0") + reference("Alpha", "1.0.0")),
      "packages.lock.json": lockOf({
        "net8.0": {
          Alpha: direct("1.0.0"),
          Outer: direct("1.0.0", { needs: { Json: "1.0.1" } }),
          Inner: transitive("1.0.0"),
          Json: transitive("1.0.1", { Inner: "1.0.0" }, oldHash),
        },
      }),
    },
    published: both(any({ Inner: "[1.0.0, )" }), any({ Inner: "[1.0.0, )" })),
    expected: {
      "a.csproj": project(reference("Outer", "1.0.0") + reference("Json", "1.2.0") + reference("Alpha", "1.0.0")),
      "packages.lock.json": lockOf({
        "net8.0": {
          Alpha: direct("1.0.0"),
          Json: direct("1.2.0", { hash: newHash, needs: { Inner: "1.0.0" } }),
          Outer: direct("1.0.0", { needs: { Json: "1.0.1" } }),
          Inner: transitive("1.0.0"),
        },
      }),
    },
  },
  "central versions, in the lock files of all projects that share them": {
    files: {
      "Directory.Packages.props": central({ Json: "1.0.1" }),
      "a/a.csproj": project(reference("Json")),
      "a/packages.lock.json": lockOf({ "net8.0": { Json: direct("1.0.1", { hash: oldHash }) } }, 2),
      "b/b.csproj": project(reference("Json")),
      "b/packages.lock.json": lockOf({ "net8.0": { Json: direct("1.0.1", { hash: oldHash }) } }, 2),
      "c/c.csproj": project('    <ProjectReference Include="../a/a.csproj" />\n'),
      "c/packages.lock.json": lockOf(
        {
          "net8.0": {
            a: { type: "Project", dependencies: { Json: "[1.0.1, )" } },
            Json: entry("CentralTransitive", "1.0.1", { requested: "[1.0.1, )", hash: oldHash }),
          },
        },
        2,
      ),
    },
    published: both(),
    expected: {
      "Directory.Packages.props": central({ Json: "1.2.0" }),
      "a/a.csproj": project(reference("Json")),
      "a/packages.lock.json": lockOf({ "net8.0": { Json: direct("1.2.0", { hash: newHash }) } }, 2),
      "b/b.csproj": project(reference("Json")),
      "b/packages.lock.json": lockOf({ "net8.0": { Json: direct("1.2.0", { hash: newHash }) } }, 2),
      "c/c.csproj": project('    <ProjectReference Include="../a/a.csproj" />\n'),
      "c/packages.lock.json": lockOf(
        {
          "net8.0": {
            a: { type: "Project", dependencies: { Json: "[1.2.0, )" } },
            Json: entry("CentralTransitive", "1.2.0", { requested: "[1.2.0, )", hash: newHash }),
          },
        },
        2,
      ),
    },
  },
  "a central version that holds for what others bring in": {
    files: {
      "Directory.Packages.props": central({ Outer: "1.0.0", Json: "1.0.1" }, pinning),
      "a/a.csproj": project(reference("Outer")),
      "a/packages.lock.json": lockOf(
        {
          "net8.0": {
            Outer: direct("1.0.0", { needs: { Json: "1.0.0" } }),
            Json: entry("CentralTransitive", "1.0.1", { requested: "[1.0.1, )", hash: oldHash }),
          },
        },
        2,
      ),
    },
    published: both(),
    expected: {
      "Directory.Packages.props": central({ Outer: "1.0.0", Json: "1.2.0" }, pinning),
      "a/a.csproj": project(reference("Outer")),
      "a/packages.lock.json": lockOf(
        {
          "net8.0": {
            Outer: direct("1.0.0", { needs: { Json: "1.0.0" } }),
            Json: entry("CentralTransitive", "1.2.0", { requested: "[1.2.0, )", hash: newHash }),
          },
        },
        2,
      ),
    },
  },
  "what another project brings in goes up there, whichever comes first": {
    files: {
      "a/packages.lock.json": lockOf({
        "net8.0": {
          Json: transitive("1.0.1", undefined, oldHash),
          z: { type: "Project", dependencies: { Json: "[1.0.1, )", Other: "[1.0.0, )" } },
          Other: transitive("1.0.0"),
        },
      }),
      "a/a.csproj": project('    <ProjectReference Include="../z/Z.csproj" />\n'),
      "z/Z.csproj": project(reference("Json", "1.0.1") + reference("Other", "1.0.0")),
      "z/packages.lock.json": lockOf({
        "net8.0": { Json: direct("1.0.1", { hash: oldHash }), Other: direct("1.0.0") },
      }),
    },
    published: both(),
    expected: {
      "a/packages.lock.json": lockOf({
        "net8.0": {
          Json: transitive("1.2.0", undefined, newHash),
          z: { type: "Project", dependencies: { Json: "[1.2.0, )", Other: "[1.0.0, )" } },
          Other: transitive("1.0.0"),
        },
      }),
      "a/a.csproj": project('    <ProjectReference Include="../z/Z.csproj" />\n'),
      "z/Z.csproj": project(reference("Json", "1.2.0") + reference("Other", "1.0.0")),
      "z/packages.lock.json": lockOf({
        "net8.0": { Json: direct("1.2.0", { hash: newHash }), Other: direct("1.0.0") },
      }),
    },
  },
  "a project without a lock file, named in that of another one": {
    files: {
      "lib/Lib.csproj": project(reference("Json", "1.0.1")),
      "app/App.csproj": project('    <ProjectReference Include="../lib/Lib.csproj" />\n'),
      "app/packages.lock.json": lockOf({
        "net8.0": {
          Json: transitive("1.0.1", undefined, oldHash),
          lib: { type: "Project", dependencies: { Json: "[1.0.1, )" } },
        },
      }),
    },
    published: both(),
    expected: {
      "lib/Lib.csproj": project(reference("Json", "1.2.0")),
      "app/App.csproj": project('    <ProjectReference Include="../lib/Lib.csproj" />\n'),
      "app/packages.lock.json": lockOf({
        "net8.0": {
          Json: transitive("1.2.0", undefined, newHash),
          lib: { type: "Project", dependencies: { Json: "[1.2.0, )" } },
        },
      }),
    },
  },
  "what the framework itself has is left out as before": {
    files: {
      "a.csproj": project(reference("Json", "1.0.1"), "<TargetFramework>net10.0</TargetFramework>"),
      "packages.lock.json": lockOf({ "net10.0": { Json: direct("1.0.1", { hash: oldHash }) } }),
    },
    published: both(any({ "System.Text.Json": "[9.0.0, )" }), any({ "System.Text.Json": "[8.0.0, )" })),
    expected: {
      "a.csproj": project(reference("Json", "1.2.0"), "<TargetFramework>net10.0</TargetFramework>"),
      "packages.lock.json": lockOf({ "net10.0": { Json: direct("1.2.0", { hash: newHash }) } }),
    },
  },
};

function planned(plan: FixPlan) {
  assert.equal(plan.is, "planned", plan.is === "refused" ? plan.because : "");
  return plan as Extract<FixPlan, { is: "planned" }>;
}

for (const [name, { files, published: told = {}, expected }] of Object.entries(written)) {
  test(`written as NuGet would write it: ${name}`, () => {
    const { plan, after, left, findings } = planOf({ files, of: "json", published: told });
    assert.deepEqual([planned(plan).said, planned(plan).needsRestore], [[], false]);
    assert.deepEqual(after, expected);
    assert.deepEqual(left, []);
    assert.equal(planned(plan).fixes.length, new Set(findings.map(({ fingerprint }) => fingerprint)).size);
  });
}

const simple = (entries: Entries, version = 1) => ({
  "a.csproj": project(reference("Json", "1.0.1")),
  "packages.lock.json": lockOf({ "net8.0": entries }, version),
});
const json = direct("1.0.1", { hash: oldHash });

const leftAlone: Readonly<Record<string, readonly [Texts, Readonly<Record<string, PublishedVersion>>, RegExp]>> = {
  "nothing is known": [
    simple({ Json: json }),
    {},
    /the content hash of Json 1\.2\.0 and what it depends on are not known/,
  ],
  "something that is no content hash": [
    simple({ Json: json }),
    { "Json@1.2.0": published([], "sha512-x") },
    /content hash/,
  ],
  "a need that is not there": [
    simple({ Json: json }),
    both(any({ Inner: "[1.0.0, )" })),
    /Json 1\.2\.0 asks for Inner 1\.0\.0, which it does not have/,
  ],
  "a need that is older": [
    simple({ Json: json, Outer: direct("1.0.0", { needs: { Inner: "1.0.0" } }), Inner: transitive("1.0.0") }),
    both(any({ Inner: "[1.1.0, )" })),
    /asks for Inner 1\.1\.0, and it has 1\.0\.0/,
  ],
  "a need that NuGet would take lower": [
    simple({ Json: direct("1.0.1", { hash: oldHash, needs: { Inner: "2.0.0" } }), Inner: transitive("2.0.0") }),
    both(any({ Inner: "[1.0.0, )" })),
    /NuGet would choose another version of Inner/,
  ],
  "others that do not take it": [
    simple({ Json: json, Outer: direct("1.0.0", { needs: { Json: "[1.0.0, 1.1.0)" } }) }),
    both(),
    /Outer asks for Json \[1\.0\.0, 1\.1\.0\)/,
  ],
  "a framework of which nothing is told": [
    simple({ Json: json }),
    both([{ framework: "dotnet5.4", dependencies: {} }]),
    /what Json 1\.2\.0 depends on for net8\.0 cannot be told/,
  ],
  "another content of the old version": [
    simple({ Json: json }),
    { ...both(), "Json@1.0.1": published([], other) },
    /another content of Json 1\.0\.1/,
  ],
  "other dependencies of the old version": [
    simple({ Json: direct("1.0.1", { hash: oldHash, needs: { Inner: "1.0.0" } }), Inner: transitive("1.0.0") }),
    both(any({ Inner: "[1.0.0, )" }), any()),
    /other dependencies of Json 1\.0\.1/,
  ],
  "a version of the format that is not known": [
    simple({ Json: json }, 9),
    both(),
    /of a version that is not edited here/,
  ],
  "a kind of entry that is not known": [
    simple({ Json: json, Other: entry("Odd", "1.0.0") }),
    both(),
    /its section net8\.0 is not as NuGet writes it/,
  ],
};

for (const [name, [files, told, because]] of Object.entries(leftAlone)) {
  test(`left to NuGet, with the reason: ${name}`, () => {
    const { plan, after } = planOf({ files, of: "json", published: told });
    const [restore, why = "", ...more] = planned(plan).said;
    assert.equal(
      restore,
      "packages.lock.json still has Json 1.0.1: run `dotnet restore --force-evaluate` and commit the file.",
    );
    assert.match(why, because);
    assert.deepEqual([more, planned(plan).needsRestore], [[], true]);
    assert.deepEqual(after, { ...files, "a.csproj": project(reference("Json", "1.2.0")) });
  });
}

const named = (more: Entries = {}) => ({
  lib: { type: "Project", dependencies: { Json: "[1.0.1, )" } },
  Json: transitive("1.0.1", undefined, oldHash),
  ...more,
});
const lib = project(reference("Json", "1.0.1"));

test("what follows and cannot be written is named, each with its reason", () => {
  const files = {
    "lib/Lib.csproj": lib,
    "lib/packages.lock.json": lockOf({ "net8.0": { Json: json } }),
    "one/packages.lock.json": lockOf({
      "net8.0": named({ Outer: direct("1.0.0", { needs: { Json: "[1.0.0, 1.1.0)" } }) }),
    }),
    "two/packages.lock.json": lockOf({ "net8.0": named() }),
    "three/packages.lock.json": lockOf({ "net8.0": { Other: direct("1.0.0") } }),
  };
  const { plan, after } = planOf({ files, of: "json", published: both() });
  assert.deepEqual(planned(plan).said.slice(0, 2), [
    "one/packages.lock.json follows with Json: run `dotnet restore --force-evaluate` and commit the file.",
    "one/packages.lock.json is left as it is: Outer asks for Json [1.0.0, 1.1.0).",
  ]);
  assert.equal(planned(plan).needsRestore, true);
  assert.deepEqual(after, {
    ...files,
    "lib/Lib.csproj": project(reference("Json", "1.2.0")),
    "lib/packages.lock.json": lockOf({ "net8.0": { Json: direct("1.2.0", { hash: newHash }) } }),
    "two/packages.lock.json": lockOf({
      "net8.0": {
        lib: { type: "Project", dependencies: { Json: "[1.2.0, )" } },
        Json: transitive("1.2.0", undefined, newHash),
      },
    }),
  });
});

test("a project that asks for it too goes up along with the one that it refers to, and so does who refers to that", () => {
  const app = (version: string) =>
    project(`    <ProjectReference Include="../lib/Lib.csproj" />\n${reference("Json", version)}`);
  const files = (version: string, now: Entries) => ({
    "lib/Lib.csproj": project(reference("Json", version)),
    "app/App.csproj": app(version),
    "app/packages.lock.json": lockOf({
      "net8.0": { Json: now, lib: { type: "Project", dependencies: { Json: `[${version}, )` } } },
    }),
    "top/Top.csproj": project('    <ProjectReference Include="../app/App.csproj" />\n'),
    "top/packages.lock.json": lockOf({
      "net8.0": {
        Json: transitive(version, undefined, version === "1.0.1" ? oldHash : newHash),
        app: { type: "Project", dependencies: { Json: `[${version}, )`, lib: "[1.0.0, )" } },
        lib: { type: "Project", dependencies: { Json: `[${version}, )` } },
      },
    }),
  });
  const before = files("1.0.1", json);
  // Whoever comes first, the end is the same.
  for (const order of [Object.entries(before), Object.entries(before).toReversed()]) {
    const { plan, after, left } = planOf({ files: Object.fromEntries(order), of: "json", published: both() });
    assert.deepEqual(planned(plan).said, []);
    assert.deepEqual(after, files("1.2.0", direct("1.2.0", { hash: newHash })));
    assert.deepEqual(left, []);
  }
});

test("a new central version is named for those who have the package as well", () => {
  const files = {
    "Directory.Packages.props": central({ Outer: "1.0.0" }),
    ...Object.fromEntries(
      ["a", "b"].flatMap((name) => [
        [`${name}/${name}.csproj`, project(reference("Outer"))],
        [
          `${name}/packages.lock.json`,
          lockOf(
            {
              "net8.0": {
                Outer: direct("1.0.0", { needs: { Json: "1.0.0" } }),
                Json: transitive("1.0.1", undefined, oldHash),
              },
            },
            2,
          ),
        ],
      ]),
    ),
  };
  const { plan, after } = planOf({ files, of: "json", published: both() });
  assert.match(planned(plan).said.join(), /b\/packages\.lock\.json follows with Json.*it does not know yet/);
  assert.match(after["a/packages.lock.json"] ?? "", /"type": "Direct",\s+"requested": "\[1\.2\.0, \)"/);
});

test("a central version that projects must ask for is not said to be enough", () => {
  const files = {
    "Directory.Packages.props": central({ Outer: "1.0.0", Json: "1.0.1" }),
    "a/a.csproj": project(reference("Outer")),
    "a/packages.lock.json": lockOf(
      {
        "net8.0": {
          Outer: direct("1.0.0", { needs: { Json: "1.0.0" } }),
          Json: entry("CentralTransitive", "1.0.1", { requested: "[1.0.1, )", hash: oldHash }),
        },
      },
      2,
    ),
  };
  const { plan } = planOf({ files, of: "json", published: both() });
  assert.match(planned(plan).said.join(), /what brings in Json would still have 1\.0\.1/);
});

test("a new reference is named where other lock files name the project", () => {
  const files = (version: string, needs: Ranges, own: Entries, others: Entries) => ({
    "lib/Lib.csproj": project(reference("Outer", "1.0.0") + (version === "" ? "" : reference("Json", version))),
    "lib/packages.lock.json": lockOf({ "net8.0": own }),
    "app/packages.lock.json": lockOf({
      "net8.0": { ...others, lib: { type: "Project", dependencies: needs } },
    }),
  });
  const outer = { needs: { Json: "1.0.1" } };
  const before = files(
    "",
    { Outer: "[1.0.0, )" },
    { Outer: direct("1.0.0", outer), Json: transitive("1.0.1", undefined, oldHash) },
    { Json: transitive("1.0.1", undefined, oldHash), Outer: transitive("1.0.0", outer.needs) },
  );
  const { plan, after } = planOf({ files: before, of: "json", published: both() });
  assert.deepEqual(planned(plan).said, []);
  assert.deepEqual(
    after,
    files(
      "1.2.0",
      { Json: "[1.2.0, )", Outer: "[1.0.0, )" },
      { Json: direct("1.2.0", { hash: newHash }), Outer: direct("1.0.0", outer) },
      { Json: transitive("1.2.0", undefined, newHash), Outer: transitive("1.0.0", outer.needs) },
    ),
  );
});

test("a runtime that says other things than its framework is left to NuGet", () => {
  const files = {
    "a.csproj": project(reference("Json", "1.0.1")),
    "packages.lock.json": lockOf({
      "net8.0": { Json: json },
      "net8.0/win-x64": {
        Json: direct("1.0.1", { hash: oldHash, needs: { "runtime.any.Json": "1.0.0" } }),
        "runtime.any.Json": transitive("1.0.0"),
      },
    }),
  };
  const { plan } = planOf({ files, of: "json", published: both() });
  assert.match(planned(plan).said.join(), /for win-x64 it says other things of Json than for net8\.0/);
});

test("lock files that somebody made to take long are refused quickly", () => {
  const many = Array.from({ length: 5000 }, (_, at) => [`P${at}`, transitive("1.0.0", { [`P${at + 1}`]: "1.0.0" })]);
  const files = {
    "a.csproj": project(reference("Json", "1.0.1")),
    "packages.lock.json": lockOf({
      "net8.0": { Json: direct("1.0.1", { hash: oldHash, needs: { P0: "1.0.0" } }), ...Object.fromEntries(many) },
    }),
  };
  const { after } = takesAtMost(20, () => planOf({ files, of: "json", published: both() }));
  assert.deepEqual(Object.keys(JSON.parse(after["packages.lock.json"] ?? "").dependencies["net8.0"]), ["Json"]);
});
