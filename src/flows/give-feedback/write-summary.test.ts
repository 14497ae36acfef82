import assert from "node:assert/strict";
import { test } from "node:test";
import { longestComment } from "#azure-devops/threads.ts";
import type { Exception, ExceptionId } from "#model/exception.ts";
import type { Finding } from "#model/finding.ts";
import type { Verdict } from "#model/verdict.ts";
import type { PullRequestFinding } from "#store/pull-requests/pull-request-findings.ts";
import { askedOf } from "./asked-of.ts";
import { topicsOf } from "./topics.ts";
import { writeGroup } from "./write-group.ts";
import { type SummaryFacts, writeSummary } from "./write-summary.ts";

const at = new Date("2026-11-26T00:00:00Z");
const consoleAddress = "https://sallyport.example/pull-requests/r/7";
const policies = [{ id: "new-problems", name: "New *problems*" }];

function row(name: string, more: Partial<PullRequestFinding> = {}, finding: object = {}): PullRequestFinding {
  const place = { path: "a|b.tf", startLine: 3, startColumn: 1, endLine: 3, endColumn: 2 };
  const found = {
    rule: "iac/x",
    aliases: [],
    severity: "high",
    message: `About ${name}`,
    at: place,
    fingerprint: name,
  };
  return {
    ...{ fingerprint: name, finding: { ...found, ...finding } as unknown as Finding },
    ...{ state: "open", firstSeen: at, lastSeen: at, ...more },
  };
}

function factsOf(findings: readonly PullRequestFinding[], verdict: Verdict, more: Partial<SummaryFacts> = {}) {
  const topics = topicsOf(findings, askedOf(verdict));
  const told = new Map(topics.slice(0, 1).map((topic) => [topic, 12] as const));
  const webUrl = "https://dev.azure.com/o/p/_git/r/pullrequest/7";
  const facts = { topics, told, verdict, policies, findings, pullRequest: { webUrl } };
  return { ...facts, exceptions: new Map(), unread: [], consoleAddress, ...more };
}

const passed: Verdict = { outcome: "passed", decidedBy: [], matches: [] };
const blockedBy = (...fingerprints: readonly string[]): Verdict => ({
  ...{ outcome: "blocked", decidedBy: ["new-problems"] },
  matches: fingerprints.map((fingerprint) => ({
    ...{ fingerprint, scanner: "iac", actions: [{ action: "block", policy: "new-problems" }] },
  })),
});

test("the verdict stands first, with the policy that decided; each open problem has a row", () => {
  const grace = { fingerprint: "two", scanner: "iac", actions: [], graceUntil: "2026-12-01T00:00:00Z" } as const;
  const verdict = { ...blockedBy("one"), matches: [...blockedBy("one").matches, grace] };
  const text = writeSummary(factsOf([row("one"), row("two", {}, { severity: "low" })], verdict));
  assert.match(text, /^\*\*Sallyport: blocked by the policy "New \\\*problems\\\*"\.\*\* 1 of 2 new problems must/);
  const link = "[thread](https://dev.azure.com/o/p/_git/r/pullrequest/7?discussionId=12)";
  assert(text.includes(`| High | About one | \`a\\|b.tf:3\` | blocks: New \\*problems\\* | ${link} |\n`), text);
  assert.match(text, /\| Low \| About two \| \S+ \| blocks from 2026-12-01 on \| {2}\|/);
  assert.match(text, /`\/sallyport ignore <reason> \[until YYYY-MM-DD\]`/);
});

test("what does not count any more is told with who said so", () => {
  const exceptionId = "e" as ExceptionId;
  const exception = {
    ...{ author: "Ada", approver: "Bob", reason: "accepted-risk", comment: "the lab *only*" },
    until: new Date("2027-01-01T00:00:00Z"),
  } as unknown as Exception;
  const findings = [
    row("one", { state: "dismissed", exceptionId }),
    row("two", { state: "silenced", skip: { reason: "old | appliance" } }),
    row("three", { state: "fixed" }),
  ];
  const unread = [{ scanner: "iac", code: "syntax", message: "No end.", path: "b.tf", line: 4 }] as const;
  const text = writeSummary(factsOf(findings, passed, { exceptions: new Map([[exceptionId, exception]]), unread }));
  assert.match(text, /^\*\*Sallyport: passed\.\*\* As far as it was examined, this pull request brings in no security/);
  assert.match(
    text,
    /Dismissed by people: 1\*\*\n\n- High: About one in `a\|b\.tf:3`: by Ada, agreed by Bob, accepted risk, until 2027\\?-01\\?-01: the lab \\\*only\\\*/,
  );
  assert.match(text, /Silenced in the code: 1\*\*\n\n- High: About two in `a\|b\.tf:3`\. Skipped: old \\\| appliance/);
  assert.match(text, /Solved in this pull request: 1\*\*/);
  assert.match(text, /Not fully examined: 1\*\*\n\n- `b\.tf:4`: No end/);
});

test("a scan that did not end says so", () => {
  const text = writeSummary(factsOf([], { ...passed, outcome: "unfinished", decidedBy: ["new-problems"] }));
  assert.match(text, /not finished.*held up by the policy/);
});

test("neither a summary nor a group is longer than Azure DevOps takes, and both say how many are left", () => {
  const many = Array.from({ length: 5000 }, (_, index) => row(`problem number ${index}`));
  const facts = factsOf(many, blockedBy(...many.map(({ fingerprint }) => fingerprint)));
  const [first, ...others] = facts.topics;
  assert(first);
  const group = writeGroup({ is: "file", topics: [first, ...others] }, { consoleAddress, isInformation: false });
  for (const text of [writeSummary(facts), group]) {
    assert(text.length > longestComment - 4000 && text.length < longestComment - 500, String(text.length));
    assert.match(text, /and \d+ more: \[see all/);
  }
});

test("a row names every policy that blocks one of its problems", () => {
  const about = { ecosystem: "npm", name: "x", version: "1.0.0", manifest: "package-lock.json", relation: "direct" };
  const findings = [
    row("one", {}, { package: about, rule: "vulnerabilities/a" }),
    row("two", {}, { package: about, rule: "vulnerabilities/b" }),
  ];
  const [first, second] = blockedBy("one", "two").matches;
  assert(first && second);
  const other = { ...second, actions: [{ action: "block", policy: "strict" }] as const };
  const verdict = { ...blockedBy(), decidedBy: ["new-problems", "strict"], matches: [first, other] };
  assert.match(writeSummary(factsOf(findings, verdict)), /\| blocks: New \\\*problems\\\*, strict \|/);
});
