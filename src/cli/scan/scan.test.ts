/** The command line as people and scripts meet it: arguments, output and an exit code, of each kind of scan once as a process. */
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  base64,
  sample,
  sampleAdoPat,
  sampleAnnotatedKey,
  sampleBytes,
  sampleJwt,
  withCrc32Base62,
} from "#scan/secrets/examples/example-values.ts";
import { sampleJavaKeystore } from "#scan/secrets/examples/sample-keystores.ts";
import { environmentWith } from "../config.ts";
import {
  folderOf,
  git,
  home,
  type Json,
  main,
  sallyport,
  scanJson,
  startedSallyport,
  top,
} from "../testing/scan-process.ts";

const notPosix = process.platform === "win32";

const pat = sampleAdoPat("cli");
const token = withCrc32Base62("ghp_", "cli");

test("a folder with secrets ends with 1 and says where they are", async () => {
  const folder = folderOf("plain", {
    "a.env": `PAT=${pat}\n`,
    "src/b.ts": `const t = "${token}";\n`,
    "c.txt": "nothing\n",
  });
  symlinkSync(join(top, "outside.txt"), join(folder, "link.txt"));
  writeFileSync(join(top, "outside.txt"), `PAT=${sampleAdoPat("outside")}`);
  const { code, findings, stats, problems, tool } = await scanJson([folder], top, startedSallyport);
  assert.equal(code, 1);
  assert.deepEqual(tool.name, "Sallyport");
  assert.deepEqual(
    findings.map(({ rule, at }) => [rule, at.path]),
    [
      ["secrets/azure-devops-pat-legacy", "a.env"],
      ["secrets/github-token", "src/b.ts"],
    ],
  );
  assert.equal(stats.files, 3);
  assert.deepEqual(problems, []);
  const one = await scanJson([join(folder, "src/b.ts")]);
  assert.deepEqual(
    one.findings.map(({ at }) => at.path),
    ["b.ts"],
  );
});

test("--fail-on decides the exit code, --output takes the report, and a pipe gets no colour and no bar", async () => {
  const folder = folderOf("fail-on", { "docs/a.md": `token: \`${token}\`\n` });
  assert.equal((await sallyport(["scan", folder, "--fail-on", "critical"])).code, 0);
  assert.equal((await sallyport(["scan", folder, "--fail-on", "high"])).code, 1);
  assert.equal((await sallyport(["scan", folder, "--fail-on", "never"])).code, 0);
  const file = join(top, "report.sarif");
  const ended = await sallyport(["scan", folder, "--format", "sarif", "--output", file, "--fail-on", "never"]);
  assert.deepEqual(ended, { code: 0, stdout: "", stderr: "" });
  assert.equal((JSON.parse(readFileSync(file, "utf8")) as { version: string }).version, "2.1.0");
  const { stdout, stderr } = await sallyport(["scan", folder]);
  assert.ok(!stdout.includes("\x1b") && stdout.includes("1 high"));
  assert.equal(stderr, "");
  for (const format of ["junit", "markdown"]) {
    assert.match((await sallyport(["scan", folder, "--format", format])).stdout, /GitHub token/);
  }
});

test("in a git repository ignored files and .git stay out; untracked files count", async () => {
  const folder = folderOf("repository", {
    ".gitignore": "build/\n",
    "build/out.txt": `PAT=${pat}\n`,
    "src/a.ts": "export {};\n",
    "ünï cödé.txt": `PAT=${pat}\n`,
  });
  git(folder, "init", "-q");
  git(folder, "add", "src");
  const { findings } = await scanJson([folder]);
  assert.deepEqual(
    findings.map(({ at }) => at.path),
    ["ünï cödé.txt"],
  );
  assert.deepEqual((await scanJson(["."], join(folder, "src"))).findings, []);
  assert.equal((await scanJson([join(folder, "build")])).findings.length, 1);
});

