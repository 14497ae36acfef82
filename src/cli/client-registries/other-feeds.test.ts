/** Cargo, Bundler and Composer: which of their settings name a registry, and whom their logins are for. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { clientRegistries } from "../packages/client-registries.ts";

type Row = readonly [address: string, secret?: string];

function feedsOf(files: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>> = {}) {
  const home = mkdtempSync(join(tmpdir(), "sallyport-feeds-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), text);
    }
    const program = join(home, "bin", "node");
    const { feeds, notices } = clientRegistries({ home, machine: home, platform: "linux", program, environment });
    const rows = feeds.map(({ address, login, authorization }): Row => {
      const secret = (authorization ?? login)?.reveal();
      return secret === undefined ? [address] : [address, secret];
    });
    return { rows, notices: notices.length, ecosystems: [...new Set(feeds.map(({ ecosystem }) => ecosystem))] };
  } finally {
    rmSync(home, { recursive: true });
  }
}

interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
}

const cases: Readonly<Record<string, Case>> = {
  "crates.io: nothing where nothing is set": { files: { ".cargo/config.toml": "[build]\njobs = 2\n" }, rows: [] },
  "crates.io: what stands in for the usual source, by way of another": {
    files: {
      ".cargo/config.toml":
        '[source.crates-io]\nreplace-with = "first"\n[source.first]\nreplace-with = "second"\n[source.second]\nregistry = "sparse+https://crates.example/second/"\n',
    },
    rows: [["https://crates.example/second/"]],
  },
  "crates.io: registries with their tokens, and none in git": {
    files: {
      ".cargo/config.toml":
        '[source.crates-io]\nreplace-with = "own"\n[registries]\nown = { index = "sparse+https://crates.example/own/" }\ngit = { index = "https://git.example/x" }\n',
      ".cargo/credentials.toml": '[registries.own]\ntoken = "Basic abc"\n',
    },
    environment: { CARGO_REGISTRIES_LATE_ONE_INDEX: "sparse+https://late.example/" },
    rows: [["https://crates.example/own/", "Basic abc"], ["https://late.example/"]],
  },
  "RubyGems: mirrors and sources with logins": {
    files: {
      ".bundle/config":
        '---\nBUNDLE_MIRROR__HTTPS://GEMS__EXAMPLE/: "https://mirror-1.example/gems/"\nBUNDLE_MIRROR__HTTPS://GEMS__EXAMPLE/__FALLBACK_TIMEOUT: "3"\nBUNDLE_MIRROR___1__EXAMPLE: "any:one"\n',
      ".gemrc": "---\n:verbose: true\n:sources:\n- https://u:p@gems.example/\n:other:\n- https://no.example/\n",
    },
    environment: { BUNDLE_MIRROR___1__EXAMPLE: "any:two" },
    rows: [
      ["https://mirror-1.example/gems/", "any:two"],
      ["https://gems.example/", "u:p"],
    ],
  },
  "Packagist: repositories of Composer's own kind": {
    files: {
      ".config/composer/config.json": JSON.stringify({
        repositories: {
          a: { type: "composer", url: "https://php.example/a" },
          b: { type: "vcs", url: "https://git.example/b" },
          c: { type: "composer", url: "https://other.example" },
          packagist: false,
        },
      }),
      ".config/composer/auth.json": JSON.stringify({
        "http-basic": { "php.example": { username: "u", password: "p" } },
        bearer: { "other.example": "t" },
      }),
    },
    rows: [
      ["https://php.example/a", "u:p"],
      ["https://other.example/", "Bearer t"],
    ],
  },
};

for (const [name, { files, environment, rows }] of Object.entries(cases)) {
  test(`feeds of ${name}`, () => {
    const found = feedsOf(files, environment);
    assert.deepEqual([found.rows, found.notices], [rows, 0]);
    if (rows.length > 0) assert.deepEqual(found.ecosystems, [name.split(":")[0]]);
  });
}

test("what is broken is said, and the rest counts", () => {
  assert.equal(feedsOf({ ".config/composer/config.json": "{", ".cargo/config.toml": "[a\n" }).notices, 2);
});
