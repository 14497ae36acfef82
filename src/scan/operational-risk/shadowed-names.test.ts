import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { readPackages } from "../packages/testing/read-packages.ts";
import { judged } from "./testing/judge-risk-of.ts";

type Texts = Readonly<Record<string, string>>;

const found = (files: Texts) =>
  judged(readPackages(files).manifests, {}).filter(({ rule }) => rule === "operational-risk/shadowed-name");
const said = (files: Texts) =>
  found(files).map(({ severity, at, package: about, message }) =>
    [severity, about?.name ?? message, "startLine" in at ? at.startLine : 0].join(" "),
  );

const own = "https://nexus.contoso.example/npm";
const elsewhere = "https://npm.other.test";
/** The domain is a fact about the client; no address of a registry is needed. */
const publicHost = `https://any.${["npmjs", "org"].join(".")}`;
const scoped = `@contoso:registry=${own}/\n`;

const packageLock = (resolved: Texts, more: object = {}) =>
  JSON.stringify(
    {
      name: "web",
      lockfileVersion: 3,
      packages: Object.fromEntries([
        ["", { name: "web" }],
        ...Object.entries(resolved).map(([name, registry]) => [
          `node_modules/${name}`,
          {
            version: "1.2.0",
            resolved: `${registry}/${name}/-/${name.replace(/^.*\//, "")}-1.2.0.tgz`,
            integrity: "sha512-AA==",
            ...more,
          },
        ]),
      ]),
    },
    undefined,
    1,
  );

test("a package of a scope that comes from another registry than the settings name", () => {
  const [finding, ...others] = found({
    ".npmrc": `save-exact=true\n${scoped}`,
    "package-lock.json": packageLock({ "@contoso/ui": publicHost, "@other/x": publicHost, lodash: publicHost }),
  });
  assert.deepEqual(others, []);
  assert.equal(
    finding?.message,
    "@contoso/ui 1.2.0 is locked from any.npmjs.org, but .npmrc:2 takes @contoso from nexus.contoso.example: look whether it is the package that you mean",
  );
  assert.deepEqual([finding.severity, "startLine" in finding.at && finding.at.startLine], ["high", 8]);
  assert.deepEqual(finding.signals, [`locked from ${publicHost}/`, `.npmrc:2 names ${own}/`]);
  assert.equal(finding.package?.purl, "pkg:npm/%40contoso/ui@1.2.0");
});

test("what is where the settings say, or cannot be known, is not found", () => {
  const azure = "https://pkgs.dev.azure.com/contoso";
  for (const [npmrc, registry, isFound] of [
    [scoped, own, false],
    [scoped, "https://nexus.contoso.example/repository/all", false],
    [scoped, "https://tarballs.contoso.example", false],
    [scoped, "http://nexus.contoso.example:443/npm", false],
    [scoped, elsewhere, true],
    // A colleague's proxy is no public place.
    [scoped, "https://artifactory.fabrikam.example/npm", false],
    [`@contoso:registry=${azure}/_packaging/a/npm/registry/\n`, `${azure}/_packaging/b/npm/registry`, false],
    [
      `@contoso:registry=${azure}/_packaging/a/npm/registry/\n`,
      "https://contoso.pkgs.visualstudio.com/_packaging/a/npm/registry",
      false,
    ],
    [`@contoso:registry=${azure}/_packaging/a/npm/registry/\n`, publicHost, true],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of npm
    ["@contoso:registry=https://${HOST}/npm/\n", publicHost, false],
    ["@contoso:registry=$(registry)\n", publicHost, false],
    [`@contoso:registry=${publicHost}/\n`, elsewhere, false],
    ["save-exact=true\n", publicHost, false],
    ["@fabrikam:registry=https://npm.fabrikam.example/\n", publicHost, false],
  ] as const) {
    const files = { ".npmrc": npmrc, "package-lock.json": packageLock({ "@contoso/ui": registry }) };
    assert.equal(found(files).length, isFound ? 1 : 0, `${npmrc}${registry}`);
  }
});

test("aliases count as what they are; links, archives, repositories and the project itself do not count", () => {
  const lock = (entry: object) =>
    JSON.stringify({
      name: "@contoso/web",
      lockfileVersion: 3,
      packages: {
        "": { name: "@contoso/web", dependencies: { "@contoso/a": `${elsewhere}/a.tgz` } },
        "node_modules/@contoso/a": entry,
      },
    });
  const of = (entry: object) => said({ ".npmrc": scoped, "package-lock.json": lock(entry) });
  assert.deepEqual(of({ version: "1.0.0", resolved: `${elsewhere}/a.tgz` }), []);
  assert.deepEqual(of({ version: "1.0.0", resolved: "git+ssh://git@host.example/a.git#0123456" }), []);
  assert.deepEqual(of({ resolved: "packages/a", link: true }), []);
  assert.deepEqual(of({ version: "1.0.0" }), []);
  const alias = (name: string, real: string) =>
    said({
      ".npmrc": scoped,
      "package-lock.json": JSON.stringify({
        lockfileVersion: 3,
        packages: {
          [`node_modules/${name}`]: { name: real, version: "1.0.0", resolved: `${elsewhere}/${real}/-/x-1.0.0.tgz` },
        },
      }),
    });
  assert.deepEqual(alias("@contoso/b", "b"), []);
  assert.deepEqual(alias("b", "@contoso/b"), ["medium @contoso/b 1"]);
});