test("--history finds what was deleted, --diff only what a range introduces", async () => {
  const folder = folderOf("history", { "a.ts": `const t = "${token}";\n`, "b.ts": "export {};\n" });
  git(folder, "init", "-q");
  git(folder, "add", ".");
  git(folder, "commit", "-qm", "one");
  writeFileSync(join(folder, "a.ts"), `// moved\nconst t = "${token}";\n`);
  writeFileSync(join(folder, "b.ts"), `const pat = "${pat}";\n`);
  git(folder, "commit", "-qam", "two");
  const diff = await scanJson([folder, "--diff", "HEAD~1..HEAD"], top, startedSallyport);
  assert.deepEqual(
    diff.findings.map(({ at }) => at.path),
    ["b.ts"],
  );
  for (const [range, why] of [
    ["HEAD..HEAD~1", /HEAD\.\.HEAD~1 holds no commit: its end is older/],
    ["HEAD..", /: both ends are the same commit/],
  ] as const) {
    const { findings, problems } = await scanJson([folder, "--diff", range]);
    assert.deepEqual([findings.length, problems.map(({ code }) => code)], [0, ["empty-range"]]);
    assert.match(problems[0]?.message ?? "", why);
  }
  git(folder, "rm", "-q", "a.ts", "b.ts");
  git(folder, "commit", "-qm", "three");
  assert.deepEqual((await scanJson([folder])).findings, []);
  const history = await scanJson([folder, "--history"], top, startedSallyport);
  assert.equal(new Set(history.findings.map(({ fingerprint }) => fingerprint)).size, 2);
  const wrong = await sallyport(["scan", folder, "--diff", "nowhere..HEAD"]);
  assert.deepEqual([wrong.code, wrong.stderr], [2, 'sallyport: "nowhere" names no commit of the repository\n']);
  for (const range of ["HEAD", "..", "..HEAD", "a..b..c", ""]) {
    const { code, stderr } = await sallyport(["scan", folder, "--diff", range]);
    assert.deepEqual([code, stderr], [2, `sallyport: --diff needs BASE..HEAD, not "${range}"\n`]);
  }
});

test("--diff holds a lock file against registry settings that the range leaves as they are", async () => {
  const lock = (...names: readonly string[]) =>
    JSON.stringify({
      name: "web",
      lockfileVersion: 3,
      packages: Object.fromEntries([
        ["", { name: "web" }],
        ...names.map((name) => [
          `node_modules/${name}`,
          { version: "1.2.0", resolved: `https://npm.other.test/${name}/-/a-1.2.0.tgz`, integrity: "sha512-AA==" },
        ]),
      ]),
    });
  const folder = folderOf("settings", {
    ".npmrc": "@contoso:registry=https://nexus.contoso.example/npm/\n",
    "web/package-lock.json": lock("@contoso/old"),
  });
  git(folder, "init", "-q");
  git(folder, "add", ".");
  git(folder, "commit", "-qm", "one");
  writeFileSync(join(folder, "web/package-lock.json"), lock("@contoso/old", "@contoso/new"));
  git(folder, "commit", "-qam", "two");
  const scanners = ["--scanners", "operational-risk", "--offline"];
  const told = ({ findings }: Json) => findings.map(({ rule, message }) => [rule, message.split(" ")[0]]);
  const found = told(await scanJson([folder, "--diff", "HEAD~1..HEAD", ...scanners]));
  assert.deepEqual(found, [["operational-risk/shadowed-name", "@contoso/new"]]);
  rmSync(folder, { recursive: true });
});

test("a path that leads in a circle is told in one line", { skip: process.platform === "win32" }, async () => {
  symlinkSync("circle", join(top, "circle"));
  const { code, stderr } = await sallyport(["scan", "circle"]);
  assert.deepEqual([code, stderr], [2, "sallyport: circle cannot be read (ELOOP)\n"]);
});

test("a file that is a key as a whole is found in a folder, a difference and a history, which a second look knows", async () => {
  const folder = folderOf("keys", { "a.txt": "one\n" });
  git(folder, "init", "-q");
  git(folder, "add", ".");
  git(folder, "commit", "-qm", "one");
  writeFileSync(join(folder, "server.jks"), sampleJavaKeystore({ seed: "cli", password: "changeit" }));
  const rulesOf = (scanned: Json) => scanned.findings.map(({ rule, at }) => `${rule} ${at.path}`);
  const found = ["secrets/java-keystore server.jks"];
  assert.deepEqual(rulesOf(await scanJson([folder])), found);
  git(folder, "add", ".");
  assert.deepEqual(rulesOf(await scanJson([folder, "--staged"])), found);
  git(folder, "commit", "-qm", "two");
  assert.deepEqual(rulesOf(await scanJson([folder, "--diff", "HEAD~1..HEAD"])), found);
  git(folder, "rm", "-q", "server.jks");
  git(folder, "commit", "-qm", "three");
  const first = await scanJson([folder, "--history"]);
  const second = await scanJson([folder, "--history"]);
  assert.deepEqual([rulesOf(first), rulesOf(second)], [found, found]);
  assert.ok(first.stats.cache.hits === 0 && second.stats.cache.hits > 0);
});

