import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { pino } from "pino";
import { openJobs } from "../jobs/jobs.ts";
import { openStore } from "../open-store.ts";
import { claimFolder, ownerOf } from "./claim-folder.ts";
import { findPostgres } from "./postgres-binaries.ts";
import { canReach } from "./postgres-user.ts";
import { isAlive, isPostmasterOf } from "./postmaster-file.ts";
import { startPostgres } from "./start-postgres.ts";

const log = pino({ level: "silent" });
const program = fileURLToPath(new URL("../testing/write-rows.ts", import.meta.url));

describe("the embedded PostgreSQL", { timeout: 120_000 }, () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sallyport-start-"));
    // mkdtemp makes it for us alone; as root PostgreSQL runs as somebody else.
    await chmod(folder, 0o711);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test("starts, listens on a socket only, wants the password, keeps checksums, and stops", async () => {
    const data = join(folder, "first");
    const running = await startPostgres({ folder: data, log });
    const one = async (statement: string) => query(running.url, statement);
    assert.equal(await one("show listen_addresses"), "");
    assert.equal(await one("show data_checksums"), "on");
    assert.equal(await one("show server_encoding"), "UTF8");
    assert.equal(await one("show fsync"), "on");
    assert.equal(await one("select lower('ZÜRICH')"), "zürich");
    const stranger = new pg.Client({ connectionString: running.url.replace(/:[^:@]*@/, ":wrong@") });
    stranger.on("error", () => undefined);
    await assert.rejects(stranger.connect(), /password authentication failed/);
    assert.equal((await stat(join(data, "password"))).mode & 0o777, 0o600);
    const identifier = await one("select system_identifier::text from pg_control_system()");
    await running.stop();
    // Ended, if perhaps not waited for yet by whoever inherited it.
    assert.equal(await isPostmasterOf(running.pid, data), false);
    // The second start has nothing to set up.
    const again = await startPostgres({ folder: data, log });
    assert.equal(await query(again.url, "select system_identifier::text from pg_control_system()"), identifier);
    await again.stop();
  });

  test("a folder that only root may enter works too, and a path with spaces and umlauts", async () => {
    const secret = join(folder, "nur für mich");
    await mkdir(secret, { mode: 0o700 });
    const running = await startPostgres({ folder: join(secret, "x".repeat(120)), log });
    assert.equal(await query(running.url, "select 1"), 1);
    await running.stop();
  });

  test("a second process on the folder uses the database and leaves it running", async () => {
    const data = join(folder, "shared");
    const first = await startPostgres({ folder: data, log });
    const second = await startPostgres({ folder: data, log });
    assert.equal(second.url, first.url);
    await second.stop();
    assert.equal(await query(first.url, "select 1"), 1);
    await first.stop();
  });

  test("two processes that start at the same moment end up on one database", async () => {
    const data = join(folder, "race");
    const both = await Promise.all([run(data), run(data)]);
    const pids = await Promise.all(both.map((writer) => writer.ready));
    assert.equal(pids[0], pids[1]);
    for (const { child } of both) child.kill("SIGTERM");
    await Promise.all(both.map(({ exited }) => exited));
  });

  test("after a kill -9 of us the next start goes on with the running database", async () => {
    const data = join(folder, "orphan");
    const writer = await run(data);
    const pid = await writer.ready;
    await writer.rows(20);
    writer.child.kill("SIGKILL");
    await writer.exited;
    assert(isAlive(pid));
    const running = await startPostgres({ folder: data, log });
    assert.equal(running.pid, pid);
    assert((await count(running.url)) >= writer.acknowledged());
    await running.stop();
    // The process may still wait for init to notice its end.
    await assert.rejects(query(running.url, "select 1"), /ENOENT|ECONNREFUSED/);
  });

  test("who uses the database of a process that ends then answers for it, and ends it", async () => {
    const data = join(folder, "inherited");
    for (const patience of ["none", "some"]) {
      const writer = await run(data);
      const pid = await writer.ready;
      const running = await startPostgres({ folder: data, log });
      assert.equal(running.pid, pid);
      writer.child.kill("SIGKILL");
      await writer.exited;
      if (patience === "some") await until(async () => (await ownerOf(data)) === process.pid);
      await running.stop();
      assert.equal(await isPostmasterOf(pid, data), false);
      assert.equal(await ownerOf(data), undefined);
      await assert.rejects(query(running.url, "select 1"), /ENOENT|ECONNREFUSED/, patience);
    }
  });

  for (const signal of ["SIGTERM", "SIGKILL"] as const)
    test(`a database whose process ended by ${signal} comes back at its address whenever it ends`, async () => {
      const data = join(folder, `revived-after-${signal}`);
      const writer = await run(data);
      await writer.ready;
      const running = await startPostgres({ folder: data, log });
      writer.child.kill(signal);
      await writer.exited;
      const isBack = async () => (await ownerOf(data)) === process.pid && (await query(running.url, "select 1")) === 1;
      await until(isBack);
      assert((await count(running.url)) >= writer.acknowledged());
      // No child of ours when it was taken over, or made by us since: in both cases it is started again.
      for (let round = 1; round <= 2; round += 1) {
        const killed = running.pid;
        process.kill(killed, "SIGKILL");
        await until(async () => running.pid !== killed && (await isBack()));
      }
      await running.stop();
      await assert.rejects(query(running.url, "select 1"), /ENOENT|ECONNREFUSED/);
    });

  test("of many that find an owner gone one answers for the folder", async () => {
    const data = join(folder, "claims");
    await mkdir(data);
    for (let round = 0; round < 20; round += 1) {
      // No process has this id: it is above what Linux gives out.
      await writeFile(join(data, `owner.${1000 * round + 1000}`), "99999999 1 gone\n");
      const claims = await Promise.all(Array.from({ length: 8 }, () => claimFolder(data)));
      const ours = claims.filter(({ is }) => is === "ours");
      assert.equal(ours.length, 1);
      for (const claim of ours) if (claim.is === "ours") await claim.release();
    }
  });

  test("after a kill -9 of the database no acknowledged row is lost", async () => {
    const data = join(folder, "killed");
    for (let round = 1; round <= 3; round += 1) {
      const writer = await run(data);
      const pid = await writer.ready;
      const before = writer.start();
      await writer.rows(200);
      process.kill(pid, "SIGKILL");
      await writer.exited;
      const running = await startPostgres({ folder: data, log });
      assert.notEqual(running.pid, pid);
      const there = await count(running.url);
      assert(
        there >= before + writer.acknowledged(),
        `round ${round}: ${there} < ${before} + ${writer.acknowledged()}`,
      );
      await running.stop();
    }
  });

  test("a database that is killed comes back at its address; the pool, jobs and listeners go on", async () => {
    const running = await startPostgres({ folder: join(folder, "revived"), log });
    const store = await openStore({ url: running.url, log });
    const queue = { name: "work", policy: "standard", retryLimit: 9, retryDelay: 0, heartbeatSeconds: 10 } as const;
    const jobs = await openJobs(store, { log, queues: [queue] });
    const ran = new EventEmitter();
    jobs.work<{ n: number }>("work", { concurrency: 1 }, async ({ n }) => void ran.emit(`job ${n}`));
    const [first, second] = [once(ran, "job 1"), once(ran, "job 2")];
    await jobs.enqueue(store.db, "work", { n: 1 });
    await first;
    const killed = running.pid;
    process.kill(killed, "SIGKILL");
    for (;;) {
      try {
        await jobs.enqueue(store.db, "work", { n: 2 });
        if (running.pid !== killed) break;
      } catch {
        // Until it is back.
      }
    }
    await second;
    await jobs.stop();
    await store.close();
    await running.stop();
  });

  test("a process id in postmaster.pid that belongs to another program now does not hinder", async () => {
    const data = join(folder, "stale");
    await (await startPostgres({ folder: data, log })).stop();
    const file = join(data, "data", "postmaster.pid");
    await writeFile(file, `${process.pid}\n${join(data, "data")}\n1\n5432\n/tmp\n\n\nready\n`);
    const running = await startPostgres({ folder: data, log });
    assert.equal(await query(running.url, "select 1"), 1);
    await running.stop();
  });

  test("what PostgreSQL says when it does not start is in the error", async () => {
    const data = join(folder, "broken");
    await assert.rejects(startPostgres({ folder: data, log, settings: { work_mem: "-7" } }), /work_mem/);
  });

  test("binaries that its user cannot reach, or without their links, are copied and completed", async () => {
    const copyTo = join(folder, "copy");
    const binaries = await findPostgres({ copyTo, canReach: async () => false });
    assert(binaries.postgres.startsWith(copyTo));
    assert.equal(await canReach({ is: "other", uid: 64_817, gid: 64_817 }, "/usr/bin"), true);
    const links = JSON.parse(
      await readFile(join(binaries.postgres, "..", "..", "pg-symlinks.json"), "utf8").catch(() => "[]"),
    ) as readonly { readonly target: string }[];
    const root = join(binaries.postgres, "..", "..", "..");
    for (const { target } of links) await stat(join(root, target));
  });

  test("it does not run as root", async () => {
    const running = await startPostgres({ folder: join(folder, "whose"), log });
    const owner = (await stat(join(folder, "whose", "data"))).uid;
    assert.notEqual(owner, 0);
    assert.equal(owner, process.getuid?.() || 64_817);
    await running.stop();
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const limit = Date.now() + 30_000;
  while (!(await holds().catch(() => false))) {
    assert(Date.now() < limit, "it did not come to that");
    await wait(50);
  }
}

async function query(url: string, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return Object.values((await client.query(statement)).rows[0])[0];
  } finally {
    await client.end();
  }
}

async function count(url: string): Promise<number> {
  return Number(await query(url, "select count(*) from written"));
}

interface Writer {
  readonly child: ChildProcess;
  /** The postmaster's process id, once rows are being written. */
  readonly ready: Promise<number>;
  readonly exited: Promise<unknown>;
  /** Rows there when it began. */
  start(): number;
  /** Rows whose insertion was acknowledged. */
  acknowledged(): number;
  /** Resolves when so many were. */
  rows(wanted: number): Promise<void>;
}

/** A process that starts the database of the folder and inserts rows one after the other. */
async function run(data: string): Promise<Writer> {
  const child = spawn(process.execPath, [program, data], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  let acknowledged = 0;
  let before = 0;
  const ready = Promise.withResolvers<number>();
  // Who waits for one that ended would wait for ever.
  ready.promise.catch(() => undefined);
  child.once("exit", (code) => ready.reject(new Error(`it ended before it was ready, with ${code}`)));
  lines.on("line", (line) => {
    const [word, pid, rows] = line.split(" ");
    if (word !== "ready") acknowledged += 1;
    else {
      before = Number(rows);
      ready.resolve(Number(pid));
    }
  });
  return {
    child,
    ready: ready.promise,
    // Its output ends a moment before it does, and until then it answers for the folder.
    exited: Promise.all([once(lines, "close"), once(child, "exit")]),
    start: () => before,
    acknowledged: () => acknowledged,
    rows: async (wanted) => {
      while (acknowledged < wanted) await once(lines, "line");
    },
  };
}
