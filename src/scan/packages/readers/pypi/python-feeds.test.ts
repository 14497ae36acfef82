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

test("settings that pip takes nothing of are told once, with what was expected", () => {
  const told = (text: string, path = "pip.conf") =>
    readPackages({ [path]: text, "requirements.txt": "x==1\n" }).problems.flatMap(({ path: at, line, message }) =>
      at === path ? [`${line} ${message.replace(/\. What .*/, "")}`] : [],
    );
  const option = "A section or an option with its value was expected here; pip takes nothing of such a file";
  const section =
    "A section such as [global] was expected here before the first option; pip takes nothing of such a file";
  assert.deepEqual(told("index-url = https://a.example/simple\n"), [`1 ${section}`]);
  assert.deepEqual(told("[global]\nindex-url = https://a.example/simple\nnonsense\nmore\n"), [`3 ${option}`]);
  assert.deepEqual(told("[global]\n= x\n"), [`2 ${option}`]);
  assert.match(told("# x\n\n[global\n")[0] ?? "", /^3 A section such as/);
  for (const sound of ["", "[a] x\n  b: c\n  # d\n  ; e\n   f\n\n   g\n d = e\n", "\ufeff[global]\r\na=\r\n  b\r\n"]) {
    assert.deepEqual(told(sound), []);
  }
  // What stands in it is read all the same.
  const { manifests } = readPackages({ "pip.conf": "index-url = https://a.example/simple\n" });
  assert.equal(manifests[0]?.feeds?.length, 1);
  assert.deepEqual(told('[[index]\nurl = "https://a.example"\n', "uv.toml"), [
    "1 ]] was expected behind the name of a table",
  ]);
});

test("a broken pyproject.toml is told once, also beside a lock file", () => {
  const broken = '[project]\nname = "x"\n[[tool.uv.index]\nurl = "https://a.example/simple"\n';
  const lock = '[[package]]\nname = "x"\nversion = "1"\n';
  for (const beside of [{}, { "uv.lock": lock }, { "poetry.lock": lock }, { "pdm.lock": lock }]) {
    const { problems } = readPackages({ "pyproject.toml": broken, ...beside });
    const own = problems.filter(({ path, isNotice }) => path === "pyproject.toml" && !isNotice);
    assert.deepEqual(
      own.map(({ line }) => line),
      [3],
      Object.keys(beside).join(),
    );
  }
  const { problems } = readPackages({ Pipfile: "[packages\nx = 1\n", "Pipfile.lock": '{"default":{}}' });
  assert.deepEqual(
    problems.map(({ path, line }) => `${path}:${line}`),
    ["Pipfile:1"],
  );
});