test("--history reads what is left where the tree of HEAD is lost", async () => {
  const folder = folderOf("lost", { "a.ts": `const t = "${token}";\n` });
  git(folder, "init", "-q");
  git(folder, "add", ".");
  git(folder, "commit", "-qm", "one");
  const tree = execFileSync("git", ["-C", folder, "rev-parse", "HEAD^{tree}"], { encoding: "utf8" }).trim();
  rmSync(join(folder, ".git", "objects", tree.slice(0, 2), tree.slice(2)));
  const { findings, problems } = await scanJson([folder, "--history", "--scanners", "secrets"]);
  assert.equal(findings.length, 1);
  assert.ok(problems.some(({ code }) => code === "head-unread"));
});

test("settings and baseline silence, and say what they no longer need", async () => {
  const folder = folderOf("settings", {
    "test/a.txt": `PAT=${pat}\n`,
    "src/b.ts": `const t = "${token}";\n`,
    ".sallyport.yml": "allow:\n  - path: test/**\n    reason: made up\n  - path: old/**\n    reason: gone\n",
  });
  const first = await scanJson([folder, "--fail-on", "never"]);
  assert.deepEqual(
    first.findings.map(({ at }) => at.path),
    ["src/b.ts"],
  );
  assert.equal(first.silenced.length, 1);
  assert.deepEqual(
    first.problems.map(({ code, path }) => [code, path]),
    [["unused", ".sallyport.yml"]],
  );
  const baseline = join(top, "baseline.json");
  writeFileSync(baseline, JSON.stringify(first));
  assert.equal((await scanJson([folder, "--baseline", baseline])).code, 0);
  // As PowerShell writes it.
  writeFileSync(baseline, `\ufeff${JSON.stringify(first)}`, "utf16le");
  assert.equal((await scanJson([folder, "--baseline", baseline])).code, 0);
  writeFileSync(join(folder, ".sallyport.yml"), "allow: [{path: test/**, reason: lab, until: 2020-01-31}]\n");
  const ended = await scanJson([folder, "--fail-on", "never"]);
  assert.deepEqual(
    [ended.findings.length, ended.problems.map(({ message }) => message)],
    [2, ["This allow entry ended with 2020-01-31: lab"]],
  );
  const allow = "allow: [{rule: secrets/azure-devops-pta, reason: lab}]\n";
  writeFileSync(join(folder, ".sallyport.yml"), allow);
  for (const options of [[], ["--scanners", "iac"]]) {
    const unknown = await scanJson([folder, "--fail-on", "never", ...options]);
    assert.deepEqual(
      unknown.problems.map(({ code, message }) => [code, message]),
      [
        [
          "unknown-rule",
          "No rule has the id secrets/azure-devops-pta; the nearest is secrets/azure-devops-pat. This allow entry silences nothing: lab",
        ],
      ],
    );
  }
  writeFileSync(join(folder, ".sallyport.yml"), "allow:\n  - path: test/**\n");
  const wrong = await sallyport(["scan", folder]);
  assert.deepEqual([wrong.code, wrong.stdout], [2, ""]);
  assert.match(wrong.stderr, /^sallyport: \S+\.sallyport\.yml:2: an allow entry needs a reason\n$/);
});

