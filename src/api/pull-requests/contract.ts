/** Pull requests, what they would bring in, and what was told to Azure DevOps about them. */
import { type Static, Type } from "typebox";
import { exceptionSources } from "#model/exception.ts";
import { dismissReasons } from "#model/issue.ts";
import { policyActions } from "#model/policy.ts";
import { id } from "../shapes/id.ts";
import { liveCheck } from "../shapes/live-check.ts";
import { scannerName, scanOutcomeName, severityName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { place } from "../shapes/place.ts";
import { repositoryReference } from "../shapes/repository-reference.ts";
import { skip } from "../shapes/skip.ts";
import { time } from "../shapes/time.ts";

const statusState = Type.Enum(["pending", "succeeded", "failed", "error", "notApplicable"] as const);
const pullRequestState = Type.Enum(["active", "completed", "abandoned"] as const);

const outcomes = ["passed", "blocked", "unfinished"] as const;

export const pullRequestsQuery = Type.Object({
  ...pageQuery,
  search: Type.Optional(Type.String({ maxLength: 200, description: "Part of title or author, or the number" })),
  state: Type.Optional(pullRequestState),
  repositoryId: Type.Optional(id),
  instanceId: Type.Optional(id),
  outcome: Type.Optional(Type.Enum(outcomes, { description: "Of the newest verdict" })),
});
export type PullRequestsQuery = Partial<Static<typeof pullRequestsQuery>>;

export const pullRequestParams = Type.Object({
  repositoryId: id,
  number: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
});

/** The newest. Its evidence stands at `/api/verdicts/:id`. */
const verdict = Type.Object({
  id,
  iteration: nullable(Type.Integer()),
  outcome: Type.Enum(outcomes),
  /** Strictest first; empty if nothing blocks. */
  decidedBy: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  at: time,
});

const pullRequestRow = Type.Object({
  repository: repositoryReference,
  instanceId: id,
  number: Type.Integer(),
  title: Type.String(),
  author: Type.String(),
  state: pullRequestState,
  isDraft: Type.Boolean(),
  sourceBranch: Type.String(),
  targetBranch: Type.String(),
  webUrl: Type.String(),
  iteration: nullable(Type.Integer()),
  scan: nullable(Type.Object({ id, outcome: nullable(scanOutcomeName) })),
  /** What Azure DevOps was told. */
  status: nullable(statusState),
  verdict: nullable(verdict),
  findings: Type.Object({ open: Type.Integer(), fixed: Type.Integer() }),
  updatedAt: time,
});
export type PullRequestRow = Static<typeof pullRequestRow>;

export const pullRequestsAnswer = pageOf(pullRequestRow);
export type PullRequests = Static<typeof pullRequestsAnswer>;

const dismissal = Type.Object({
  exceptionId: id,
  by: Type.String(),
  approver: nullable(Type.String()),
  reason: Type.Enum(dismissReasons),
  comment: Type.String(),
  until: nullable(time),
  source: Type.Enum(exceptionSources),
});

const introduced = Type.Object({
  fingerprint: Type.String(),
  rule: Type.String(),
  title: Type.String(),
  scanner: scannerName,
  severity: severityName,
  message: Type.String(),
  masked: nullable(Type.String()),
  /** Of a secret; null: nobody asked. */
  live: nullable(liveCheck),
  at: place,
  commit: nullable(Type.String({ description: "Of a secret that the files do not hold: the commit that brought it" })),
  /** Where the pull request has it besides. */
  alsoAt: Type.Array(place, { description: "The first 500 lines" }),
  places: Type.Integer({ description: "All lines, the one in `at` among them; more than 10,000 are not counted" }),
  state: Type.Enum(["open", "fixed", "silenced", "dismissed"] as const),
  /** Silenced: where the code says so, and why. */
  skip: nullable(skip),
  /** Dismissed: by whom, and why. */
  dismissal: nullable(dismissal),
  /** What follows by the newest verdict, and which policy asks for it. */
  actions: Type.Array(Type.Object({ action: Type.Enum(policyActions), policy: Type.String() })),
  graceUntil: nullable(time),
  threadId: nullable(Type.Integer()),
  threadUrl: nullable(Type.String({ description: "The comment thread in Azure DevOps" })),
});

export const pullRequestAnswer = Type.Object({
  ...pullRequestRow.properties,
  /** What Azure DevOps was told about each kind of scan; `status` is the roll-up. */
  statuses: Type.Array(
    Type.Object({ name: Type.String(), state: statusState, description: Type.String(), iteration: Type.Integer() }),
  ),
  /** Each tells the findings that name it: one, all of a package, or many of a kind. */
  threads: Type.Array(
    Type.Object({
      id: Type.Integer(),
      url: Type.String(),
      /** As we last set it, in Azure DevOps' words; people may have decided otherwise since. */
      state: nullable(Type.String()),
      fingerprints: Type.Array(Type.String()),
    }),
  ),
  summaryUrl: nullable(Type.String({ description: "The comment that sums it up, in Azure DevOps" })),
  introduced: Type.Array(introduced),
});
export type PullRequestDetail = Static<typeof pullRequestAnswer>;
