import assert from "node:assert/strict";
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { EntraAppSettings } from "#api/entra-app/contract.ts";
import type { Issues } from "#api/issues/contract.ts";
import type { PostureList } from "#api/posture/contract.ts";
import type { Session } from "#api/session/contract.ts";
import { startSallyport, untilGone } from "../../src/cli/testing/run-sallyport.ts";
import { prepareDemoFolder } from "./demo-folder.ts";

describe("the demo", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sallyport-demo-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("comes up scanned, signs its reader in once, and leaves nothing running", async () => {
    const data = join(folder, "demo");
    // A server of one's own that the surrounding names is none of the demo's.
    const demo = startSallyport(["serve", "--demo"], {
      SALLYPORT_DATA: data,
      SALLYPORT_AZURE_DEVOPS_SERVER_URL: "https://tfs.contoso.example/tfs",
    });
    const line = await demo.line(/^demo ready: .*/);
    const [, link = "", repositories, issues] =
      /^demo ready: (http:\/\/127\.0\.0\.1:\d+\/sign-in\/[\w-]+) \((\d+) repositories scanned, (\d+) issues, [1-9]\d* attack paths\)$/.exec(
        line,
      ) ?? [];
    assert.ok(Number(repositories) >= 6 && Number(issues) > 0, line);
    const opened = await fetch(link, { redirect: "manual" });
    assert.equal(opened.status, 303);
    const cookie = opened.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const session = (await (await fetch(new URL("/api/session", link), { headers: { cookie } })).json()) as Session;
    assert.deepEqual([session.user?.name, session.user?.role], ["demo", "administrator"]);
    const ask = async (path: string) => (await fetch(new URL(path, link), { headers: { cookie } })).json();
    const { total } = (await ask("/api/issues?state=open&limit=1")) as Issues;
    const { rows } = (await ask("/api/posture")) as PostureList;
    const ofSettings = rows.reduce((sum, { fail }) => sum + fail, 0);
    assert.ok(ofSettings > 0 && total - Number(issues) < ofSettings, "what settings bring in is counted");
    const settings = await fetch(new URL("/api/entra-app", link), { headers: { cookie } });
    assert.equal(
      ((await settings.json()) as EntraAppSettings).app?.proof,
      "secret",
      "people can sign in with Microsoft",
    );
    assert.equal((await fetch(link, { redirect: "manual" })).status, 410);

    const another = await startSallyport(["serve", "--demo"], { SALLYPORT_DATA: data }).ended;
    assert.equal(another.code, 2);
    assert.match(another.stderr, /^demo: a demo runs already [^\n]+\n$/);

    const postmaster = Number(
      (await readFile(join(data, "sallyport/postgres/data/postmaster.pid"), "utf8")).split("\n")[0],
    );
    demo.process.kill("SIGINT");
    const { code, stderr } = await demo.ended;
    assert.equal(code, 0, stderr);
    await untilGone(postmaster);
    await assert.rejects(fetch(link));
    if (process.platform === "linux") assert.deepEqual(processesIn(data), []);
  });

  it("takes no folder that holds something else", async () => {
    const real = join(folder, "real");
    await mkdir(real);
    await writeFile(join(real, "master.key"), "precious");
    await assert.rejects(prepareDemoFolder(real), /holds data that is not a demo's/);
    assert.ok(existsSync(join(real, "master.key")));
    await rm(join(real, "master.key"));
    await prepareDemoFolder(real);
  });

  it("takes a folder whose clearing was cut off", async () => {
    const data = join(folder, "cut-off");
    await mkdir(join(data, "azure-devops"), { recursive: true });
    for (let n = 0; n < 200; n++) await writeFile(join(data, "azure-devops", String(n)), "");
    await writeFile(join(data, "demo.pid"), "0\n");
    let isUnderWay = true;
    const cleared = prepareDemoFolder(data).finally(() => {
      isUnderWay = false;
    });
    let wasMarked = true;
    while (isUnderWay) {
      await setImmediate();
      wasMarked &&= existsSync(join(data, "demo.pid"));
    }
    await cleared;
    assert.ok(wasMarked, "a demo's folder is told as one at every moment");
    assert.deepEqual(readdirSync(data), ["demo.pid"]);
  });
});

/** Command lines of processes that name the folder. */
function processesIn(data: string): readonly string[] {
  return globSync("/proc/[0-9]*/cmdline").flatMap((file) => {
    try {
      const line = readFileSync(file, "utf8").replaceAll("\0", " ");
      return line.includes(data) ? [line] : [];
    } catch {
      return [];
    }
  });
}
