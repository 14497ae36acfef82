import assert from "node:assert/strict";
import { test } from "node:test";
import type { PackageUse } from "#model/package-manifest.ts";
import { readPackages } from "../../testing/read-packages.ts";
import { readPipOptions } from "./pip-options.ts";

function shown({
  name,
  version,
  requirement,
  at,
  versionAt,
  relation,
  isDevelopment,
  groups = [],
  source,
}: PackageUse) {
  const place = versionAt ? `+${versionAt.startLine}:${versionAt.startColumn}-${versionAt.endColumn}` : "";
  const marks = [relation, ...(isDevelopment ? ["DEV"] : []), ...groups, ...(source ? [source.is] : [])].join(" ");
  return `${name}@${version ?? `?${requirement ?? ""}`} ${at.path}:${at.startLine}-${at.endLine}${place} ${marks}`;
}

function lines(texts: Readonly<Record<string, string>>): readonly string[] {
  return readPackages(texts).manifests.flatMap(({ packages }) => packages.map(shown));
}

test("requirements as pip reads them", () => {
  const text = `\u{feff}# head
--index-url https://pip.example/simple
Django[argon2] == 4.2 ; python_version < "3" # why
flask>=2,<3
spread==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
once===2.0+local --hash=sha256:cc
any
wild==1.*
direct @ git+https://git.example/x/y@abc#subdirectory=z
wheel @ https://files.example/wheel-3.1-py3-none-any.whl ; extra == 'x'
-e git+ssh://git@git.example/x/y.git@v1#egg=egg
https://files.example/whl_name-1.5-1-cp39-cp39-linux_x86_64.whl
./local/archive.tar.gz
$\{TOKEN}==1
legacy (>=1.0,<2)
==3
`;
  const { manifests, problems } = readPackages({ "requirements.txt": text });
  assert.deepEqual(
    manifests.flatMap(({ packages }) => packages.map(shown)),
    [
      "Django@4.2 requirements.txt:3-3+3:19-22 direct",
      "flask@?>=2,<3 requirements.txt:4-4 direct",
      "spread@1.0 requirements.txt:5-7+5:9-12 direct",
      "once@2.0+local requirements.txt:8-8+8:8-17 direct",
      "any@? requirements.txt:9-9 direct",
      "wild@?==1.* requirements.txt:10-10 direct",
      "direct@?@ git+https://git.example/x/y@abc#subdirectory=z requirements.txt:11-11 direct git",
      "wheel@3.1 requirements.txt:12-12 direct archive",
      "egg@?git+ssh://git@git.example/x/y.git@v1#egg=egg requirements.txt:13-13 direct git",
      "whl_name@1.5 requirements.txt:14-14 direct archive",
      "legacy@?>=1.0,<2 requirements.txt:17-17 direct",
    ],
  );
  assert.equal(manifests[0]?.packages[3]?.integrity, "sha256:cc");
  assert.deepEqual(manifests[0]?.packages[6]?.source, { is: "git", url: "https://git.example/x/y", commit: "abc" });
  assert.deepEqual(manifests[0]?.packages[8]?.source, {
    is: "git",
    url: "ssh://git@git.example/x/y.git",
    commit: "v1",
  });
  assert.deepEqual(
    problems.map(({ line, code, isNotice }) => `${line} ${code}${isNotice ? " notice" : ""}`),
    ["15 unresolved notice", "16 syntax", "18 syntax", "1 not-locked notice"],
  );
});

test("requirements include others, and constraints pin", () => {
  const files = {
    "requirements.txt": "-r requirements/base.txt\n-c constraints.txt\na\n-r gone.txt\n",
    "requirements/base.txt": "--requirement=../requirements-dev.txt\nb==1\n-r base.txt\n",
    "requirements-dev.txt": "c==2\n",
    "constraints.txt": "a==9\nunused==8\n",
  };
  assert.deepEqual(lines(files), [
    "a@9 requirements.txt:3-3+1:4-5 direct",
    "b@1 requirements/base.txt:2-2+2:4-5 direct",
    "c@2 requirements-dev.txt:1-1+1:4-5 direct DEV dev",
    "unused@8 constraints.txt:2-2+2:9-10 unknown constraint",
  ]);
});