test("every lock file that says where a package was found", () => {
  const classic = (registry: string) =>
    `# yarn lockfile v1\n\n"@contoso/ui@^1.0.0":\n  version "1.2.0"\n  resolved "${registry}/@contoso/ui/-/ui-1.2.0.tgz#ab"\n`;
  const berry = (more: string) =>
    `__metadata:\n  version: 8\n\n"@contoso/ui@npm:^1.0.0":\n  version: 1.2.0\n  resolution: "@contoso/ui@npm:1.2.0${more}"\n  languageName: node\n`;
  const pnpm = (resolution: string) =>
    `lockfileVersion: '9.0'\n\npackages:\n\n  '@contoso/ui@1.2.0':\n    resolution: {${resolution}}\n\nsnapshots:\n\n  '@contoso/ui@1.2.0': {}\n`;
  const bun = (registry: string) =>
    `{\n  "lockfileVersion": 1,\n  "workspaces": { "": { "name": "web" } },\n  "packages": {\n    "@contoso/ui": ["@contoso/ui@1.2.0", "${registry}", {}, "sha512-AA=="],\n  }\n}\n`;
  const tarball = (registry: string) => `${registry}/@contoso/ui/-/ui-1.2.0.tgz`;
  const archive = (registry: string) => `::__archiveUrl=${encodeURIComponent(tarball(registry))}`;
  const yarnrc = `npmScopes:\n  contoso:\n    npmRegistryServer: "${own}"\n`;
  const bunfig = `[install.scopes]\ncontoso = "${own}"\n`;
  const nested = (registry: string) =>
    JSON.stringify({
      lockfileVersion: 1,
      dependencies: { "@contoso/ui": { version: "1.2.0", resolved: tarball(registry) } },
    });
  for (const [files, expected] of [
    [{ ".npmrc": scoped, "package-lock.json": nested(publicHost) }, "high @contoso/ui 1"],
    [{ ".npmrc": scoped, "package-lock.json": nested(own) }, undefined],
    [{ ".npmrc": scoped, "yarn.lock": classic(publicHost) }, "high @contoso/ui 3"],
    [{ ".yarnrc": `"@contoso:registry" "${own}"\n`, "yarn.lock": classic(publicHost) }, "high @contoso/ui 3"],
    [{ ".npmrc": scoped, "yarn.lock": classic(own) }, undefined],
    [{ ".yarnrc.yml": yarnrc, "yarn.lock": berry(archive(publicHost)) }, "high @contoso/ui 4"],
    [{ ".yarnrc.yml": yarnrc, "yarn.lock": berry(archive(own)) }, undefined],
    [{ ".yarnrc.yml": yarnrc, "yarn.lock": berry("") }, undefined],
    [{ ".yarnrc.yml": yarnrc, "yarn.lock": berry("::__archiveUrl=%E0%A4%A") }, undefined],
    [
      { ".npmrc": scoped, "pnpm-lock.yaml": pnpm(`integrity: sha512-AA==, tarball: ${tarball(publicHost)}`) },
      "high @contoso/ui 5",
    ],
    [{ ".npmrc": scoped, "pnpm-lock.yaml": pnpm(`integrity: sha512-AA==, tarball: ${tarball(own)}`) }, undefined],
    [{ ".npmrc": scoped, "pnpm-lock.yaml": pnpm("integrity: sha512-AA==") }, undefined],
    [{ "bunfig.toml": bunfig, "bun.lock": bun("") }, undefined],
    [{ "bunfig.toml": bunfig, "bun.lock": bun(tarball(publicHost)) }, "high @contoso/ui 5"],
    [{ "bunfig.toml": bunfig, "bun.lock": bun(tarball(own)) }, undefined],
  ] satisfies readonly (readonly [Texts, string | undefined])[]) {
    assert.deepEqual(said(files), expected === undefined ? [] : [expected], JSON.stringify(files));
  }
});

