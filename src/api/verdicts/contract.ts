/** Verdicts of policies on pull requests, branches and builds, each with what it rests on. */
import { type Static, Type } from "typebox";
import { policyActions, policyTriggers } from "#model/policy.ts";
import { policy } from "../policies/contract.ts";
import { id } from "../shapes/id.ts";
import { scannerName, severityName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { place } from "../shapes/place.ts";
import { time } from "../shapes/time.ts";

const verdictRow = Type.Object({
  id,
  instanceId: id,
  repositoryId: id,
  number: nullable(Type.Integer({ description: "Of a pull request" })),
  iteration: nullable(Type.Integer()),
  branch: nullable(Type.String({ description: "Of a branch: the full name of its ref" })),
  scanId: nullable(id),
  trigger: Type.Enum(policyTriggers),
  outcome: Type.Enum(["passed", "blocked", "unfinished"] as const),
  /** Strictest first; empty if nothing blocks. */
  decidedBy: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  /** Findings that a policy blocks, and those that some policy matches at all. */
  counts: Type.Object({ blocking: Type.Integer(), matched: Type.Integer() }),
  /** What was looked at, and with what: `sallyport replay` comes to the same. */
  evidence: Type.Object({
    commit: Type.String(),
    base: nullable(Type.String()),
    scannersVersion: Type.String(),
    knowledgeVersion: Type.String(),
    policiesVersion: Type.String(),
  }),
  at: time,
});
export type VerdictRow = Static<typeof verdictRow>;

export const verdictsAnswer = Type.Object({ rows: Type.Array(verdictRow) });
export type Verdicts = Static<typeof verdictsAnswer>;

export const verdictAnswer = Type.Object({
  ...verdictRow.properties,
  place: Type.Object({
    repository: Type.String(),
    project: Type.String(),
    tags: Type.Array(Type.String()),
    branch: Type.Array(Type.String({ description: "`default`, `protected`, `release`, `other`" })),
  }),
  /** Everything that was decided about. */
  findings: Type.Array(
    Type.Object({
      fingerprint: Type.String(),
      scanner: scannerName,
      rule: Type.String(),
      title: Type.String(),
      severity: severityName,
      message: Type.String(),
      at: place,
      novelty: Type.Enum(["new", "backlog"] as const),
      firstSeen: time,
      urgency: nullable(Type.Integer()),
      actions: Type.Array(Type.Object({ action: Type.Enum(policyActions), policy: Type.String() })),
      graceUntil: nullable(time),
    }),
  ),
  /** Those that decided or asked for something, as they were. */
  policies: Type.Array(policy),
});
export type VerdictDetail = Static<typeof verdictAnswer>;