test("files that no scanner looks at, and those that are too large, are counted beside the others", async () => {
  const folder = folderOf("left-aside", { "a.txt": "plain", "b/photo.png": "x", "c/tool.exe": "y" });
  // Sparse: they take no room on the disk.
  for (const [name, size] of [
    ["large.bin", 200_000_000],
    ["large.txt", 40_000_000],
    ["large.tgz", 40_000_000],
  ] as const) {
    writeFileSync(join(folder, name), name);
    truncateSync(join(folder, name), size);
  }
  const whole = await scanJson([folder]);
  assert.deepEqual(whole.stats.notScanned, { binary: 3, tooLarge: 2 });
  assert.equal(whole.stats.files, 1);
  // Whether a large archive is a chart nobody knows: it is counted, and no problem.
  assert.deepEqual(
    whole.problems.map(({ code, path }) => [code, path]),
    [["too-large", "large.txt"]],
  );
  const table = await sallyport(["scan", folder]);
  assert.match(table.stdout, /^no findings in 1 file \(.*\); not scanned: 3 binary files, 2 too large$/m);
  const secretsOnly = await scanJson([folder, "--scanners", "secrets"]);
  assert.deepEqual(secretsOnly.stats.notScanned, { binary: 4, tooLarge: 1 });
  rmSync(join(folder, "large.bin"));
  git(folder, "init", "--quiet");
  git(folder, "add", "a.txt");
  git(folder, "commit", "--quiet", "-m", "one");
  writeFileSync(join(folder, "b.txt"), "plain");
  git(folder, "add", "-A");
  assert.deepEqual((await scanJson(["--staged", folder])).stats.notScanned, { binary: 3, tooLarge: 1 });
  git(folder, "commit", "--quiet", "-m", "two");
  assert.deepEqual((await scanJson([folder, "--diff", "HEAD~1..HEAD"])).stats.notScanned, { binary: 2, tooLarge: 2 });
  assert.deepEqual((await scanJson([folder, "--history"])).stats.notScanned, { binary: 2, tooLarge: 2 });
  // Of what was deleted the size is still too large, and a second look says so again.
  git(folder, "rm", "--quiet", "large.txt", "large.tgz");
  git(folder, "commit", "--quiet", "-m", "three");
  for (const look of ["first", "second"]) {
    assert.deepEqual((await scanJson([folder, "--history"])).stats.notScanned, { binary: 2, tooLarge: 1 }, look);
  }
});

test("a signed address that is over by its own words is told as not live, and still found", async () => {
  const query = (se: string) =>
    `sv=2022-11-02&sr=c&sp=r&se=${se}&sig=${encodeURIComponent(randomBytes(32).toString("base64"))}`;
  const address = (se: string) => `https://contoso.blob.core.windows.net/data?${query(se)}\n`;
  const folder = folderOf("expired", {
    "old.txt": address("2024-03-01T08:00:00Z"),
    "valid.txt": address("9999-01-01"),
  });
  const { findings } = await scanJson([folder, "--scanners", "secrets"]);
  assert.deepEqual(
    findings.map(({ at, severity, live }) => [at.path, severity, live?.verdict, live?.reason]),
    [
      ["old.txt", "high", "not-live", "expired on 2024-03-01"],
      ["valid.txt", "high", undefined, undefined],
    ],
  );
  const table = await sallyport(["scan", folder]);
  assert.equal(table.code, 1);
  assert.match(table.stdout.replaceAll(/\s+/g, " "), /not live: expired on 2024-03-01/);
});

test("fingerprints stay the same for one user, and their key is private", async () => {
  const folder = folderOf("fingerprints", {
    "a.txt": `Authorization: Basic ${base64(`:${pat}`)}\n`,
    "b.txt": `${pat}\n`,
  });
  const runs = [await scanJson([folder]), await scanJson([folder])];
  const prints = runs.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint));
  assert.equal(prints.length, 4);
  assert.equal(new Set(prints).size, 1);
  if (process.platform !== "win32") {
    assert.equal(statSync(join(home, ".local/state/sallyport/fingerprint.key")).mode & 0o777, 0o600);
  }
});

test("names that are no UTF-8 or hold a newline are scanned in a plain folder, too", { skip: notPosix }, async () => {
  const folder = folderOf("names", { "line\nbreak/a\nb.env": `PAT=${pat}` });
  const odd = Buffer.concat([Buffer.from(`${folder}/d`), Buffer.from([0xff])]);
  mkdirSync(odd);
  writeFileSync(Buffer.concat([odd, Buffer.from("/in.env")]), `PAT=${pat}`);
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xfe]), Buffer.from(".env")]), `PAT=${pat}`);
  const { findings, problems } = await scanJson([folder]);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    findings.map(({ at }) => at.path),
    ["\\xfe.env", "d\\xff/in.env", "line\nbreak/a\nb.env"],
  );
});

