/** A signed address of Azure says itself until when it is valid: once that is over it is not live, without anybody being asked. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { judgeExpired } from "#flows/live-checks/judge-expired.ts";
import type { InstanceId } from "#model/ids.ts";
import { branchSubjects } from "#store/issues/branch-subjects.ts";
import { listSecrets } from "#store/secrets/secrets.ts";
import { addRepository } from "../../emulator/build-world.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { everything, idOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { openPullRequest } from "./pull-request-calls.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let clone: WorkingCopy;
let repository: RepositoryState;
let instance: InstanceId;
const day = 86_400_000;

/** A signature of nobody's key. */
function signedAddress(seed: string, expires: string): string {
  const signature = createHash("sha256").update(seed).digest("base64");
  const query = `sv=2022-11-02&ss=b&srt=co&sp=rwl&se=${expires}T00:00:00Z&sig=${encodeURIComponent(signature)}`;
  return `URL=https://contoso.blob.core.windows.net/data?${query}\n`;
}

const inDays = (days: number) => new Date(house.app.now().getTime() + days * day).toISOString().slice(0, 10);

before(async () => {
  house = await openHouse();
  const files = { "old.env": signedAddress("old", "2024-03-01"), "new.env": signedAddress("new", inDays(3)) };
  repository = await addRepository(house.emulator.world, house.organization, house.project, "service", { files });
  instance = await connect(house);
  await house.quiet();
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/service`, house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await house.close();
});

/** What policies see, by file, with the urgency. */
async function seen() {
  const branch = { instanceId: instance, repositoryId: idOf(repository), branch: "refs/heads/main" };
  const found = new Map<string, { readonly live: string | undefined; readonly urgency: number }>();
  for await (const portion of branchSubjects(house.app.db, branch)) {
    for (const { finding, urgency = 0 } of portion) {
      if ("path" in finding.at) found.set(finding.at.path, { live: finding.live?.verdict, urgency });
    }
  }
  return found;
}

const listed = async (live: "not-live" | "unchecked") =>
  (await listSecrets(house.app.db, everything, { live, offset: 0, limit: 10 })).rows.map(
    ({ reason, isByItself }) => `${reason} ${isByItself}`,
  );

test("what is over is not live and less urgent, but stays open; what is valid is as before", async () => {
  const found = await seen();
  const [old, valid] = [found.get("old.env"), found.get("new.env")];
  assert.deepEqual([old?.live, valid?.live], ["not-live", undefined]);
  assert.ok((old?.urgency ?? 0) < (valid?.urgency ?? 0), `${old?.urgency} < ${valid?.urgency}`);
  assert.deepEqual(await listed("not-live"), ["expired on 2024-03-01 true"]);
  assert.deepEqual(await listed("unchecked"), ["null null"]);
});

test("the comment of a pull request says so, and that nobody was asked", async () => {
  await clone.git("checkout", "--quiet", "-b", "feature");
  await clone.commit("feature", { "third.env": signedAddress("third", "2023-01-31") });
  await clone.git("push", "--quiet", "origin", "HEAD");
  const pullRequest = await openPullRequest(house, repository, "feature");
  await house.quiet();
  const comment = pullRequest.threads.find(({ properties }) => "sallyport.fingerprint" in properties)?.comments[0];
  assert.match(
    comment?.content ?? "",
    /It is not live any more\*\* \(expired on 2023-01-31, as it says itself\)\. It need not be revoked/,
  );
});

test("when the day comes it is judged without a scan", async () => {
  const before = (await seen()).get("new.env")?.urgency ?? 0;
  const end = inDays(3);
  await house.emulator.clock.advance(4 * day);
  await judgeExpired(house.app);
  const now = (await seen()).get("new.env");
  assert.equal(now?.live, "not-live");
  assert.ok((now?.urgency ?? 0) < before, `${now?.urgency} < ${before}`);
  assert.ok((await listed("not-live")).includes(`expired on ${end} true`));
  await judgeExpired(house.app);
  assert.equal((await house.app.db.selectFrom("secretChecks").selectAll().execute()).length, 3);
});
