/** Pull requests, what they would bring in, and what was told to Azure DevOps about them. */
import { type Static, Type } from "typebox";
import { id } from "../shapes/id.ts";
import { scannerName, scanOutcomeName, severityName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { place } from "../shapes/place.ts";
import { repositoryReference } from "../shapes/repository-reference.ts";
import { skip } from "../shapes/skip.ts";
import { time } from "../shapes/time.ts";

const pullRequestState = Type.Enum(["active", "completed", "abandoned"] as const);

export const pullRequestsQuery = Type.Object({
  ...pageQuery,
  search: Type.Optional(Type.String({ maxLength: 200, description: "Part of title or author, or the number" })),
  state: Type.Optional(pullRequestState),
  repositoryId: Type.Optional(id),
  instanceId: Type.Optional(id),
});
export type PullRequestsQuery = Partial<Static<typeof pullRequestsQuery>>;

export const pullRequestParams = Type.Object({
  repositoryId: id,
  number: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
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
  status: nullable(Type.Enum(["pending", "succeeded", "failed", "error", "notApplicable"] as const)),
  findings: Type.Object({ open: Type.Integer(), fixed: Type.Integer() }),
  updatedAt: time,
});
export type PullRequestRow = Static<typeof pullRequestRow>;

export const pullRequestsAnswer = pageOf(pullRequestRow);
export type PullRequests = Static<typeof pullRequestsAnswer>;

export const pullRequestAnswer = Type.Object({
  ...pullRequestRow.properties,
  introduced: Type.Array(
    Type.Object({
      fingerprint: Type.String(),
      rule: Type.String(),
      title: Type.String(),
      scanner: scannerName,
      severity: severityName,
      message: Type.String(),
      masked: nullable(Type.String()),
      at: place,
      state: Type.Enum(["open", "fixed", "silenced", "dismissed"] as const),
      /** Silenced: where the code says so, and why. */
      skip: nullable(skip),
      threadUrl: nullable(Type.String({ description: "The comment thread in Azure DevOps" })),
    }),
  ),
});
export type PullRequestDetail = Static<typeof pullRequestAnswer>;
