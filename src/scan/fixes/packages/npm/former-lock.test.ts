/** package-lock.json of version 1, and the older half of version 2: modules within modules, as npm writes them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PublishedVersion } from "#model/fix-plan.ts";
import { planOf } from "../../testing/plan-of.ts";

type Entries = Readonly<Record<string, object>>;

const pretty = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
const addressOf = (name: string, version: string) => `https://registry.example/${name}/-/${name}-${version}.tgz`;
const at = (name: string, version: string, more: object = {}) => ({
  ...{ version, resolved: addressOf(name, version), integrity: `sha512-${name}${version}` },
  ...more,
});
const told = (name: string, version: string, dependencies: Readonly<Record<string, string>> = {}) =>
  [`${name}@${version}`, { integrity: `sha512-${name}${version}`, dependencies, entry: {} }] as const;

function filesOf(asks: object, dependencies: Entries, more: object = {}) {
  return {
    "package.json": pretty({ name: "app", ...asks }),
    "package-lock.json": pretty({ name: "app", lockfileVersion: 1, requires: true, dependencies, ...more }),
  };
}

interface Case {
  readonly asks: object;
  readonly before: Entries;
  readonly published: Readonly<Record<string, PublishedVersion>>;
  readonly after: Entries;
  readonly asksAfter?: object;
}

const json = { dependencies: { json: "^1.0.0" } };
const raised = { dependencies: { json: "^1.2.0" } };
const cases: Readonly<Record<string, Case>> = {
  "what it does not need any more goes, also inside of it": {
    asks: json,
    before: {
      inner: at("inner", "1.0.0"),
      json: at("json", "1.0.1", {
        requires: { inner: "1.0.0", deep: "2" },
        dependencies: { deep: at("deep", "2.0.0") },
      }),
      other: at("other", "1.0.0", { dev: true, requires: { deep: "1" } }),
    },
    published: Object.fromEntries([told("json", "1.2.0")]),
    after: { json: at("json", "1.2.0"), other: at("other", "1.0.0", { dev: true, requires: { deep: "1" } }) },
    asksAfter: raised,
  },
  "what it needs comes in, at the top or inside of it": {
    asks: { ...json, devDependencies: { third: "1.0.0" } },
    before: {
      json: at("json", "1.0.1"),
      more: at("more", "1.0.0", { dev: true }),
      third: at("third", "1.0.0", { dev: true, requires: { more: "1.0.0" } }),
    },
    published: Object.fromEntries([
      told("json", "1.2.0", { more: "^2.0.0", bare: "*" }),
      told("more", "2.0.0", { bare: "*" }),
      told("bare", "1.0.0"),
    ]),
    after: {
      bare: at("bare", "1.0.0"),
      json: at("json", "1.2.0", {
        requires: { bare: "*", more: "^2.0.0" },
        dependencies: { more: at("more", "2.0.0", { requires: { bare: "*" } }) },
      }),
      more: at("more", "1.0.0", { dev: true }),
      third: at("third", "1.0.0", { dev: true, requires: { more: "1.0.0" } }),
    },
    asksAfter: { ...raised, devDependencies: { third: "1.0.0" } },
  },
  "inside of others, who take it": {
    asks: { dependencies: { outer: "1.0.0" } },
    before: {
      outer: at("outer", "1.0.0", { requires: { json: "^1.0.0" }, dependencies: { json: at("json", "1.0.1") } }),
    },
    published: Object.fromEntries([told("json", "1.2.0")]),
    after: {
      outer: at("outer", "1.0.0", { requires: { json: "^1.0.0" }, dependencies: { json: at("json", "1.2.0") } }),
    },
  },
  "what only development needs from then on": {
    asks: { ...json, devDependencies: { third: "1.0.0" } },
    before: {
      deep: at("deep", "1.0.0"),
      inner: at("inner", "1.0.0", { requires: { deep: "*" } }),
      json: at("json", "1.0.1", { requires: { inner: "*" } }),
      third: at("third", "1.0.0", { dev: true, requires: { inner: "*" } }),
    },
    published: Object.fromEntries([told("json", "1.2.0")]),
    after: {
      deep: at("deep", "1.0.0", { dev: true }),
      inner: at("inner", "1.0.0", { dev: true, requires: { deep: "*" } }),
      json: at("json", "1.2.0"),
      third: at("third", "1.0.0", { dev: true, requires: { inner: "*" } }),
    },
    asksAfter: { ...raised, devDependencies: { third: "1.0.0" } },
  },
  "what another version of it takes the place of": {
    asks: { ...json, devDependencies: { more: "1.0.0" } },
    before: { json: at("json", "1.0.1", { requires: { more: "1" } }), more: at("more", "1.0.0") },
    published: Object.fromEntries([told("json", "1.2.0", { more: "2" }), told("more", "2.0.0")]),
    after: {
      json: at("json", "1.2.0", { requires: { more: "2" }, dependencies: { more: at("more", "2.0.0") } }),
      more: at("more", "1.0.0", { dev: true }),
    },
    asksAfter: { ...raised, devDependencies: { more: "1.0.0" } },
  },
  "under another name": {
    asks: { dependencies: { alias: "npm:json@^1.0.0" } },
    before: { alias: { ...at("json", "1.0.1"), version: "npm:json@1.0.1" } },
    published: Object.fromEntries([told("json", "1.2.0")]),
    after: { alias: { ...at("json", "1.2.0"), version: "npm:json@1.2.0" } },
    asksAfter: { dependencies: { alias: "npm:json@^1.2.0" } },
  },
};

for (const [name, { asks, before, published, after, asksAfter = asks }] of Object.entries(cases)) {
  test(`version 1 is written: ${name}`, () => {
    const planned = planOf({ files: filesOf(asks, before), of: "json", published });
    assert.equal(planned.plan.is, "planned", planned.plan.is === "refused" ? planned.plan.because : "");
    assert.deepEqual(planned.after, filesOf(asksAfter, after));
    assert.deepEqual(planned.left, []);
  });
}

test("what comes in inside of a package is in both halves of version 2", () => {
  const { asks, before, published, after } = cases["what it needs comes in, at the top or inside of it"] as Case;
  const listed = (entries: Entries, way: string): Entries =>
    Object.fromEntries(
      Object.entries(entries).flatMap(([name, entry]) => {
        const { requires, dependencies, ...own } = entry as { requires?: object; dependencies?: Entries };
        const path = `${way}node_modules/${name}`;
        return [
          [path, { ...own, ...(requires && { dependencies: requires }) }] as const,
          ...Object.entries(listed(dependencies ?? {}, `${path}/`)),
        ];
      }),
    );
  const filesAt = (own: object, dependencies: Entries) => ({
    "package.json": pretty({ name: "app", ...own }),
    "package-lock.json": pretty({
      ...{ name: "app", lockfileVersion: 2 },
      packages: { "": { name: "app", ...own }, ...listed(dependencies, "") },
      dependencies,
    }),
  });
  const planned = planOf({ files: filesAt(asks, before), of: "json", published });
  const written = JSON.parse(planned.after["package-lock.json"] ?? "");
  assert.deepEqual(written.dependencies, after);
  assert.deepEqual(Object.keys(written.packages).toSorted(), ["", ...Object.keys(listed(after, ""))].toSorted());
});

test("version 1 is left alone where it does not say enough, or npm of its time could not follow", () => {
  const published = Object.fromEntries([told("json", "1.2.0")]);
  const outer = at("outer", "1.0.0", { requires: { json: "1.0.1" } });
  const whole = filesOf(json, { json: at("json", "1.0.1") });
  const refusals: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
    [filesOf(json, { json: at("json", "1.0.1") }, { requires: undefined }), /a format that is not edited here/],
    [{ "package-lock.json": whole["package-lock.json"] }, /a format that is not edited here/],
    [
      filesOf({ dependencies: { outer: "1.0.0" } }, { json: at("json", "1.0.1"), outer }),
      /outer asks for another version, and npm up to version 6, whose lock file this is, knows no overrides/,
    ],
    [
      filesOf(
        { dependencies: { outer: "1.0.0" } },
        { outer: { ...outer, dependencies: { json: { version: "1.0.1", bundled: true } } } },
      ),
      /comes inside another package/,
    ],
  ];
  for (const [files, because] of refusals) {
    const { plan } = planOf({ files, of: "json", published });
    assert.equal(plan.is, "refused");
    assert.match(plan.is === "refused" ? plan.because : "", because);
  }
});
