import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as turn } from "node:timers/promises";
import { startWorker, type Worker } from "#flows/jobs/worker.ts";
import type { RepositoryId } from "#model/ids.ts";
import { findRule } from "#scan/rules.ts";
import {
  addCommit,
  addOrganization,
  addProject,
  addRepository,
  addToken,
  addUser,
} from "../../../emulator/build-world.ts";
import { plantedSecrets } from "../../../emulator/seeds/planted-secrets.ts";
import { type Emulator, startEmulator } from "../../../emulator/start-emulator.ts";
import type { Connection } from "../connections/contract.ts";
import type { ProblemDetails } from "../shapes/problem-details.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { Excerpt, IssueDetail, Issues } from "./contract.ts";

const { githubToken, slackBotToken, privateKeyPem } = plantedSecrets("excerpt");

const topicToken = plantedSecrets("topic").githubToken;

const settings = [
  "// settings",
  `const slack = "${slackBotToken}";`,
  "",
  `const github = "${githubToken}";`,
  ...Array.from({ length: 30 }, (_, n) => `const line${n} = ${n};`),
].join("\n");

const wideToken = plantedSecrets("wide").githubToken;
const wideText = `# 𝟙\nTOKEN=${wideToken}\n`;

function utf32(text: string): Buffer {
  const letters = Array.from(`\uFEFF${text}`, (letter) => letter.codePointAt(0) ?? 0);
  const bytes = Buffer.alloc(letters.length * 4);
  letters.forEach((letter, index) => {
    bytes.writeUInt32LE(letter, index * 4);
  });
  return bytes;
}

