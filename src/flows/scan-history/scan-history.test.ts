/** A history scanned by its deltas gives what scanning every version of every file gives, however the objects are kept. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pino } from "pino";
import type { GitLimits } from "#git/mirror.ts";
import { openLocalRepository } from "#git/open-local-repository.ts";
import { commit, git } from "#git/testing/write-repository.ts";
import { isSpan } from "#model/span.ts";
import { openScanPool } from "../scan-files/open-scan-pool.ts";
import type { HistoryRequest, HistoryScan } from "./history-scan.ts";
import { scanHistory } from "./scan-history.ts";
import { writeHistory } from "./testing/write-history.ts";

const top = mkdtempSync(join(tmpdir(), "sallyport-history-"));
const pool = openScanPool({ threads: 0, fingerprintKey: new Uint8Array(32) });
after(async () => {
  await pool.close();
  rmSync(top, { recursive: true });
});

async function made(...options: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(top, "r-"));
  await git(folder, ["init", "--quiet", "--bare", "--initial-branch=main", ...options]);
  return folder;
}

async function scan(
  folder: string,
  options: Partial<HistoryRequest> = {},
  limits: Partial<GitLimits> = {},
): Promise<HistoryScan> {
  const log = pino({ level: "silent" });
  const repository = await openLocalRepository(folder, { log, surrounding: process.env, limits });
  assert(repository);
  try {
    return await scanHistory({ repository, pool, threads: 0, ...options });
  } finally {
    repository.release();
  }
}

/** All that a scan says of secrets, in an order of its own. */
function said({ findings }: HistoryScan): readonly string[] {
  return findings
    .map(({ finding: { rule, fingerprint, at, origin }, objectId, versions }) => {
      const place = isSpan(at) ? `${at.path}:${at.startLine}` : "";
      return `${place} ${rule} ${fingerprint.slice(0, 8)} ${objectId} ${origin?.commit} ${origin?.inHead} ${[...versions].sort().join(",")}`;
    })
    .sort();
}

const repack = (folder: string, ...options: readonly string[]) =>
  git(folder, ["repack", "-adfq", "--window=30", ...options]);

/** Ways to keep the same objects. */
const kept: Readonly<Record<string, (folder: string) => Promise<unknown>>> = {
  "as it was written": () => Promise.resolve(),
  "deep chains": (folder) => repack(folder, "--depth=250"),
  "bases by their ids": async (folder) => {
    await git(folder, ["config", "repack.useDeltaBaseOffset", "false"]);
    await repack(folder, "--depth=40");
  },
  "offsets of 64 bits": async (folder) => {
    await repack(folder, "--depth=40");
    const packs = join(folder, "objects", "pack");
    const file = (ending: string) => join(packs, readdirSync(packs).find((name) => name.endsWith(ending)) ?? "");
    rmSync(file(".idx"));
    await git(folder, ["index-pack", "--index-version=2,0x100", file(".pack")]);
  },
  "two packs, and some loose": async (folder) => {
    await repack(folder);
    await writeHistory(folder, { seed: 77, commits: 12 });
    await commit(folder, "refs/heads/loose", { "deploy.env": `TOKEN=glpat${"-"}AbQdEfGh7194IjKlMnRp\n` });
  },
  borrowed: async (folder) => {
    const lender = await made();
    await git(lender, ["fetch", "--quiet", folder, "+refs/*:refs/*"]);
    await repack(lender);
    writeFileSync(join(folder, "objects", "info", "alternates"), `${join(lender, "objects")}\n`);
    await git(folder, ["repack", "-adlq"]);
  },
};

/** How many must be judged: what could not be read would go to git, and nobody would see it in the findings. */
async function blobsIn(folder: string): Promise<number> {
  const types = await git(folder, ["cat-file", "--batch-all-objects", "--batch-check=%(objecttype)"]);
  return types.split("\n").filter((type) => type === "blob").length;
}

for (const [name, keep] of Object.entries(kept)) {
  test(`deltas say what whole objects and git say: ${name}`, async () => {
    const folder = await made();
    await writeHistory(folder, { seed: name.length, commits: 60 });
    await keep(folder);
    const byDeltas = await scan(folder);
    assert.deepEqual(said(byDeltas), said(await scan(folder, { read: "objects" })));
    assert.deepEqual(said(byDeltas), said(await scan(folder, { read: "git" })));
    assert.deepEqual(byDeltas.problems, []);
    assert.equal(byDeltas.stats.objects, await blobsIn(folder));
    assert.ok(byDeltas.findings.length > 10, `${byDeltas.findings.length} findings`);
    const merged = byDeltas.findings.find(({ finding: { at } }) => isSpan(at) && at.path === "only/merged.ts");
    assert.equal(merged?.finding.origin?.inHead, false);
  });
}