test("settings in a folder above: a scope is the feed's all the same, and it is said that they are not read", () => {
  const lock = packageLock({ "@contoso/ui": publicHost, lodash: publicHost });
  const [finding, ...others] = found({ ".npmrc": scoped, "web/package-lock.json": lock });
  assert.deepEqual(others, []);
  assert.deepEqual(
    finding?.signals?.at(-1),
    "the package manager does not read .npmrc for web/package-lock.json: it lies in another folder",
  );
  assert.deepEqual(said({ "api/.npmrc": scoped, "web/package-lock.json": lock }), []);
  // For all names only what is read counts.
  const classic = `lodash@^4.0.0:\n  version "4.17.21"\n  resolved "${elsewhere}/lodash/-/lodash-4.17.21.tgz#ab"\n`;
  const all = `registry=${own}/\n`;
  assert.equal(found({ ".npmrc": all, "web/yarn.lock": classic }).length, 1);
  assert.equal(found({ ".npmrc": all, "web/package-lock.json": packageLock({ lodash: elsewhere }) }).length, 0);
});

test("a private registry for everything that a lock file passes by is one finding, milder, but for own names", () => {
  const all = `registry=${own}/\n`;
  const of = (registry: string, npmrc = all) =>
    found({ ".npmrc": npmrc, "package-lock.json": packageLock({ a: registry, b: registry, c: own }) });
  const [finding, ...others] = of(elsewhere);
  assert.deepEqual(others, []);
  assert.equal(finding?.severity, "low");
  assert.equal(
    finding.message,
    "2 packages are locked from npm.other.test, but .npmrc:1 takes all packages from nexus.contoso.example: install again with these settings and commit the lock file",
  );
  assert.deepEqual(finding.signals?.slice(2), ["a 1.2.0", "b 1.2.0"]);
  // npm asks the configured registry for what is locked from its own; mirrors are a matter of taste.
  assert.deepEqual(of(publicHost), []);
  assert.deepEqual(of(elsewhere, "registry=https://npm.mirror.example/\n"), []);
  const ownName = {
    ".npmrc": "registry=https://npm.contoso.example/\n",
    "lib/package.json": JSON.stringify({ name: "contoso-core", version: "1.0.0" }),
    "package-lock.json": packageLock({ "contoso-core": publicHost, lodash: publicHost }),
  };
  assert.deepEqual(said(ownName), ["medium contoso-core 8"]);
});

test("several versions are one finding, and a whole scope from elsewhere is counted", () => {
  const entry = (version: string) => ({ version, resolved: `${elsewhere}/@contoso/a/-/a-${version}.tgz` });
  const twice = JSON.stringify({
    lockfileVersion: 3,
    packages: { "node_modules/@contoso/a": entry("1.0.0"), "node_modules/b/node_modules/@contoso/a": entry("2.0.0") },
  });
  const [finding, ...others] = found({ ".npmrc": scoped, "package-lock.json": twice });
  assert.deepEqual(others, []);
  assert.match(finding?.message ?? "", /^@contoso\/a \(1\.0\.0, 2\.0\.0\) is locked from npm\.other\.test/);
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`@contoso/p${at}`, publicHost]));
  const [counted, ...more] = found({ ".npmrc": scoped, "package-lock.json": packageLock(many) });
  assert.deepEqual(more, []);
  assert.match(counted?.message ?? "", /^30 packages are locked from any\.npmjs\.org, but \.npmrc:1 takes @contoso/);
  assert.equal(counted?.severity, "high");
});