describe("the excerpt of an issue", () => {
  let api: TestApi;
  let emulator: Emulator;
  let worker: Worker;
  let browser: Browser;
  let folder: string;
  let commitToTopic: (text: string) => Promise<void>;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sallyport-excerpt-"));
    emulator = await startEmulator({ folder });
    const { world } = emulator;
    const organization = addOrganization(world, "fabrikam");
    const project = addProject(world, organization, "Payments");
    const owner = addUser(world, "Olga Owner", { organization, group: "project administrators" });
    const files = { "src/settings.ts": settings, "deploy/id_rsa": privateKeyPem, "wide.env": utf32(wideText) };
    const repository = await addRepository(world, organization, project, "shop", { files });
    commitToTopic = async (text) => {
      const change = { branch: "topic", message: "topic", files: { "topic.env": text } };
      await addCommit(world, organization, repository, owner, change);
    };
    await commitToTopic(`TOKEN=${topicToken}\n`);
    api = await openApi({ azureDevOpsUrl: emulator.url, publicUrl: "http://127.0.0.1:9", findRule });
    await api.addUser("anna", "administrator");
    worker = await startWorker(api.app);
    browser = await api.browser("anna");
    const { value: token } = addToken(world, owner, { organization });
    const body = { method: "pat", organizations: ["fabrikam"], tokens: [{ value: token }] };
    const { draft } = (await browser.call("POST", "/api/connections", body)).json<Connection>();
    const takes = { is: "existing" };
    assert.equal((await browser.call("POST", "/api/instances", { draft, name: "Fabrikam", takes })).statusCode, 201);
    await issues(5);
  });
  after(async () => {
    await worker.stop();
    await api.close();
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** The scan runs beside us: looks again until it has written what it found. */
  async function issues(expected: number): Promise<Issues["rows"]> {
    const limit = performance.now() + 30_000;
    for (;;) {
      const { rows } = (await browser.call("GET", "/api/issues")).json<Issues>();
      if (rows.length >= expected) return rows;
      assert.ok(performance.now() < limit, `${rows.length} of ${expected} issues\n${api.logged.slice(-20).join("")}`);
      await turn(20);
    }
  }

  const excerptOf = async (path: string, needle: RegExp) => {
    const issue = (await issues(5)).find((row) => "path" in row.at && row.at.path === path && needle.test(row.rule));
    assert.ok(issue, `no issue ${String(needle)} in ${path}`);
    return { issue, answer: await browser.call("GET", `/api/issues/${issue.id}/excerpt`) };
  };

  it("shows the lines around it, with its secret and every other one masked", async () => {
    const { answer } = await excerptOf("src/settings.ts", /github/);
    assert.equal(answer.statusCode, 200, answer.body);
    const { lines, at, commit, webUrl } = answer.json<Excerpt>();
    assert.deepEqual(
      lines.map(({ number }) => number),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    );
    assert.deepEqual(
      lines.filter(({ marked }) => marked).map(({ number }) => number),
      [4],
    );
    assert.match(lines[3]?.text ?? "", /^const github = "\u2022+";$/);
    assert.match(lines[1]?.text ?? "", /^const slack = "\u2022+";$/);
    assert.equal(lines[3]?.text.length, `const github = "${githubToken}";`.length);
    assert.equal(at.startLine, 4);
    assert.match(webUrl ?? "", new RegExp(`GC${commit}`));
    for (const secret of [githubToken, slackBotToken]) assert.ok(!answer.body.includes(secret.slice(4)));
  });

  it("shows UTF-32, masked like any other", async () => {
    const { answer } = await excerptOf("wide.env", /github/);
    const { lines } = answer.json<Excerpt>();
    assert.deepEqual(
      lines.map(({ text }) => text),
      ["# 𝟙", `TOKEN=${"\u2022".repeat(wideToken.length)}`],
    );
  });

  it("masks a key over all its lines", async () => {
    const { answer } = await excerptOf("deploy/id_rsa", /private-key/);
    assert.equal(answer.statusCode, 200, answer.body);
    for (const line of privateKeyPem.split("\n").filter((one) => !one.startsWith("-----") && one.length > 20)) {
      assert.ok(!answer.body.includes(line));
    }
  });

  it("comes from the branch that holds it where the default one does not, as that branch is now", async () => {
    const { issue, answer } = await excerptOf("topic.env", /github/);
    assert.deepEqual([issue.onlyInHistory, issue.branches], [true, ["topic"]]);
    const { lines, commit, webUrl } = answer.json<Excerpt>();
    assert.deepEqual(lines, [{ number: 1, text: `TOKEN=${"\u2022".repeat(topicToken.length)}`, marked: true }]);
    assert.match(webUrl ?? "", new RegExp(`GC${commit}`));
    const again = async (text: string) => {
      await commitToTopic(text);
      await api.app.mirrors.remove(issue.repository.id as RepositoryId);
      return browser.call("GET", `/api/issues/${issue.id}/excerpt`);
    };
    const moved = await again(`# first\nTOKEN=${topicToken}\n`);
    assert.deepEqual(
      moved.json<Excerpt>().lines.map(({ number, marked }) => [number, marked]),
      [
        [1, false],
        [2, true],
      ],
    );
    assert.ok(!moved.body.includes(topicToken));
    assert.equal((await again("TOKEN=\n")).json<ProblemDetails>().code, "gone");
  });

  it("comes from Azure DevOps again if the mirror was evicted, and is gone if the file cannot be read", async () => {
    const { issue } = await excerptOf("src/settings.ts", /github/);
    const id = issue.repository.id as RepositoryId;
    await api.app.mirrors.remove(id);
    assert.equal((await browser.call("GET", `/api/issues/${issue.id}/excerpt`)).statusCode, 200);
    await api.store.db
      .updateTable("repositories")
      .set({ scannedCommit: "b".repeat(40) })
      .where("id", "=", id)
      .execute();
    const answer = await browser.call("GET", `/api/issues/${issue.id}/excerpt`);
    assert.deepEqual([answer.statusCode, answer.json<ProblemDetails>().code], [404, "gone"]);
    const detail = (await browser.call("GET", `/api/issues/${issue.id}`)).json<IssueDetail>();
    assert.ok(!JSON.stringify(detail).includes(githubToken));
  });
});
