import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { Feed, Manifest, PackageUse } from "#model/package-manifest.ts";
import { askedPackages } from "./asked-packages.ts";

const at = { path: "x", startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };

function manifest(
  ecosystem: Ecosystem,
  packages: readonly (Partial<PackageUse> & { readonly name: string })[],
  more: Partial<Manifest> = {},
): Manifest {
  const uses = packages.map((one) => ({ ecosystem, at, relation: "direct", isDevelopment: false, ...one }) as const);
  return { path: "x", format: "x", ecosystem, isLocked: true, packages: uses, ...more };
}

const feeds = (ecosystem: Ecosystem, ...all: readonly Omit<Feed, "at">[]) =>
  manifest(ecosystem, [], { feeds: all.map((one) => ({ ...one, at })) });

test("each package once, without what no registry has", () => {
  const packages = [
    { name: "a", version: "1.0.0", relation: "transitive" },
    { name: "a", version: "2.0.0" },
    { name: "member", relation: "workspace" },
    { name: "member", version: "1.0.0" },
    { name: "local", source: { is: "path", path: "./local" } },
  ] as const;
  assert.deepEqual(askedPackages([manifest("npm", packages)]), [
    { ecosystem: "npm", name: "a", versions: ["1.0.0", "2.0.0"], isDirect: true },
  ]);
});

test("a name that a lock file found at no public registry is marked", () => {
  const found = (ecosystem: Ecosystem, registry: string) =>
    askedPackages([
      manifest(ecosystem, [
        { name: "a", registry: "" },
        { name: "a", registry },
      ]),
    ])[0]?.mayBePrivate;
  const [domain] = ["PyPI".toLowerCase()];
  assert.deepEqual([found("PyPI", `https://${domain}.org/simple`), found("npm", "")], [undefined, undefined]);
  for (const ecosystem of ["npm", "PyPI", "crates.io"] as const)
    assert.equal(found(ecosystem, "https://feed.contoso.example/npm/"), true, ecosystem);
});

test("names that may be the organization's own are marked", () => {
  const nuget = manifest("NuGet", [{ name: "Contoso.Core" }, { name: "Serilog" }]);
  const npm = manifest("npm", [{ name: "@contoso/a" }, { name: "lodash" }]);
  const own = { name: "Own", address: "https://feed.contoso.example/v3/index.json" };
  const known = { name: "open.example", address: "https://api.open.example/v3/index.json" };
  for (const [manifests, expected] of [
    [[nuget, npm], []],
    [
      [nuget, feeds("NuGet", own)],
      ["contoso.core", "serilog"],
    ],
    [[nuget, feeds("NuGet", known)], []],
    // The domain that an ecosystem is called by.
    [
      [
        manifest("RubyGems", [{ name: "rake" }]),
        feeds("RubyGems", { address: `https://${"RubyGems".toLowerCase()}.org` }),
      ],
      [],
    ],
    [[nuget, feeds("NuGet", { address: `https://api.${"NuGet".toLowerCase()}.org/v3/index.json` })], []],
    [
      [nuget, feeds("NuGet", { address: `https://not-${"NuGet".toLowerCase()}.org/v3/index.json` })],
      ["contoso.core", "serilog"],
    ],
    [
      [nuget, feeds("NuGet", { ...own, scopes: ["Contoso.*"], isMapped: true }, { ...known, isMapped: true })],
      ["contoso.core"],
    ],
    [[nuget, manifest("NuGet", [], { root: { name: "Contoso.Web" } })], ["contoso.core"]],
    [[npm, feeds("npm", { address: "https://npm.contoso.example/", scopes: ["@contoso"] })], ["@contoso/a"]],
    [
      [npm, feeds("npm", { address: "https://npm.contoso.example/" })],
      ["@contoso/a", "lodash"],
    ],
    [[npm, manifest("npm", [{ name: "@contoso/web", relation: "root" }])], ["@contoso/a"]],
    [
      [
        manifest("Maven", [{ name: "com.contoso.a:b" }, { name: "org.slf4j:slf4j-api" }], {
          root: { name: "com.contoso:web" },
        }),
      ],
      ["com.contoso.a:b"],
    ],
    [
      [manifest("Go", [{ name: "dev.azure.com/contoso/a" }, { name: "golang.org/x/net" }])],
      ["dev.azure.com/contoso/a"],
    ],
  ] as const) {
    const marked = askedPackages(manifests).filter(({ mayBePrivate }) => mayBePrivate);
    assert.deepEqual(
      marked.map(({ name }) => name),
      expected,
    );
  }
});