for (const name of ["deep chains", "bases by their ids", "two packs, and some loose", "offsets of 64 bits"] as const) {
  test(`a repository with SHA-256 ids is read like any other: ${name}`, async () => {
    const folder = await made("--object-format=sha256");
    const keptIn = join(folder, "kept-ids");
    await writeHistory(folder, { seed: 5, commits: 40 });
    await kept[name]?.(folder);
    const byDeltas = await scan(folder, { keptIn });
    assert.deepEqual(said(byDeltas), said(await scan(folder, { read: "git" })));
    assert.ok(byDeltas.findings.length > 10);
    assert.equal(byDeltas.stats.objects, await blobsIn(folder));
    const again = await scan(folder, { keptIn });
    assert.deepEqual([said(again), again.stats.objects], [said(byDeltas), 0]);
  });
}

test("an object that is not what the index says is left to git", async () => {
  const folder = await made();
  const text = `TOKEN=glpat${"-"}AbQdEfGh7194IjKlMnRp\n`;
  const id = (await git(folder, ["hash-object", "-w", "--stdin"], text)).trim();
  await git(folder, ["pack-objects", "-q", "objects/pack/pack"], `${id}\n`);
  await git(folder, ["prune-packed", "-q"]);
  const packs = join(folder, "objects", "pack");
  const file = join(packs, readdirSync(packs).find((name) => name.endsWith(".idx")) ?? "");
  const index = readFileSync(file);
  const at = index.indexOf(id, 0, "hex");
  index[at + 19]! ^= 1;
  chmodSync(file, 0o600);
  writeFileSync(file, index);
  const { findings, stats } = await scan(folder);
  assert.equal(stats.objects, 1);
  assert.deepEqual(
    findings.map(({ objectId }) => objectId),
    [index.toString("hex", at, at + 20)],
  );
});

test("whoever waits is told how far it is, to the end", async () => {
  const folder = await made();
  await writeHistory(folder, { seed: 4, commits: 30 });
  await repack(folder, "--depth=50");
  const told: string[] = [];
  const openProgress = async (total: number, what: string) => ({
    to: (done: number) => told.push(`${what} ${done === total ? "all" : "some"}`),
    end: () => told.push(`${what} end`),
  });
  await scan(folder, { openProgress });
  assert.deepEqual(told.slice(-2), ["versions of files all", "versions of files end"]);
  assert.ok(told.indexOf("parts of the history end") < told.indexOf("versions of files some"), told.join());
});

async function* seen(blobs: Parameters<HistoryRequest["pool"]["scan"]>[0], paths: string[]) {
  for await (const blob of blobs) {
    paths.push(blob.path);
    yield blob;
  }
}

test("a second scan judges only what is new, and says the same", async () => {
  const folder = await made();
  const keptIn = join(top, "kept", "ids");
  await writeHistory(folder, { seed: 3, commits: 40 });
  const first = await scan(folder, { keptIn });
  const given: string[] = [];
  const counted: HistoryRequest["pool"] = {
    scan: (blobs, options) => pool.scan(seen(blobs, given), options),
  };
  const again = await scan(folder, { keptIn, pool: counted });
  assert.deepEqual([again.stats.objects, said(again)], [0, said(first)]);
  // What was found is kept, too: only that the key is the same is asked.
  assert.deepEqual(given, ["made-up.env"]);
  const otherKey = openScanPool({ threads: 0, fingerprintKey: new Uint8Array(32).fill(1) });
  try {
    const renamed = await scan(folder, { keptIn, pool: otherKey });
    assert.equal(renamed.findings.length, first.findings.length);
    const names = new Set(first.findings.map(({ finding }) => finding.fingerprint));
    assert.ok(renamed.findings.every(({ finding }) => !names.has(finding.fingerprint)));
    assert.deepEqual(said(await scan(folder, { keptIn })), said(first));
  } finally {
    await otherKey.close();
  }
  await commit(folder, "refs/heads/main", { "new.env": `TOKEN=glpat${"-"}ZyXwVuTs9876IjKlMnOp\n` });
  await git(folder, ["repack", "-adq"]);
  const third = await scan(folder, { keptIn });
  assert.equal(third.stats.objects, 1);
  assert.deepEqual(said(third), said(await scan(folder)));
  const bytes = readFileSync(keptIn);
  assert.ok(!bytes.includes("glpat"));
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(keptIn, bytes);
  const damaged = await scan(folder, { keptIn });
  assert.deepEqual([damaged.stats.known, said(damaged)], [0, said(third)]);
});

