/** Settings of an organization from a command line: what it says, what it cannot know, and how it ends. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { addToken } from "../../../emulator/build-world.ts";
import { type DemoSeed, seedDemo } from "../../../emulator/seeds/seed-demo.ts";
import { type Emulator, startEmulator } from "../../../emulator/start-emulator.ts";
import { runSallyport } from "../testing/run-sallyport.ts";

let folder: string;
let emulator: Emulator;
let demo: DemoSeed;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "sallyport-posture-"));
  emulator = await startEmulator({ folder });
  demo = await seedDemo(emulator.world);
});
after(async () => {
  await emulator.stop();
  await rm(folder, { recursive: true, force: true });
});

function posture(args: readonly string[], token = demo.token.value) {
  const environment = { SALLYPORT_AZURE_DEVOPS_URL: emulator.url, AZURE_DEVOPS_EXT_PAT: token };
  return runSallyport(["posture", ...args], environment);
}

interface Written {
  readonly results: readonly {
    readonly rule: string;
    readonly answer: { readonly is: string; readonly reason?: string };
  }[];
  readonly attackPaths: readonly {
    readonly target: { readonly name: string };
    readonly cut: { readonly changes: readonly unknown[] };
  }[];
  readonly pipelines: readonly { readonly name: string; readonly items: readonly unknown[] }[];
}

test("everything as JSON: results, the way to production with its cut, and bills of pipelines", async () => {
  const { code, stdout, stderr } = await posture([demo.organization.name, "--format", "json", "--fail-on", "critical"]);
  assert.equal(code, 1, stderr);
  const { results, attackPaths, pipelines } = JSON.parse(stdout) as Written;
  assert.ok(results.some(({ answer }) => answer.is === "fail"));
  assert.ok(results.every(({ answer }) => answer.is !== "not-evaluated" || (answer.reason ?? "").length > 20));
  const way = attackPaths.find(({ target }) => /brightwater production/i.test(target.name));
  assert.ok(way && way.cut.changes.length > 0, attackPaths.map(({ target }) => target.name).join("\n"));
  assert.ok(pipelines.some(({ name, items }) => name === "orders-api deploy" && items.length > 3));
  assert.match(stderr, /^reading the settings of \d+ projects? of /);
});

test("a table for people and rows for a spreadsheet; a token that lacks scopes is told what it keeps unknown", async () => {
  const address = `https://dev.azure.com/${demo.organization.name}`;
  const [table, csv] = await Promise.all([
    posture([address, "--quiet", "--fail-on", "never"]),
    posture([address, "--format", "csv", "--project", "storefront", "--fail-on", "never"]),
  ]);
  assert.equal(table.code, 0, table.stderr);
  assert.equal(table.stderr, "");
  assert.match(table.stdout, /critical {2}path: .+ -> .+\n {10}1\. /);
  assert.match(table.stdout, /\d+ failed \(.+\), \d+ passed, \d+ not evaluated\n\d+ calls of Azure DevOps$/);
  assert.equal(csv.code, 0, csv.stderr);
  assert.match(csv.stdout, /^answer,severity,rule,title,project,resource,name,why,fix,address\r?\nfail,/);
  const owner = emulator.world.users.get(demo.token.userId);
  assert.ok(owner);
  const small = addToken(emulator.world, owner, { scopes: ["project", "code"], organization: demo.organization });
  const less = await posture([address, "--quiet", "--fail-on", "never"], small.value);
  assert.equal(less.code, 0, less.stderr);
  assert.match(less.stdout, /unknown {3}service connections of \d+ of \d+ projects: .*(?:scope|Service Connections)/i);
});

test("what is wrong is said in one line", async () => {
  const wrong = await posture([demo.organization.name], "nonsense");
  assert.deepEqual([wrong.code, wrong.stdout], [2, ""]);
  assert.match(wrong.stderr, /^sallyport: [^\n]+\n$/);
  const none = await posture([demo.organization.name], "");
  assert.match(none.stderr, /set AZURE_DEVOPS_EXT_PAT to a personal access token/);
  const project = await posture([demo.organization.name, "--project", "nowhere"]);
  assert.match(project.stderr, /this token sees no project nowhere; it sees /);
});