test("no format prints a planted value or its beginning", async () => {
  const plants = {
    pat,
    token,
    annotated: sampleAnnotatedKey("AZDO"),
    password: `Kx!${sample("base62", 14)}`,
    sas: encodeURIComponent(sampleBytes(32, "sas").toString("base64")),
    jwt: sampleJwt({ sub: "svc" }),
    curl: `Wq#${sample("base62", 10)}`,
  };
  const folder = folderOf("plants", {
    "a.env": `PAT=${plants.pat}\nDB_PASSWORD=${plants.password}\nAZURE=${plants.annotated}\n`,
    "b.ts": `const t = "${plants.token}";\nconst j = "${plants.jwt}";\n`,
    "c.yml": `url: https://a.blob.core.windows.net/c?sv=2022-11-02&se=2031-01-01&sp=r&sig=${plants.sas}\n`,
    "d.sh": `curl -u 'svc:${plants.curl}' https://api.contoso.net\n`,
  });
  for (const format of ["table", "json", "sarif", "junit", "markdown"]) {
    const { stdout, stderr } = await sallyport(["scan", folder, "--format", format]);
    assert.ok(stdout.includes("c.yml") && stdout.includes("d.sh"), format);
    for (const [name, value] of Object.entries(plants)) {
      const body = value.replace(/^(ghp_|eyJ)/, "");
      assert.ok(!`${stdout}${stderr}`.includes(body.slice(0, 8)), `${format} holds ${name}`);
    }
  }
});

test("a result that cannot be written is an error, a reader that leaves is none", { skip: notPosix }, async () => {
  const folder = folderOf("writing", { "a.env": `PAT=${pat}\n` });
  const run = (command: string) =>
    new Promise<readonly [number, string]>((resolve) => {
      const env = environmentWith({ HOME: home });
      const line = `"${process.execPath}" "${main}" ${command}`;
      execFile("sh", ["-c", line], { cwd: folder, env: { ...env } }, (error, _, stderr) =>
        resolve([error === null ? 0 : Number(error.code), stderr]),
      );
    });
  if (existsSync("/dev/full")) {
    assert.deepEqual(await run("scan > /dev/full"), [2, "sallyport: the result cannot be written (ENOSPC)\n"]);
  }
  assert.deepEqual(await run("rules --format json | head -1"), [0, ""]);
});

test("what cannot run ends with 2 and one line", async () => {
  const ownReport = join(top, "report.json");
  writeFileSync(ownReport, JSON.stringify({ findings: [] }));
  for (const args of [
    ["scan", "nowhere"],
    ["scan", ""],
    ["scan", top, "--threads", "0"],
    ["scan", top, "--history"],
    ["scan", top, "--output", join(top, "no", "folder")],
    ["scan", top, "--history", "--diff", "a..b"],
    ["scan", top, "--config", "none.yml"],
    ["scan", top, "--stdin", "--staged"],
    ["scan", "-", "--baseline", "/dev/fd/0"],
    ["scan", "-", "--path", ""],
    ["scan", top, "--config", ""],
    ["scan", top, "--baseline", ""],
    ["scan", top, "--staged", "--history"],
    ["scan", top, "--path", "a.txt"],
    ["baseline", "import", ownReport],
    ["rules", "no-such-rule"],
    ["packages", "nowhere"],
  ]) {
    const run = args.at(-1) === "nowhere" ? startedSallyport : sallyport;
    const { code, stdout, stderr } = await run(args);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.match(stderr, /^sallyport: [^\n]+\n$/);
  }
});

test("rules are listed and explained, packages are none yet", async () => {
  const list = JSON.parse((await sallyport(["rules", "--format", "json"])).stdout) as readonly { id: string }[];
  assert.ok(list.length >= 40);
  assert.match((await startedSallyport(["rules"])).stdout, /secrets\/jwt/);
  assert.match(
    (await sallyport(["rules", "github-pat"])).stdout,
    /^secrets\/github-token \(critical\)\nGitHub token\n/,
  );
  assert.match((await sallyport(["rules", "CKV_AZURE_44"])).stdout, /Looks at: .*terraform[\s\S]*NIST SP 800-53/);
  const packages = await startedSallyport(["packages", top, "--format", "json"]);
  assert.deepEqual((JSON.parse(packages.stdout) as { packages: unknown[] }).packages, []);
});
