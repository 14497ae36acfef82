/** Policies on the command line, as scripts meet them: output and exit codes. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import { parse } from "yaml";
import { builtInPolicies } from "#scan/policies/built-in-policies.ts";
import { policySchema } from "#scan/policies/policy-schema.ts";
import { withCrc32Base62 } from "#scan/secrets/examples/example-values.ts";
import { type Ended, runSallyport } from "../testing/run-sallyport.ts";
import { loadPolicies } from "./policy-files.ts";

const top = mkdtempSync(join(tmpdir(), "sallyport-policy-"));
after(() => rmSync(top, { recursive: true, force: true }));

function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(top, name, path)), { recursive: true });
    writeFileSync(join(top, name, path), text);
  }
  return join(top, name);
}

const run = (args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  runSallyport(args, { HOME: join(top, "home"), ...environment });

const secrets = `id: secrets
name: New secrets
when: { scanner: secrets, novelty: new }
triggers: [pull-request, ci]
actions: [block, comment]
`;

describe("sallyport policy", () => {
  it("checks files, and names file, line and field of each mistake", async () => {
    const sound = folderOf("sound", {
      "a.yml": secrets,
      "deeper/b.yaml": "id: notes\nactions: record\n",
      "c.txt": "no",
    });
    const checked = await run(["policy", "check", sound]);
    assert.equal(checked.code, 0, checked.stderr);
    assert.match(checked.stdout, /^secrets {2}block, comment: what is new, found by secrets {2}\(.*a\.yml:1\)$/m);
    assert.match(checked.stdout, /2 policies and 0 cases in 2 files, 0 mistakes/);
    const wrong = folderOf("wrong", { "a.yml": "id: a\nactions: block\nwhen: { sevrity: high }\n" });
    const found = await run(["policy", "check", wrong]);
    assert.equal(found.code, 1);
    assert.match(found.stdout, /mistake .*a\.yml:3: when\.sevrity: expected one of .* \(did you mean severity\?\)/);
    const json = JSON.parse((await run(["policy", "check", wrong, "--format", "json"])).stdout);
    assert.deepEqual([json.problems[0].line, json.problems[0].field], [3, "when.sevrity"]);
  });

  it("tries cases: 0 if all are as expected, 1 if not, 2 if there is nothing to try", async () => {
    const cases = (expect: string) =>
      `cases:\n  - name: new\n    finding: { scanner: secrets }\n    expect: ${expect}\n`;
    const good = folderOf("good", { "a.yml": secrets, "a.cases.yml": cases("{ outcome: blocked, by: secrets }") });
    const tried = await run(["policy", "test", good]);
    assert.equal(tried.code, 0, tried.stdout + tried.stderr);
    assert.match(tried.stdout, /^ok {6}new {2}blocked \(secrets\) .*a\.cases\.yml:2$/m);
    assert.match(tried.stdout, /1 case: 1 as expected, 0 not/);
    // Cases alone are about what lies beside them.
    assert.equal((await run(["policy", "test", join(good, "a.cases.yml")])).code, 0);
    const bad = folderOf("bad", { "a.yml": secrets, "a.cases.yml": cases("passed") });
    const failed = await run(["policy", "test", bad]);
    assert.equal(failed.code, 1);
    assert.match(failed.stdout, /^FAILED {2}new[\s\S]*passed was expected, but it is blocked \(secrets\)/m);
    for (const path of [folderOf("none", { "a.yml": secrets }), folderOf("broken", { "a.yml": "id: [" }), "/nowhere"]) {
      const { code, stdout, stderr } = await run(["policy", "test", path]);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^sallyport: [^\n]+\n$/);
    }
    assert.equal(
      (await run(["policy", "test", "/nowhere"])).stderr,
      "sallyport: there is no file or folder /nowhere\n",
    );
  });

  it("shows the built-in set as one would write it", async () => {
    const { stdout, code } = await run(["policy", "show"]);
    assert.equal(code, 0);
    const file = join(folderOf("shown", { "set.yml": `${stdout}\n` }), "set.yml");
    assert.deepEqual(loadPolicies([file]).policies, builtInPolicies);
    assert.equal((await run(["policy", "show", "nothing"])).code, 2);
  });

  it("prints the schema that is published", () => {
    const published = new URL("../../../docs/policy.schema.json", import.meta.url);
    const message = "run: npx sallyport policy schema > docs/policy.schema.json && npm run format";
    assert.deepEqual(JSON.parse(readFileSync(published, "utf8")), policySchema(), message);
  });
});

describe("sallyport scan --policies", () => {
  const code = folderOf("code", { "src/a.ts": `const t = "${withCrc32Base62("ghp_", "policies")}";\n` });
  const policies = folderOf("policies", { "a.yml": secrets });
  const scan = (...more: readonly string[]) => run(["scan", code, "--scanners", "secrets", "--quiet", ...more]);

  it("ends with 1 where a policy blocks, whatever the severity, and says which", async () => {
    const { code: ended, stdout } = await scan("--policies", policies, "--fail-on", "never");
    assert.equal(ended, 1);
    assert.match(
      stdout,
      /^Blocked by New secrets: 1 problem\.\n {2}secrets: It blocks what is new, found by secrets\.$/m,
    );
    assert.match(
      (await scan("--policies", policies, "--format", "markdown")).stdout,
      /^\*\*Blocked by New secrets: 1/m,
    );
  });

  it("ends with 0 where none does, and tells what could not be known", async () => {
    const elsewhere = folderOf("elsewhere", {
      "a.yml": `${secrets}scope: { repositories: [shop/web] }\n`,
    });
    const unknown = JSON.parse((await scan("--policies", elsewhere, "--format", "json")).stdout);
    assert.equal(unknown.verdict.outcome, "passed");
    assert.match(unknown.problems[0].message, /--repository PROJECT\/REPOSITORY\): secrets$/);
    const known = await scan("--policies", elsewhere, "--repository", "Shop/web");
    assert.equal(known.code, 1);
    const pushed = await scan("--policies", policies, "--trigger", "push");
    assert.equal(pushed.code, 0);
    assert.match(pushed.stdout, /^notice {4}No policy is for the trigger push/m);
  });

  it("knows repository and branch in a pipeline, and the branch in a clone", async () => {
    const folder = folderOf("clone", { "src/a.ts": readFileSync(join(code, "src/a.ts"), "utf8") });
    execFileSync("git", ["init", "-q", "-b", "release/2"], { cwd: folder });
    const place = async (environment: Readonly<Record<string, string>>) => {
      const args = ["scan", folder, "--scanners", "secrets", "--quiet", "--policies", policies, "--format", "json"];
      const { stdout } = await run(args, environment);
      const { repository, branch } = JSON.parse(stdout).verdict.place;
      return [repository, branch];
    };
    assert.deepEqual(await place({}), ["/clone", ["release"]]);
    const pipeline = {
      SYSTEM_TEAMPROJECT: "Shop",
      BUILD_REPOSITORY_NAME: "web",
      BUILD_SOURCEBRANCH: "refs/heads/main",
    };
    assert.deepEqual(await place(pipeline), ["Shop/web", ["default"]]);
  });

  it("tells mistakes before it scans", async () => {
    const wrong = folderOf("mistaken", { "a.yml": "id: a\nactions: blok\n" });
    const { code: ended, stdout, stderr } = await scan("--policies", wrong);
    assert.deepEqual([ended, stdout], [2, ""]);
    assert.match(stderr, /a\.yml:2: actions: expected one of block, .* \(did you mean block\?\)/);
    assert.equal((await scan("--policies", policies, "--branch", "main")).code, 2);
    assert.equal((await scan("--policies", policies, "--repository", "web")).code, 2);
  });

  it("lets nothing pass because a script's variable is unset", async () => {
    const guarded = folderOf("guarded", {
      "a.yml":
        "id: guard\nname: Guard\nwhen: [{ branch: [default] }]\nscope: { tags: [pci] }\ntriggers: [ci]\nactions: [block]\n",
    });
    for (const branch of ["", " , "]) {
      const { code: ended, stderr } = await scan("--policies", guarded, "--branch", branch);
      assert.equal(ended, 2);
      assert.match(stderr, /^sallyport: --branch names no kind of branch/);
    }
    const untold = await scan("--policies", guarded, "--branch", "default", "--tags", "");
    assert.match(untold.stdout, /^notice .*Policies ask for the repository's tags, which nothing tells here/m);
  });
});

it("a policy of the examples in the documentation reads, and its cases hold", async () => {
  const text = readFileSync(new URL("../../../docs/policies.md", import.meta.url), "utf8");
  const examples = [...text.matchAll(/^```yaml\n# (policies\/[a-z.-]+)\n([\s\S]*?)^```$/gm)];
  assert.ok(examples.length >= 2);
  const folder = folderOf("examples", Object.fromEntries(examples.map(([, path = "", body = ""]) => [path, body])));
  for (const [, , body = ""] of examples) assert.ok(parse(body));
  const { code: ended, stdout, stderr } = await run(["policy", "test", join(folder, "policies")]);
  assert.equal(ended, 0, stdout + stderr);
});
