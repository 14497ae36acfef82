/** How far the commits of a pull request are searched, asked of the search itself. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findInCommits } from "#flows/scan-pull-request/find-in-commits.ts";
import type { CommitPair } from "#flows/scan-pull-request/find-range.ts";
import { RemoteError } from "#model/remote-error.ts";
import { addRepository } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { idOf, scansOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let repository: RepositoryState;
let clone: WorkingCopy;

before(async () => {
  house = await openHouse();
  const files = { "app.yaml": "one\n" };
  repository = await addRepository(house.emulator.world, house.organization, house.project, "service", { files });
  await connect(house);
  await house.quiet();
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/service`, house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await house.close();
});

async function push(): Promise<void> {
  await clone.git("push", "--quiet", "--force", "origin", "HEAD");
  await house.quiet();
}

test("versions of more bytes than are read at once are searched from the newest on, the next time further", async () => {
  await clone.git("checkout", "--quiet", "-b", "heavy", "origin/main");
  const commits: string[] = [];
  for (const name of ["first", "second", "third"]) {
    const text = `token: ${plantedSecrets(`heavy ${name}`).githubToken}\n`;
    await clone.commit(name, { "heavy.yaml": `${text}${`# ${name}\n`.repeat(1000)}` });
    commits.push((await clone.git("rev-parse", "HEAD")).trim());
  }
  await clone.commit("take away", { "heavy.yaml": "h: 1\n" });
  await push();
  const range = {
    from: (await clone.git("rev-parse", "origin/main")).trim(),
    to: (await clone.git("rev-parse", "HEAD")).trim(),
  } as CommitPair;
  const mirror = house.app.mirrors.existing(idOf(repository))!;
  const { instanceId } = (await scansOf(house, repository))[0]!;
  const scan = { instanceId, mirror, signal: new AbortController().signal, secrets: undefined };
  const look = async (bytes: number) => {
    const limits = { versions: 100, bytes };
    const about = { range, known: new Set<string>(), told: [], limits };
    const { findings, problems } = await findInCommits(house.app, scan, about);
    return { commits: findings.map(({ origin }) => origin?.commit), says: problems.map(({ message }) => message) };
  };
  const some = await look(6000);
  assert.deepEqual(some.commits, commits.slice(2));
  const searched = `4 versions of files\\. The newest 2, from commit ${commits[2]?.slice(0, 10)} on`;
  assert.match(some.says.join(), new RegExp(`${searched}, were .*, 2 before them were not;.* next push reads more`));
  const more = await look(10);
  assert.deepEqual(more.commits, commits.slice(1));
  assert.match(more.says.join(), /The newest 3, .* 1 before them/);
  assert.deepEqual(await look(10), { commits, says: [] });
  mirror.release();
});

test("what was there before is read as far as versions are, first of the files that hold something", async () => {
  await clone.git("checkout", "--quiet", "-b", "former", "origin/main");
  const token = (name: string) => `token: ${plantedSecrets(`former ${name}`).githubToken}\n`;
  const filler = "# as it was\n".repeat(1000);
  const was = { "l.yaml": token("l") + filler, "m.yaml": token("m") + filler, "n.yaml": `n: 1\n${filler}` };
  await clone.commit("former", was);
  const from = (await clone.git("rev-parse", "HEAD")).trim();
  await clone.commit("shorter", { "l.yaml": token("l"), "m.yaml": token("m"), "n.yaml": "n: 1\n" });
  await clone.commit("take away", { "l.yaml": "l: 1\n", "m.yaml": "m: 1\n" });
  const to = (await clone.git("rev-parse", "HEAD")).trim();
  await push();
  const mirror = house.app.mirrors.existing(idOf(repository))!;
  const { instanceId } = (await scansOf(house, repository))[0]!;
  const scan = { instanceId, mirror, signal: new AbortController().signal, secrets: undefined };
  const look = async (bytes: number) => {
    const limits = { versions: 100, bytes };
    const about = { range: { from, to } as CommitPair, known: new Set<string>(), told: [], limits };
    const { findings, problems } = await findInCommits(house.app, scan, about);
    return {
      found: findings.map(({ at }) => at),
      says: problems.map(({ message }) => /before (\d) were not/.exec(message)?.[1]),
    };
  };
  const { found, says } = await look(5000);
  assert.deepEqual([found.length, says], [1, ["2"]]);
  assert.deepEqual(await look(5000), { found: [], says: ["1"] });
  assert.deepEqual(await look(5000), { found: [], says: [] });
  mirror.release();
});

test("where git cannot tell who made the commits, their secrets are told without", async () => {
  await clone.git("checkout", "--quiet", "-b", "nameless", "origin/main");
  await clone.commit("bring", { "i.yaml": `token: ${plantedSecrets("nameless").githubToken}\n` });
  const commit = (await clone.git("rev-parse", "HEAD")).trim();
  await clone.commit("take away", { "i.yaml": "i: 1\n" });
  const to = (await clone.git("rev-parse", "HEAD")).trim();
  const from = (await clone.git("rev-parse", "origin/main")).trim();
  await push();
  const mirror = house.app.mirrors.existing(idOf(repository))!;
  const describeCommits = () => Promise.reject(new RemoteError("unavailable", "Git took too long."));
  const nameless = { ...mirror, history: { ...mirror.history, describeCommits } };
  const { instanceId } = (await scansOf(house, repository))[0]!;
  const scan = { instanceId, mirror: nameless, signal: new AbortController().signal, secrets: undefined };
  const about = { range: { from, to } as CommitPair, known: new Set<string>(), told: [] };
  const { findings, problems } = await findInCommits(house.app, scan, about);
  mirror.release();
  assert.deepEqual(
    findings.map(({ origin }) => [origin?.commit, origin?.author, origin?.at]),
    [[commit, "", ""]],
  );
  assert.match(problems.map(({ message }) => message).join(), /could not be read: Git took too long\. The secrets/);
});