test("comments of pip-compile say who asked", () => {
  const text = `flask==2 \\
    --hash=sha256:aa
    # via -r requirements.in
click==8
    # via
    #   flask
    #   other[x]
old==1  # via click
`;
  const { manifests, lines: all } = readPackages({ "requirements.txt": text, "requirements.in": "flask" });
  assert.deepEqual(all, [
    "click@8 requirements.txt:4 transitive",
    "flask@2 requirements.txt:1",
    "old@1 requirements.txt:8 transitive",
  ]);
  assert.deepEqual(
    manifests[0]?.packages.map(({ dependsOn }) => dependsOn),
    [[1], [2], []],
  );
  assert.equal(manifests[0]?.isLocked, true);
});

test("options of pip are told", () => {
  const text =
    "-i https://a.example\n--extra-index-url=https://b.example\n--extra-index-url 'https://c.example'\n--no-index\n-f ./x\n";
  assert.deepEqual(readPipOptions({ path: "requirements.txt", text }), {
    indexUrl: "https://a.example",
    extraIndexUrls: ["https://b.example", "https://c.example"],
    findLinks: ["./x"],
    hasNoIndex: true,
  });
});

const pyproject = `[build-system]
requires = ["hatchling"]
[project]
name = "own"
version = "0.1"
dependencies = ["a>=1", "b[x] == 2.0; python_version > '3'"]
[project.optional-dependencies]
fast = ["c"]
[dependency-groups]
dev = ["d", {include-group = "x"}, "???"]
[tool.poetry.group.docs.dependencies]
python = "^3"
e = {version = "^1.0", optional = true}
f = {git = "https://git.example/f", tag = "v1"}
[tool.hatch.envs.test]
extra-dependencies = ["g"]
`;

test("pyproject.toml in every dialect", () => {
  const { manifests, problems } = readPackages({ "pyproject.toml": pyproject });
  assert.deepEqual(manifests[0]?.root, { name: "own", version: "0.1" });
  assert.deepEqual(manifests[0]?.packages.map(shown), [
    "a@?>=1 pyproject.toml:6-6 direct",
    "b@2.0 pyproject.toml:6-6+6:34-37 direct",
    "c@? pyproject.toml:8-8 direct fast",
    "d@? pyproject.toml:10-10 direct DEV dev",
    "g@? pyproject.toml:16-16 direct DEV test",
    "hatchling@? pyproject.toml:2-2 direct DEV build-system",
    "e@?^1.0 pyproject.toml:13-13 direct DEV docs optional",
    "f@? pyproject.toml:14-14 direct DEV docs git",
  ]);
  assert.deepEqual(
    problems.map(({ line, code }) => `${line} ${code}`),
    ["10 syntax", "1 not-locked"],
  );
});

test("poetry.lock with the project beside it", () => {
  const lock = `[[package]]
name = "A"
version = "1.5"

[package.dependencies]
sub = ">=1"

[[package]]
name = "d"
version = "1"
[package.dependencies]
sub-dev = {version = "*", optional = true}
[package.source]
type = "git"
url = "https://git.example/d"
resolved_reference = "abc"

[[package]]
name = "sub"
version = "2"

[[package]]
name = "sub_dev"
version = "3"

[metadata]
lock-version = "2.0"
`;
  assert.deepEqual(lines({ "poetry.lock": lock, "pyproject.toml": pyproject }), [
    "A@1.5 poetry.lock:1-6+3:12-15 direct",
    "d@1 poetry.lock:8-16+10:12-13 direct DEV git",
    "sub@2 poetry.lock:18-20+20:12-13 transitive",
    "sub_dev@3 poetry.lock:22-24+24:12-13 transitive DEV",
  ]);
  // Without it, what nobody asks for was asked for by the project; more is not known.
  assert.deepEqual(
    readPackages({ "poetry.lock": lock }).manifests[0]?.packages.map(({ relation }) => relation),
    ["direct", "direct", "unknown", "unknown"],
  );
});

