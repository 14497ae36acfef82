/** What is told of commits, whatever stands in them. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pino } from "pino";
import { openLocalRepository } from "../open-local-repository.ts";
import { git } from "../testing/write-repository.ts";

const folder = mkdtempSync(join(tmpdir(), "sallyport-commits-"));
after(() => rmSync(folder, { recursive: true }));

/** What the commit says of its time, and what is told. */
const times: Readonly<Record<string, string>> = {
  "1700000000 +0200": "2023-11-15T00:13:20+02:00",
  "0 +0000": "1970-01-01T00:00:00+00:00",
  "1700000000 +9999": "2023-11-14T22:13:20.000Z",
  "253402300800 +0000": "",
  "67768036191676799 +0000": "",
  "99999999999999999999 +0000": "",
  "-5 +0000": "",
  "1700000000": "",
  yesterday: "",
};

test("a commit has no time where what it says is none, and its author all the same", async () => {
  await git(folder, ["init", "--quiet", "--bare"]);
  const tree = await git(folder, ["hash-object", "-t", "tree", "-w", "--stdin"]);
  const repository = await openLocalRepository(folder, { log: pino({ level: "silent" }), surrounding: process.env });
  assert(repository);
  const told: Record<string, string> = {};
  for (const time of Object.keys(times)) {
    const person = `Ada King <ada@example.com> ${time}`;
    const text = `tree ${tree}\nauthor ${person}\ncommitter ${person}\n\nchange\n`;
    const id = await git(folder, ["hash-object", "-t", "commit", "-w", "--stdin", "--literally"], text);
    const facts = (await repository.history.describeCommits([id])).get(id);
    assert.equal(facts?.author, "Ada King");
    told[time] = facts.at;
  }
  repository.release();
  assert.deepEqual(told, times);
});