test("what is kept of a repository is not told of another in its place, nor of what was cleared away", async () => {
  const key = (name: string, value: string) => `const ${name} = "glpat${"-"}${value}";\n`;
  const keptIn = join(top, "kept", "place");
  const folder = await made();
  await commit(folder, "refs/heads/main", { "old.ts": key("old", "AbQdEfGh7194IjKlMnRp"), "same.ts": "// same\n" });
  assert.equal((await scan(folder, { keptIn })).findings.length, 1);
  const other = await made();
  const first = await commit(other, "refs/heads/main", { "new.ts": key("fresh", "QrStUvWx5678YzAbCdEf") });
  assert.deepEqual(said(await scan(other, { keptIn })), said(await scan(other)));
  await commit(other, "refs/heads/clean", { "b.ts": "// nothing\n" }, { from: "nothing" });
  await scan(other, { keptIn });
  await git(other, ["symbolic-ref", "HEAD", "refs/heads/clean"]);
  await git(other, ["branch", "--quiet", "-D", "main"]);
  // Unreachable, but still there for whoever can read the folder.
  assert.equal((await scan(other, { keptIn })).findings.length, 1);
  await git(other, ["gc", "--quiet", "--prune=now"]);
  // A server's mirror remembers: others had it.
  const remembered = await scan(other, { keptIn, remembersGone: true });
  assert.deepEqual(
    remembered.findings.map(({ finding }) => finding.origin?.commit),
    [first],
  );
  assert.deepEqual((await scan(other, { keptIn })).findings, []);
  // The same bytes again are as new as any.
  const again = await commit(other, "refs/heads/clean", { "back.ts": key("fresh", "QrStUvWx5678YzAbCdEf") });
  const back = await scan(other, { keptIn });
  assert.deepEqual(
    back.findings.map(({ finding: { at, origin } }) => [isSpan(at) && at.path, origin?.commit]),
    [["back.ts", again]],
  );
});

test("a broken ref costs no secret its path, commit and author", async () => {
  const folder = await made();
  const first = await commit(folder, "refs/heads/main", { "a.ts": `const a = "glpat${"-"}AbQdEfGh7194IjKlMnRp";\n` });
  for (const broken of ["", `${"1".repeat(40)}\n`]) {
    writeFileSync(join(folder, "refs/heads/old"), broken);
    const { findings, problems } = await scan(folder);
    assert.deepEqual(
      findings.map(({ finding: { at, origin } }) => [isSpan(at) && at.path, origin?.commit, origin?.author]),
      [["a.ts", first, "Ada"]],
    );
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["refs-unread", ...(broken === "" ? [] : ["branches-unread"])],
    );
  }
});

test("from a lower score on a history gives what its files give", async () => {
  const folder = await made();
  const blob = createHash("sha256").update("a blob").digest("base64").replace(/[+/=]/g, "").slice(0, 24);
  await commit(folder, "refs/heads/main", { "a.py": `blob = "${blob}"\n`, "b.py": "x = 1\n" });
  assert.equal((await scan(folder)).findings.length, 0);
  assert.deepEqual(
    (await scan(folder, { minimumScore: 30 })).findings.map(({ finding }) => finding.rule),
    ["secrets/rare-literal"],
  );
});