test("uv.lock holds its own projects", () => {
  const lock = `version = 1
[manifest]
members = ["own", "member"]
[[package]]
name = "own"
version = "0.1"
source = { editable = "." }
dependencies = [{ name = "a" }, { name = "member" }]
[package.dev-dependencies]
dev = [{ name = "b" }]
[[package]]
name = "member"
version = "0.2"
source = { virtual = "libs/member" }
[[package]]
name = "a"
version = "1"
source = { registry = "https://pip.example/simple" }
dependencies = [{ name = "c", version = "3" }]
[[package]]
name = "b"
version = "2"
source = { git = "https://git.example/b?rev=x#abc" }
dependencies = [{ name = "c", version = "4" }]
[[package]]
name = "c"
version = "3"
[[package]]
name = "c"
version = "4"
`;
  const files = { "uv.lock": lock, "pyproject.toml": pyproject, "libs/member/pyproject.toml": pyproject };
  const { manifests } = readPackages(files);
  assert.deepEqual(
    manifests.map(({ path }) => path),
    ["uv.lock"],
  );
  assert.deepEqual(manifests[0]?.root, { name: "own", version: "0.1" });
  assert.deepEqual(manifests[0]?.packages.map(shown), [
    "own@0.1 uv.lock:4-10+6:12-15 root path",
    "member@0.2 uv.lock:11-14+13:12-15 workspace path",
    "a@1 uv.lock:15-19+17:12-13 direct",
    "b@2 uv.lock:20-24+22:12-13 direct DEV dev git",
    "c@3 uv.lock:25-27+27:12-13 transitive",
    "c@4 uv.lock:28-30+30:12-13 transitive DEV",
  ]);
  assert.deepEqual(manifests[0]?.packages[3]?.dependsOn, [5]);
});

test("Pipfile.lock with its Pipfile", () => {
  const lock = `{
  "_meta": {"sources": []},
  "default": {
    "a": {
      "hashes": ["sha256:aa"],
      "version": "==1.0"
    },
    "b": {"git": "https://git.example/b", "ref": "abc"}
  },
  "develop": {"a": {"version": "==1.0"}, "c": {"version": "==2"}}
}`;
  assert.deepEqual(lines({ Pipfile: '[packages]\na = "*"\n[dev-packages]\nc = "==2"\n', "Pipfile.lock": lock }), [
    "a@1.0 Pipfile.lock:4-7+6:21-24 direct default develop",
    "b@? Pipfile.lock:8-8 transitive default git",
    "c@2 Pipfile.lock:10-10+10:62-63 direct DEV develop",
  ]);
});

test("setup.py is read, never run", () => {
  const text = `from setuptools import setup
base = ["a==1", 'b' ">=2", f"c=={X}"]
setup(
  name="own",
  install_requires=base + ["d=={}".format(v), name_of_something],
  extras_require={"test": ["e"], 'fast': base},
  tests_require="""
    f==3
  """,
)
`;
  assert.deepEqual(lines({ "setup.py": text }), [
    "a@1 setup.py:2-2+2:13-14 direct fast",
    "b@?>=2 setup.py:2-2 direct fast",
    'c@?f"c=={X}" setup.py:2-2 direct fast',
    'd@?"d=={}".format(v) setup.py:5-5 direct',
    "e@? setup.py:6-6 direct DEV test",
    "f@3 setup.py:8-8+8:8-9 direct DEV tests_require",
  ]);
});

