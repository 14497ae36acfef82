import assert from "node:assert/strict";
import { test } from "node:test";
import type { PublishedVersion } from "#model/fix-plan.ts";
import { planOf } from "../../testing/plan-of.ts";

const registry = "https://registry.example";
const json12: PublishedVersion = { integrity: "sha512-new==", dependencies: {}, licenses: ["MIT"] };

function entry(name: string, version: string, more: object = {}) {
  return { version, resolved: `${registry}/${name}/-/${name}-${version}.tgz`, integrity: "sha512-old==", ...more };
}

const pretty = (value: object, step: string | number = 2) => `${JSON.stringify(value, null, step)}\n`;

interface Project {
  readonly asks: Readonly<Record<string, string>>;
  readonly packages: Readonly<Record<string, object>>;
  readonly more?: object;
}

function projectOf({ asks, packages, more = {} }: Project, step: string | number = 2) {
  const root = { name: "app", dependencies: asks };
  return {
    "package.json": pretty({ ...root, ...more }, step),
    "package-lock.json": pretty({ name: "app", lockfileVersion: 3, packages: { "": root, ...packages } }, step),
  };
}

function edited(given: Parameters<typeof planOf>[0]) {
  const { plan, after, left } = planOf(given);
  assert.equal(plan.is, "planned", plan.is === "refused" ? plan.because : "");
  assert.deepEqual(left, []);
  return { plan: plan as Extract<typeof plan, { is: "planned" }>, after };
}

test("what the project asks for is raised in both files, and nothing else is", () => {
  const files = projectOf(
    {
      asks: { json: "^1.0.0", other: "1.0.0" },
      packages: { "node_modules/json": entry("json", "1.0.1"), "node_modules/other": entry("other", "1.0.0") },
    },
    "\t",
  );
  const { after, plan } = edited({ files, of: "json", published: { "json@1.2.0": json12 } });
  assert.equal(after["package.json"], files["package.json"].replace("^1.0.0", "^1.2.0"));
  const lock = files["package-lock.json"].replace("^1.0.0", "^1.2.0").replace('"1.0.1"', '"1.2.0"');
  assert.equal(
    after["package-lock.json"],
    lock.replace("json-1.0.1", "json-1.2.0").replace("sha512-old", "sha512-new"),
  );
  assert.deepEqual([plan.needsRestore, plan.said], [false, []]);
});

test("what others bring in changes the lock file alone where they take it", () => {
  const files = projectOf({
    asks: { outer: "1.0.0" },
    packages: {
      "node_modules/outer": entry("outer", "1.0.0", { dependencies: { json: "^1.0.0" } }),
      "node_modules/json": entry("json", "1.0.1"),
    },
  });
  const { after } = edited({ files, of: "json", published: { "json@1.2.0": json12 } });
  assert.equal(after["package.json"], files["package.json"]);
});

test("what others bring in is overridden where they do not take it", () => {
  const files = projectOf({
    asks: { outer: "1.0.0" },
    packages: {
      "node_modules/outer": entry("outer", "1.0.0", { dependencies: { json: "1.0.1" } }),
      "node_modules/json": entry("json", "1.0.1"),
    },
  });
  const { after } = edited({ files, of: "json", published: { "json@1.2.0": json12 } });
  assert.deepEqual(JSON.parse(after["package.json"] ?? ""), {
    ...{ name: "app", dependencies: { outer: "1.0.0" } },
    overrides: { json: "1.2.0" },
  });
  const old = projectOf({
    asks: { outer: "1.0.0" },
    packages: JSON.parse(files["package-lock.json"]).packages,
    more: { overrides: { json: "1.1.0" } },
  });
  const again = edited({ files: old, of: "json", published: { "json@1.2.0": json12 } });
  assert.equal(again.after["package.json"], old["package.json"].replace("1.1.0", "1.2.0"));
});

test("what the new version does not need any more goes, and what it says of itself comes", () => {
  const files = projectOf({
    asks: { json: "^1.0.0" },
    packages: {
      "node_modules/inner": entry("inner", "1.0.0", { dependencies: { deep: "*" } }),
      "node_modules/deep": entry("deep", "1.0.0"),
      "node_modules/json": entry("json", "1.0.1", {
        license: "MIT",
        dependencies: { inner: "*" },
        engines: { node: ">=8" },
      }),
    },
  });
  const published = {
    "json@1.2.0": {
      ...json12,
      entry: { license: "ISC", engines: { node: ">=18" }, hasInstallScript: true },
      licenses: ["ISC"],
    },
  };
  const { after, plan } = edited({ files, of: "json", published });
  const packages = JSON.parse(after["package-lock.json"] ?? "").packages;
  assert.deepEqual(Object.keys(packages), ["", "node_modules/json"]);
  assert.deepEqual(Object.entries(packages["node_modules/json"]), [
    ["version", "1.2.0"],
    ["resolved", `${registry}/json/-/json-1.2.0.tgz`],
    ["integrity", "sha512-new=="],
    ["hasInstallScript", true],
    ["license", "ISC"],
    ["engines", { node: ">=18" }],
  ]);
  assert.deepEqual(plan.said, ["json 1.2.0 runs a script when it is installed; the old one did not."]);
  assert.deepEqual(plan.risk, { crossesMajor: false, licenseChange: { from: ["MIT"], to: ["ISC"] } });
});