test("what happened since, and where it still is, is told with each secret", async () => {
  const folder = await made();
  const line = (name: string, value: string) => `const ${name} = "glpat${"-"}${value}";\n`;
  const gone = line("gone", "AbQdEfGh7194IjKlMnRp");
  const stays = line("stays", "QrStUvWx5678YzAbCdEf");
  const first = await commit(folder, "refs/heads/main", { "a.ts": gone, "b.ts": stays });
  await commit(folder, "refs/heads/main", { "a.ts": `// more\n${gone}` });
  await git(folder, ["branch", "old", "main"]);
  await commit(folder, "refs/heads/main", { "a.ts": "// nothing\n", "b.ts": `${stays}// more\n` });
  await git(folder, ["hash-object", "-w", "--stdin"], line("unreachable", "ZzYyXxWw9988VvUuTtSs"));
  const { findings, problems } = await scan(folder);
  const facts = findings.map(({ finding: { at, origin }, versions }) => [
    isSpan(at) ? at.path.replace(/[0-9a-f]{40}/, "<id>") : "",
    origin?.commit === first,
    origin?.author,
    origin?.inHead,
    origin?.branches,
    versions.length,
  ]);
  facts.sort(([a], [b]) => String(a).localeCompare(String(b)));
  assert.deepEqual(facts, [
    ["(in no commit)/<id>", false, undefined, undefined, undefined, 1],
    ["a.ts", true, "Ada", false, ["old"], 2],
    ["b.ts", true, "Ada", true, ["main", "old"], 2],
  ]);
  assert.deepEqual(problems, []);
});

test("where the files of HEAD or of a branch cannot be listed, nothing is said of what they still hold", async () => {
  const folder = await made();
  await commit(folder, "refs/heads/main", { "a.ts": `const token = "glpat${"-"}AbQdEfGh7194IjKlMnRp";\n` });
  await git(folder, ["branch", "old", "main"]);
  const many = Array.from({ length: 100 }, (_, number): [string, string] => [`folder/file-${number}.txt`, ""]);
  await commit(folder, "refs/heads/main", Object.fromEntries(many));
  const originOf = ({ findings }: HistoryScan) => {
    const { inHead, branches } = findings[0]?.finding.origin ?? {};
    return { inHead, branches };
  };
  const keptIn = join(folder, "kept");
  const whole = await scan(folder, { keptIn });
  assert.deepEqual([originOf(whole), whole.problems], [{ inHead: true, branches: ["main", "old"] }, []]);
  // The commits are known by now: only the list of files is longer than what git may say.
  const cut = await scan(folder, { keptIn }, { outputBytes: 3000 });
  assert.deepEqual(originOf(cut), { inHead: undefined, branches: ["old"] });
  assert.deepEqual(
    cut.problems.map(({ code, isNotice }) => [code, isNotice]),
    [
      ["head-unread", undefined],
      ["branches-unread", undefined],
    ],
  );
  assert.match(cut.problems[1]?.message ?? "", /^The files of main cannot be listed: /);
});

test("of versions that hold the same secret in the same place one is scanned, unless marks stand in them", async () => {
  const folder = await made();
  const rows = Array.from({ length: 3000 }, (_, row) => `row ${row} of a long list\n`);
  const secret = `const token = "glpat${"-"}AbQdEfGh7194IjKlMnRp";\n`;
  for (let version = 0; version < 12; version++) {
    rows[2500 + version] = `row that version ${version} changed\n`;
    const mark = version === 7 ? `// nosemgrep\n` : "";
    await commit(folder, "refs/heads/main", { "a.ts": `${secret}${rows.join("")}${mark}` });
  }
  await repack(folder);
  const scanned: string[] = [];
  const counting: HistoryRequest["pool"] = {
    scan: (blobs, options) =>
      pool.scan(
        (async function* () {
          for await (const blob of blobs) {
            scanned.push(blob.objectId);
            yield blob;
          }
        })(),
        options,
      ),
  };
  const { findings } = await scan(folder, { pool: counting });
  assert.deepEqual(
    findings.map(({ versions, finding: { origin } }) => [versions.length, origin?.inHead]),
    [[12, true]],
  );
  // The one with the mark, what git built on it, and one for all others.
  assert.ok(scanned.length >= 2 && scanned.length < 12, `${scanned.length} were scanned`);
  assert.ok(scanned.includes(findings[0]?.objectId ?? ""));
});

test("a marker that silences nothing is told where HEAD has it, not in what is past", async () => {
  const folder = await made();
  const key = (place: string) => `TOKEN=glpat${"-"}AbQdEfGh7194IjKlMn${place}\n`;
  const marker = "# sallyport:allow secrets/jwt gone\n";
  await commit(folder, "refs/heads/main", { "old.env": key("Rp") + marker, "now.env": key("Qp") + marker });
  await commit(folder, "refs/heads/main", { "old.env": undefined });
  const { findings, problems } = await scan(folder);
  assert.deepEqual([findings.length, problems.map(({ code, path }) => [code, path])], [2, [["unused", "now.env"]]]);
});