test("setup.cfg, conda environments and metadata", () => {
  const files = {
    "setup.cfg":
      "[metadata]\nname = own\n[options]\ninstall_requires =\n  a>=1\n  # no\n  b==2\n[options.extras_require]\ntest = c; python_version > '3'\n",
    "environment.yml": "name: x\ndependencies:\n  - python=3.9\n  - forge::numpy=1.2=py39\n  - pip:\n    - d==4\n",
    "x-1.0.dist-info/METADATA":
      "Metadata-Version: 2.1\nName: x\nVersion: 1.0\nClassifier: License :: OSI Approved :: MIT License\n\nName: no\n",
  };
  assert.deepEqual(lines(files), [
    "a@?>=1 setup.cfg:5-5 direct",
    "b@2 setup.cfg:7-7+7:6-7 direct",
    "c@? setup.cfg:9-9 direct DEV test",
    "python@?=3.9 environment.yml:3-3 direct",
    "numpy@1.2 environment.yml:4-4+4:18-21 direct forge",
    "d@4 environment.yml:6-6+6:10-11 direct pip",
    "x@1.0 x-1.0.dist-info/METADATA:2-3 unknown",
  ]);
  const [use] =
    readPackages({ "x-1.0.dist-info/METADATA": files["x-1.0.dist-info/METADATA"] }).manifests[0]?.packages ?? [];
  assert.deepEqual(use?.licenses, ["MIT License"]);
});

const twice = Array.from({ length: 40 }, (_, at) => `v${at} = v${at + 1} + v${at + 1}`).join("\n");
const hostile: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "one endless line": { "requirements.txt": "a==1 ".repeat(500_000) },
  "endless continuations": { "requirements.txt": "a \\\n".repeat(100_000) },
  "a long row of blanks": { "requirements.txt": `a${" ".repeat(300_000)}x`, "setup.cfg": " ".repeat(300_000) },
  "many includes": { "requirements.txt": "-r requirements.txt\n".repeat(20_000) },
  "files that all include each other": Object.fromEntries(
    Array.from({ length: 600 }, (_, own) => [
      `s${own}/requirements.txt`,
      Array.from({ length: 600 }, (_one, at) => `-r ../s${at}/requirements.txt\n`).join(""),
    ]),
  ),
  "one package many times": {
    "requirements.txt": "a==1\n".repeat(10_000),
    "poetry.lock": '[[package]]\nname = "a"\nversion = "1"\n'.repeat(10_000),
  },
  "many versions of one package": {
    "uv.lock": Array.from(
      { length: 10_000 },
      (_, at) => `[[package]]\nname = "a"\nversion = "${at}"\ndependencies = [{ name = "a" }]\n`,
    ).join(""),
  },
  "sums of sums": { "setup.py": `${twice}\nv40 = ["a"]\nsetup(install_requires=v0)` },
  "brackets without end": {
    "setup.py": `setup(install_requires=${"[".repeat(300_000)}`,
    "Pipfile.lock": `{"default": ${'{"a":'.repeat(200_000)}`,
  },
  "broken files": {
    "Pipfile.lock": "null",
    "pylock.toml": "packages = 1",
    "uv.lock": "[[package]]\nname = 1\nsource = 2\ndependencies = 3",
    "environment.yml": "dependencies: [{pip: {a: b}}, [1], ~]",
  },
};

for (const [name, files] of Object.entries(hostile)) {
  test(`survives ${name}`, () => {
    readPackages(files);
  });
}

test("a requirements file may include files of any usual name", () => {
  const texts = {
    "requirements.txt": "-r base.txt\n-c versions.txt\nflask\n",
    "base.txt": "numpy==1.20\n-r deeper/common.txt\n",
    "deeper/common.txt": "six==1.0\n",
    "versions.txt": "flask==1.0\n",
    // Nobody includes it, so it is prose.
    "dev.txt": "How we develop: come and ask.\n",
  };
  assert.deepEqual(lines(texts), [
    "flask@1.0 requirements.txt:3-3+1:8-11 direct",
    "numpy@1.20 base.txt:1-1+1:8-12 direct",
    "six@1.0 deeper/common.txt:1-1+1:6-9 direct",
  ]);
  assert.deepEqual(readPackages(texts).problems, []);
});
