import assert from "node:assert/strict";
import { test } from "node:test";
import { readPackages } from "../../testing/read-packages.ts";

test("indexes that settings of Python's package managers name", () => {
  const feeds = (texts: Readonly<Record<string, string>>) =>
    readPackages(texts).manifests.flatMap(({ path, feeds: all = [] }) =>
      all.map(({ name, address, scopes = [], isMapped, isBesideOthers, at }) => {
        const marks = [isMapped && "settled", isBesideOthers && "beside others", ...scopes].filter(Boolean).join(" ");
        return `${path} ${name ?? ""} ${address} ${at.path}:${at.startLine} ${marks}`;
      }),
    );
  const source = (table: string, name: string, more = "") =>
    `[[${table}]]\nname = "${name}"\nurl = "https://me:word@${name}.example/simple"\n${more}`;
  const poetry = [
    '[tool.poetry.dependencies]\nown = { version = "1", source = "b" }\n',
    source("tool.poetry.source", "a", 'priority = "supplemental"\n'),
    source("tool.poetry.source", "b", 'priority = "explicit"\n'),
  ].join("");
  // Also where a lock file stands for the project.
  assert.deepEqual(feeds({ "pyproject.toml": poetry, "poetry.lock": '[[package]]\nname = "x"\nversion = "1"\n' }), [
    "poetry.lock a https://a.example/simple pyproject.toml:5 beside others",
    "poetry.lock b https://b.example/simple pyproject.toml:9 settled own",
  ]);
  const uv = `[project]\nname = "x"\n[tool.uv]\nindex-strategy = "unsafe-first-match"\n${source("tool.uv.index", "a")}`;
  const uvLock = '[[package]]\nname = "x"\nversion = "1"\nsource = { virtual = "." }\n';
  assert.deepEqual(feeds({ "pyproject.toml": uv, "uv.lock": uvLock }), [
    "uv.lock a https://a.example/simple pyproject.toml:7 beside others",
  ]);
  const explicit = `[project]\nname = "x"\n[tool.uv.sources]\nown = { index = "a" }\n${source("tool.uv.index", "a", "explicit = true\n")}`;
  assert.deepEqual(feeds({ "pyproject.toml": explicit }), [
    "pyproject.toml a https://a.example/simple pyproject.toml:7 settled own",
  ]);
  assert.deepEqual(feeds({ "uv.toml": 'index-url = "https://a.example/simple"\n' }), [
    "uv.toml  https://a.example/simple uv.toml:1 settled",
  ]);
  const pdm = source("tool.pdm.source", "a", 'include_packages = ["own-*"]\n') + source("tool.pdm.source", "pypi");
  assert.deepEqual(feeds({ "pyproject.toml": pdm }), [
    "pyproject.toml a https://a.example/simple pyproject.toml:3 settled own-*",
    "pyproject.toml pypi https://pypi.example/simple pyproject.toml:7 ",
  ]);
  const pipfile = `${source("source", "a")}${source("source", "b")}[packages]\nx = "*"\nown = { version = "*", index = "b" }\n`;
  assert.deepEqual(feeds({ Pipfile: pipfile, "Pipfile.lock": '{"default":{}}' }), [
    "Pipfile.lock a https://a.example/simple Pipfile:3 settled",
    "Pipfile.lock b https://b.example/simple Pipfile:6 settled own",
  ]);
  const conf =
    "[global]\nindex_url = https://a.example/simple\nextra-index-url =\n    https://b.example/simple\n    https://c.example/simple\n[install]\ntrusted-host = x\n";
  assert.deepEqual(feeds({ "pip.conf": conf }), [
    "pip.conf  https://a.example/simple pip.conf:2 ",
    "pip.conf  https://b.example/simple pip.conf:4 beside others",
    "pip.conf  https://c.example/simple pip.conf:5 beside others",
  ]);
});