test("damaged packs end with what git can still read, and with a problem for what it cannot", async () => {
  const folder = await made();
  await writeHistory(folder, { seed: 9, commits: 30 });
  await repack(folder);
  const packs = join(folder, "objects", "pack");
  const file = (ending: string) => join(packs, readdirSync(packs).find((name) => name.endsWith(ending)) ?? "");
  const whole = { pack: readFileSync(file(".pack")), idx: readFileSync(file(".idx")) };
  chmodSync(file(".pack"), 0o600);
  chmodSync(file(".idx"), 0o600);
  const changed = (bytes: Buffer, at: number, length: number) => {
    const copy = Buffer.from(bytes);
    copy.fill(0xa5, at, at + length);
    return copy;
  };
  const middle = whole.pack.length >> 1;
  const damages: readonly (readonly [pack: Buffer, idx: Buffer])[] = [
    [changed(whole.pack, middle, 40), whole.idx],
    ...[0, 1, 2, 3, 4, 5].map((less) => [whole.pack.subarray(0, middle - less), whole.idx] as const),
    [changed(whole.pack, 0, 4), whole.idx],
    [whole.pack, changed(whole.idx, 0, 8)],
    [whole.pack, changed(whole.idx, 8, 900)],
    [whole.pack, changed(whole.idx, whole.idx.length - 200, 60)],
    [whole.pack, whole.idx.subarray(0, 100)],
    [whole.pack, Buffer.alloc(0)],
  ];
  for (const [pack, idx] of damages) {
    writeFileSync(file(".pack"), pack);
    writeFileSync(file(".idx"), idx);
    const { problems } = await scan(folder);
    assert.ok(problems.length > 0);
  }
});

const unreadable: Readonly<Record<string, (objects: string) => string>> = {
  "a file in place of the packs' folder": (objects) => {
    rmSync(join(objects, "pack"), { recursive: true });
    writeFileSync(join(objects, "pack"), "");
    return "objects/pack (ENOTDIR: not a directory)";
  },
  "a folder in place of the list of alternates": (objects) => {
    mkdirSync(join(objects, "info", "alternates"), { recursive: true });
    return "objects/info/alternates (no regular file)";
  },
  "a borrowed folder behind a loop of links": (objects) => {
    const loop = join(objects, "loop");
    symlinkSync(loop, loop);
    writeFileSync(join(objects, "info", "alternates"), `${loop}\n${join(objects, "nowhere")}\n`);
    return "objects/loop (ELOOP: too many symbolic links encountered)";
  },
  "a folder that is not ours to read": (objects) => {
    const [loose = ""] = readdirSync(objects).filter((name) => /^[0-9a-f]{2}$/.test(name));
    chmodSync(join(objects, loose), 0);
    return `objects/${loose} (EACCES: permission denied)`;
  },
};

for (const [name, spoil] of Object.entries(unreadable)) {
  const skip = name.startsWith("a folder that is not ours") && (process.getuid?.() ?? 0) === 0;
  test(`a history is not called whole where objects cannot be read: ${name}`, { skip }, async () => {
    const folder = await made();
    await commit(folder, "refs/heads/main", { "deploy.env": `TOKEN=glpat${"-"}AbQdEfGh7194IjKlMnRp\n` });
    const keptIn = join(folder, "kept");
    assert.deepEqual((await scan(folder)).problems, []);
    const wanted = spoil(join(folder, "objects"));
    for (let look = 0; look < 2; look++) {
      const { problems } = await scan(folder, { keptIn });
      const told = problems.find(({ code }) => code === "objects-unread");
      assert.ok(told?.message.includes(`${wanted} could not be read.`), told?.message);
      assert.equal(told?.isNotice, undefined);
    }
    // What may not be read may not be removed either.
    for (const one of readdirSync(join(folder, "objects"), { withFileTypes: true })) {
      if (one.isDirectory()) chmodSync(join(folder, "objects", one.name), 0o700);
    }
  });
}

test("blobs that a partial clone lacks are counted", async () => {
  const folder = await made();
  await writeHistory(folder, { seed: 4, commits: 20 });
  await repack(folder);
  await git(folder, ["config", "uploadpack.allowFilter", "true"]);
  const clone = mkdtempSync(join(top, "r-"));
  await git(clone, ["clone", "--quiet", "--bare", "--filter=blob:none", `file://${folder}`, "part.git"]);
  const { problems } = await scan(join(clone, "part.git"));
  assert.match(problems[0]?.message ?? "", /lacks \d+ versions of files/);
});