test("a lock file of version 2 is edited in both of its halves", () => {
  const { "package.json": project, "package-lock.json": lock } = projectOf({
    asks: { outer: "1.0.0" },
    packages: {
      "node_modules/outer": entry("outer", "1.0.0", { dependencies: { json: "^1.0.0" } }),
      "node_modules/outer/node_modules/json": entry("json", "1.0.1", { dependencies: { gone: "*" } }),
      "node_modules/gone": entry("gone", "1.0.0"),
    },
  });
  const dependencies = {
    gone: entry("gone", "1.0.0"),
    outer: {
      ...entry("outer", "1.0.0"),
      requires: { json: "^1.0.0" },
      dependencies: { json: { ...entry("json", "1.0.1"), requires: { gone: "*" } } },
    },
  };
  const files = {
    "package.json": project,
    "package-lock.json": pretty({ ...JSON.parse(lock), lockfileVersion: 2, dependencies }),
  };
  const { after } = edited({ files, of: "json", published: { "json@1.2.0": json12 } });
  const { dependencies: older } = JSON.parse(after["package-lock.json"] ?? "");
  assert.deepEqual(older, {
    outer: { ...dependencies.outer, dependencies: { json: { ...entry("json", "1.2.0"), integrity: "sha512-new==" } } },
  });
});

test("a workspace's projects are raised where they ask", () => {
  const root = { name: "app", workspaces: ["packages/*"] };
  const member = { name: "member", version: "1.0.0", dependencies: { json: "~1.0.0" } };
  const files = {
    "web/package.json": pretty(root),
    "web/packages/member/package.json": pretty(member),
    "web/package-lock.json": pretty({
      ...{ name: "app", lockfileVersion: 3 },
      packages: {
        "": root,
        "node_modules/json": entry("json", "1.0.1"),
        "node_modules/member": { resolved: "packages/member", link: true },
        "packages/member": member,
      },
    }),
  };
  const { after } = edited({ files, of: "json", published: { "json@1.2.0": json12 } });
  assert.equal(after["web/packages/member/package.json"], pretty({ ...member, dependencies: { json: "~1.2.0" } }));
  assert.deepEqual(JSON.parse(after["web/package-lock.json"] ?? "").packages["packages/member"].dependencies, {
    json: "~1.2.0",
  });
});

const more = (version: string, dependencies: Readonly<Record<string, string>> = {}): PublishedVersion => ({
  integrity: `sha512-more${version}`,
  dependencies,
  entry: { license: "MIT" },
  licenses: ["MIT"],
});
const moreAs = (version: string, also: object = {}) => ({
  ...{ version, resolved: `${registry}/more/-/more-${version}.tgz`, integrity: `sha512-more${version}` },
  ...{ license: "MIT", ...also },
});

test("what the new version needs comes in where npm puts it", () => {
  const third = (range: string) => entry("third", "1.0.0", { dependencies: { more: range } });
  const json = entry("json", "1.0.1");
  const published = {
    "json@1.2.0": { ...json12, dependencies: { more: "^2.0.0" } },
    ...{ "more@1.0.0": more("1.0.0"), "more@2.0.0": more("2.0.0"), "more@2.1.0": more("2.1.0", { deep: "*" }) },
    ...{
      "more@3.0.0-rc.1": more("3.0.0-rc.1"),
      "deep@1.0.0": { integrity: "sha512-deep", dependencies: {}, entry: {} },
    },
  };
  const deep = { version: "1.0.0", resolved: `${registry}/deep/-/deep-1.0.0.tgz`, integrity: "sha512-deep" };
  const brings = moreAs("2.1.0", { dependencies: { deep: "*" } });
  const cases: readonly (readonly [Project["packages"], Readonly<Record<string, object>>])[] = [
    [{ "node_modules/json": json }, { "node_modules/deep": deep, "node_modules/more": brings }],
    [
      { "node_modules/json": json, "node_modules/more": moreAs("1.0.0"), "node_modules/third": third("1.0.0") },
      { "node_modules/deep": deep, "node_modules/json/node_modules/more": brings },
    ],
    [
      { "node_modules/json": json, "node_modules/more": moreAs("1.0.0"), "node_modules/third": third(">=1.0.0") },
      { "node_modules/deep": deep, "node_modules/more": brings },
    ],
  ];
  for (const [packages, comes] of cases) {
    const asks = { json: "^1.0.0", ...(packages["node_modules/third"] && { third: "1.0.0" }) };
    const { after, plan } = edited({ files: projectOf({ asks, packages }), of: "json", published });
    const written = JSON.parse(after["package-lock.json"] ?? "").packages;
    const keys = Object.keys(written);
    assert.deepEqual(
      keys,
      keys.toSorted((a, b) => a.localeCompare(b, "en")),
    );
    for (const [path, value] of Object.entries(comes)) assert.deepEqual(written[path], value, path);
    assert.deepEqual(plan.risk.adds?.toSorted(), ["deep@1.0.0", "more@2.1.0"]);
    assert.deepEqual(plan.risk.addedLicenses, { "more@2.1.0": ["MIT"] });
  }
});

