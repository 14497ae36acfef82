import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Running, startSallyport, untilGone } from "../testing/run-sallyport.ts";

describe("serve", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sallyport-serve-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const password = "a password of the test";

  function post(url: string, body: object): Promise<Response> {
    return fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  }

  /** Ends it as a terminal does, and checks that it left nothing behind. */
  async function stop(running: Running, data: string): Promise<void> {
    const postmaster = Number((await readFile(join(data, "postgres/data/postmaster.pid"), "utf8")).split("\n")[0]);
    running.process.kill("SIGINT");
    const { code, stderr } = await running.ended;
    assert.equal(code, 0, stderr);
    await untilGone(postmaster);
  }

  it("starts from nothing, is told its administrator, remembers, backs up, and stops cleanly", async () => {
    const data = join(folder, "one");
    const first = startSallyport(["serve"], { SALLYPORT_DATA: data });
    const url = await first.line(/ serves (\S+)/);
    const link = new URL(await first.line(/create the administrator at (\S+)/));
    assert.equal(`${link.origin}${link.pathname}`, `${url}/first-start`);
    assert.equal((await fetch(`${url}/readyz`)).status, 200);
    const token = link.searchParams.get("token") ?? "";
    const made = await post(`${url}/api/first-administrator`, { token, name: "anna", password });
    assert.equal(made.status, 200);
    await stop(first, data);

    const file = join(folder, "backup");
    const saved = await startSallyport(["backup", file], { SALLYPORT_DATA: data }).ended;
    assert.equal(saved.code, 0, saved.stderr);
    assert.match(saved.stdout, /master\.key/);
    assert.equal((await startSallyport(["backup", file], { SALLYPORT_DATA: data }).ended).code, 2);

    const other = join(folder, "two");
    const restored = await startSallyport(["restore", file], { SALLYPORT_DATA: other }).ended;
    assert.equal(restored.code, 0, restored.stderr);
    const again = await startSallyport(["restore", file], { SALLYPORT_DATA: other }).ended;
    assert.equal(again.code, 2);
    assert.match(again.stderr.trim(), /\n?sallyport: this database holds users or instances already[^\n]*$/);
    const second = startSallyport(["serve"], { SALLYPORT_DATA: other });
    const otherUrl = await second.line(/ serves (\S+)/);
    assert.equal((await post(`${otherUrl}/api/session`, { name: "anna", password })).status, 200);
    await stop(second, other);
    assert.doesNotMatch((await second.ended).stdout, /first start/);
  });

  it("lets somebody back in whom no administrator can help, also while it serves", async (t) => {
    const data = join(folder, "one");
    const running = startSallyport(["serve"], { SALLYPORT_DATA: data });
    t.after(() => running.process.kill("SIGINT"));
    const url = await running.line(/ serves (\S+)/);
    const before = await post(`${url}/api/session`, { name: "anna", password });
    const cookie = before.headers.get("set-cookie")?.split(";")[0] ?? "";
    const looksAround = () => fetch(`${url}/api/users`, { headers: { cookie } });
    assert.equal((await looksAround()).status, 200);

    const unknown = await startSallyport(["new-password", "ana"], { SALLYPORT_DATA: data }).ended;
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /nobody named ana: there is anna \(administrator\)/);
    const given = await startSallyport(["new-password", "ANNA"], { SALLYPORT_DATA: data }).ended;
    assert.equal(given.code, 0, given.stderr);
    assert.equal((await looksAround()).status, 401);
    assert.equal((await post(`${url}/api/session`, { name: "anna", password })).status, 401);
    assert.equal((await post(`${url}/api/session`, { name: "anna", password: given.stdout })).status, 200);
    await stop(running, data);
  });

  it("listens before it works, so that no delivery is refused after the first look", async () => {
    const data = join(folder, "one");
    const running = startSallyport(["serve"], { SALLYPORT_DATA: data, SALLYPORT_LOG: "info" });
    await running.logLine(/job done/);
    await stop(running, data);
    const log = (await running.ended).stderr.split("\n");
    const listening = log.findIndex((line) => line.includes("Server listening"));
    const working = log.findIndex((line) => line.includes("job done"));
    assert.ok(listening >= 0 && working > listening, log.join("\n"));
  });

  it("doctor finds nothing wrong with it", async () => {
    const { code, stdout } = await startSallyport(["doctor"], { SALLYPORT_DATA: join(folder, "one") }).ended;
    assert.equal(code, 0, stdout);
    for (const line of ["node", "git", "data folder", "free disk", "master key", "database"]) {
      assert.match(stdout, new RegExp(`^(ok|warn) +${line}: `, "m"));
    }
  });

  it("doctor says what is wrong, and what to do", async () => {
    const { code, stdout } = await startSallyport(["doctor"], {
      SALLYPORT_DATA: join(folder, "three"),
      DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing",
      SALLYPORT_AZURE_DEVOPS_URL: "http://127.0.0.1:1",
      PATH: "/nowhere",
    }).ended;
    assert.equal(code, 1);
    assert.match(stdout, /^fail {2}git: .*install git/m);
    assert.match(stdout, /^fail {2}database: .*ECONNREFUSED/m);
    assert.match(stdout, /^warn {2}Azure DevOps: not reached/m);
  });
});
