/** What `sallyport replay` prints. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReplayedScan } from "#flows/policies/replay-verdict.ts";
import type { InstanceId, RepositoryId, VerdictId } from "#model/ids.ts";
import type { Problem } from "#model/scan-result.ts";
import type { VerdictRow } from "#store/policies/verdicts.ts";
import { describeReplay } from "./describe-replay.ts";

const verdict: VerdictRow = {
  id: "0b7d3f7e-5f57-4c53-8a3c-0d5b6c1f0a03" as VerdictId,
  instanceId: "1b7d3f7e-5f57-4c53-8a3c-0d5b6c1f0a03" as InstanceId,
  repositoryId: "2b7d3f7e-5f57-4c53-8a3c-0d5b6c1f0a03" as RepositoryId,
  number: 7,
  iteration: 2,
  trigger: "pull-request",
  outcome: "passed",
  decidedBy: [],
  matches: [],
  commit: "c0ffee",
  scannersVersion: "1",
  knowledgeVersion: "2",
  policiesVersion: "3",
  facts: {
    place: { repository: "Shop/api", project: "Shop", tags: [], branch: "default", trigger: "pull-request" },
    subjects: [],
    now: new Date(0),
  },
  at: new Date(0),
};
const large: Problem = { scanner: "git", code: "too-large", path: "a.sql", line: 3, message: "Too many bytes." };
const left: Problem = { scanner: "secrets", code: "versions-left", message: "Not\u001b all of them." };

function linesOf(scan: ReplayedScan, unread?: readonly Problem[]): readonly string[] {
  const replayed = { is: "replayed", verdict, differences: [], scan, ...(unread && { unread }) } as const;
  return describeReplay(replayed, "Shop/api").split("\n").slice(4);
}

test("what rests on a scan that was whole says no more than that it is the same", () => {
  assert.deepEqual(linesOf({ is: "scanned", found: 0, missing: [], unread: [] }), [
    "",
    "decision: the same (0 of 0 findings match a policy)",
    "scan: the same (0 findings found again)",
  ]);
});

test("what was not examined is said in the words of the status, of then and of now", () => {
  const said = linesOf({ is: "scanned", found: 0, missing: [], unread: [left] }, [large, left]);
  assert.deepEqual(said, [
    "not fully examined: some files could not be read; not all of its commits were searched",
    "  a.sql:3: Too many bytes.",
    said[2],
    "",
    "decision: the same (0 of 0 findings match a policy)",
    "scan: the same (0 findings found again)",
    "not fully examined this time: not all of its commits were searched",
    said[2],
  ]);
  assert.match(said[2] ?? "", /^ {2}Not[ -~]+ all of them\.$/);
  assert.equal(
    linesOf({ is: "skipped", because: "No copy." }, [])[0],
    "not fully examined: some files could not be read",
  );
});