test("an override that holds the old version goes up, also where everybody takes the new one", () => {
  const files = projectOf({
    asks: { outer: "1.0.0" },
    packages: { "node_modules/outer": outer("^1.0.0"), "node_modules/json": entry("json", "1.0.1") },
    more: { overrides: { json: "1.0.1" } },
  });
  const { after } = edited({ files, of: "json", published: { "json@1.2.0": json12 } });
  assert.equal(after["package.json"], files["package.json"].replace("1.0.1", "1.2.0"));
});

const outer = (range: string) => entry("outer", "1.0.0", { dependencies: { json: range } });
const refusals: Readonly<Record<string, readonly [Project, Readonly<Record<string, PublishedVersion>>, RegExp]>> = {
  "the checksum is not known": [
    { asks: { json: "^1.0.0" }, packages: { "node_modules/json": entry("json", "1.0.1") } },
    {},
    /checksum of json 1\.2\.0 .*not known here\. Run `npm install json@1\.2\.0`/,
  ],
  "the new version asks for what is not there": [
    { asks: { json: "^1.0.0" }, packages: { "node_modules/json": entry("json", "1.0.1") } },
    { "json@1.2.0": { ...json12, dependencies: { more: "^2.0.0" } } },
    /asks for more \^2\.0\.0, which the lock file does not have/,
  ],
  "the new version asks for what only development has": [
    {
      asks: { json: "^1.0.0" },
      packages: {
        "node_modules/json": entry("json", "1.0.1"),
        "node_modules/more": entry("more", "2.0.0", { dev: true }),
      },
    },
    { "json@1.2.0": { ...json12, dependencies: { more: "^2.0.0" } } },
    /not installed everywhere/,
  ],
  "one override would not be right for all": [
    {
      asks: { outer: "1.0.0", third: "1.0.0" },
      packages: {
        "node_modules/outer": outer("1.0.1"),
        "node_modules/json": entry("json", "1.0.1"),
        "node_modules/third": entry("third", "1.0.0", { dependencies: { json: "^3.0.0" } }),
        "node_modules/third/node_modules/json": entry("json", "3.0.0"),
      },
    },
    { "json@1.2.0": json12 },
    /one override would not be right for all/,
  ],
  "an override below another package holds the old version": [
    {
      asks: { outer: "1.0.0" },
      packages: { "node_modules/outer": outer("^1.0.0"), "node_modules/json": entry("json", "1.0.1") },
      more: { overrides: { outer: { json: "1.0.1" } } },
    },
    { "json@1.2.0": json12 },
    /overrides it in a way of its own/,
  ],
  "what the project asks for is overridden with the same words": [
    {
      asks: { json: "^1.0.0" },
      packages: { "node_modules/json": entry("json", "1.0.1") },
      more: { overrides: { json: "^1.0.0" } },
    },
    { "json@1.2.0": json12 },
    /npm wants both to say the same/,
  ],
  "it comes inside another package": [
    {
      asks: { outer: "1.0.0" },
      packages: {
        "node_modules/outer": outer("^1.0.0"),
        "node_modules/outer/node_modules/json": { version: "1.0.1", inBundle: true },
      },
    },
    { "json@1.2.0": json12 },
    /comes inside another package/,
  ],
};

for (const [name, [project, published, because]] of Object.entries(refusals)) {
  test(`no lock file is left that npm would refuse: ${name}`, () => {
    const { plan } = planOf({ files: projectOf(project), of: "json", published });
    assert.equal(plan.is, "refused");
    assert.match(plan.is === "refused" ? plan.because : "", because);
  });
}