test("Python: a package that the settings take from one index and the lock file from another", () => {
  const simple = "https://pypi.contoso.example/simple";
  const other = "https://index.other.test/simple";
  const publicFiles = `https://files.${["pythonhosted", "org"].join(".")}/packages/aa`;
  const uv = (source: string) =>
    `[project]\nname = "web"\n[[tool.uv.index]]\nname = "own"\nurl = "${simple}"\nexplicit = true\n[tool.uv.sources]\nContoso_core = ${source}\n`;
  const uvLock = (registry: string) =>
    `version = 1\n\n[[package]]\nname = "web"\nversion = "0.1.0"\nsource = { virtual = "." }\ndependencies = [{ name = "contoso-core" }]\n\n[[package]]\nname = "contoso-core"\nversion = "1.0.0"\nsource = { registry = "${registry}" }\n\n[[package]]\nname = "requests"\nversion = "2.0.0"\nsource = { registry = "${other}" }\n`;
  const poetry = (priority: string) =>
    `[tool.poetry]\nname = "web"\nversion = "1.0.0"\n[tool.poetry.dependencies]\ncontoso-core = { version = "1.0.0", source = "own" }\nrequests = "*"\n[[tool.poetry.source]]\nname = "own"\nurl = "${simple}"\npriority = "${priority}"\n`;
  const poetryLock = (source: string) =>
    `[[package]]\nname = "contoso-core"\nversion = "1.0.0"\n${source}\n[[package]]\nname = "requests"\nversion = "2.0.0"\n`;
  const legacy = (url: string) => `[package.source]\ntype = "legacy"\nurl = "${url}"\nreference = "own"\n`;
  const pipfile = `[[source]]\nname = "open"\nurl = "${other}"\n[[source]]\nname = "own"\nurl = "${simple}"\n[packages]\ncontoso-core = { version = "*", index = "own" }\n`;
  const pipfileLock = (index: string) =>
    JSON.stringify({
      _meta: {
        sources: [
          { name: "own", url: simple },
          { name: "open", url: other },
        ],
      },
      default: { "contoso-core": { version: "==1.0.0", index } },
    });
  const pdm = `[project]\nname = "web"\n[[tool.pdm.source]]\nname = "own"\nurl = "${simple}"\ninclude_packages = ["contoso-*"]\n`;
  const pdmLock = (url: string) =>
    `[[package]]\nname = "contoso-core"\nversion = "1.0.0"\nfiles = [{ url = "${url}/x-1.0.0.whl", hash = "sha256:aa" }]\n`;
  const pylock = (index: string) =>
    `lock-version = "1.0"\n[[packages]]\nname = "contoso-core"\nversion = "1.0.0"\nindex = "${index}"\n`;
  const pinned = '{ index = "own" }';
  for (const [files, expected] of [
    [{ "pyproject.toml": uv(pinned), "uv.lock": uvLock(other) }, "medium contoso-core 9"],
    [{ "pyproject.toml": uv(pinned), "uv.lock": uvLock(simple) }, undefined],
    [
      { "pyproject.toml": uv(`[${pinned.replace(" }", ', marker = "os_name == 1" }')}]`), "uv.lock": uvLock(other) },
      undefined,
    ],
    [{ "pyproject.toml": uv("{ path = 'x' }"), "uv.lock": uvLock(other) }, undefined],
    [{ "pyproject.toml": poetry("explicit"), "poetry.lock": poetryLock("") }, "high contoso-core 1"],
    [{ "pyproject.toml": poetry("supplemental"), "poetry.lock": poetryLock(legacy(other)) }, "medium contoso-core 1"],
    [{ "pyproject.toml": poetry("explicit"), "poetry.lock": poetryLock(legacy(simple)) }, undefined],
    [
      {
        "pyproject.toml": poetry("explicit"),
        "poetry.lock": poetryLock('[package.source]\ntype = "git"\nurl = "https://git.example/a.git"\n'),
      },
      undefined,
    ],
    [{ Pipfile: pipfile, "Pipfile.lock": pipfileLock("open") }, "medium contoso-core 1"],
    [{ Pipfile: pipfile, "Pipfile.lock": pipfileLock("own") }, undefined],
    [{ Pipfile: pipfile, "Pipfile.lock": pipfileLock("gone") }, undefined],
    [{ "pyproject.toml": pdm, "pdm.lock": pdmLock(publicFiles) }, "high contoso-core 1"],
    [{ "pyproject.toml": pdm, "pdm.lock": pdmLock("https://cdn.other.test/files") }, undefined],
    [{ "pyproject.toml": uv(pinned), "pylock.toml": pylock(other) }, "medium contoso-core 2"],
    [{ "pyproject.toml": uv(pinned), "pylock.toml": pylock(simple) }, undefined],
  ] satisfies readonly (readonly [Texts, string | undefined])[]) {
    assert.deepEqual(said(files), expected === undefined ? [] : [expected], JSON.stringify(files));
  }
});

test("hostile settings and lock files take no time, and what they say is shown in one line", () => {
  const odd = "https://a.other.test/\u202e\u0007x y/";
  const lock = packageLock({ "@contoso/ui": odd });
  const [finding] = found({ ".npmrc": scoped, "package-lock.json": lock });
  const shown = [finding?.message ?? "", ...(finding?.signals ?? [])].join("");
  assert.ok(shown.includes("a.other.test") && !/[\p{Cc}\p{Cf}]/u.test(shown), shown);
  const many = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, at) => [`@contoso/${"-/".repeat(at % 5)}p${at}`, elsewhere]),
  );
  const scopes = Array.from({ length: 20_000 }, (_, at) => `@s${at}:registry=${own}/\n`).join("");
  const files = { ".npmrc": scopes + scoped, "package-lock.json": packageLock(many) };
  assert.equal(takesAtMost(20, () => found(files)).length, 1);
  const long = `@contoso:registry=https://nexus.contoso.example/${"a".repeat(5000)}\n`;
  assert.deepEqual(found({ ".npmrc": long, "package-lock.json": packageLock({ "@contoso/ui": publicHost }) }), []);
});
