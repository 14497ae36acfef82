/** Fixes: what Sallyport proposes as pull requests, how far each is, and how an instance wants them. */
import { type Static, Type } from "typebox";
import { fixStates } from "#model/fix.ts";
import { fixGroupings } from "#model/fix-plan.ts";
import { id } from "../shapes/id.ts";
import { severityName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { repositoryReference } from "../shapes/repository-reference.ts";
import { time } from "../shapes/time.ts";

const stateName = Type.Enum(fixStates);

/** Repeat `state` for several values. */
export const fixesQuery = Type.Object({
  ...pageQuery,
  state: Type.Optional(Type.Array(stateName)),
  repositoryId: Type.Optional(id),
  instanceId: Type.Optional(id),
  fingerprint: Type.Optional(Type.String({ maxLength: 200, description: "Those that end this problem" })),
  forPullRequest: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: "Those that go into its branch" }),
  ),
});

export type FixesQuery = Partial<Static<typeof fixesQuery>>;

const problem = Type.Object({
  fingerprint: Type.String(),
  rule: Type.String(),
  severity: severityName,
  message: Type.String(),
  path: Type.String(),
  advisory: nullable(Type.String()),
});

const risk = Type.Object({
  crossesMajor: Type.Boolean(),
  licenseChange: nullable(Type.Object({ from: Type.Array(Type.String()), to: Type.Array(Type.String()) })),
  adds: Type.Array(Type.String({ description: "Packages that come in, `name@version`" })),
});

const hunk = Type.Object({
  path: Type.String(),
  lines: Type.Array(
    Type.Object({
      is: Type.Enum(["same", "removed", "added"] as const),
      number: nullable(Type.Integer()),
      text: Type.String(),
    }),
  ),
});

export const fixRow = Type.Object({
  id,
  instanceId: id,
  repository: repositoryReference,
  title: Type.String(),
  goal: Type.String({ description: "The version that it goes to; empty where there is no such thing" }),
  state: stateName,
  reason: nullable(Type.String({ description: "Why it waits, was refused, or is over" })),
  targetBranch: Type.String(),
  branch: Type.String(),
  /** The pull request that it helps. */
  forPullRequest: nullable(Type.Integer()),
  pullRequest: nullable(Type.Object({ number: Type.Integer(), webUrl: Type.String() })),
  fixes: Type.Integer({ description: "Number of problems that it ends" }),
  example: nullable(Type.String({ description: "What the first of them says" })),
  askedBy: Type.Object({
    is: Type.Enum(["person", "policy", "reply"] as const),
    name: Type.String({ description: "Of the person, or the policy" }),
  }),
  askedAt: time,
  changedAt: time,
});
export type FixRow = Static<typeof fixRow>;

export const fixesAnswer = pageOf(fixRow);
export type Fixes = Static<typeof fixesAnswer>;

export const fixAnswer = Type.Object({
  ...fixRow.properties,
  ends: Type.Array(problem),
  /** New problems that it brings in, none of them of medium severity or worse. */
  adds: Type.Array(problem),
  /** What people must run or should know. */
  said: Type.Array(Type.String()),
  risk: nullable(risk),
  baseCommit: nullable(Type.String()),
  headCommit: nullable(Type.String()),
  diff: Type.Array(hunk),
});
export type FixDetail = Static<typeof fixAnswer>;

/** Open issues, or open problems of a pull request. */
export const wishBody = Type.Union([
  Type.Object({ issues: Type.Array(id, { minItems: 1, maxItems: 100 }) }, { additionalProperties: false }),
  Type.Object(
    {
      repositoryId: id,
      pullRequest: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
      fingerprints: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 100 }),
    },
    { additionalProperties: false },
  ),
]);
export type WishBody = Static<typeof wishBody>;

export const askedAnswer = Type.Object({
  /** One for each root cause, or as the instance groups them. */
  answers: Type.Array(
    Type.Object({
      is: Type.Enum(["asked", "under-way", "refused"] as const),
      fix: nullable(id),
      title: nullable(Type.String()),
      pullRequest: nullable(Type.Integer()),
      because: nullable(Type.String()),
    }),
  ),
});
export type Asked = Static<typeof askedAnswer>;

export const previewAnswer = Type.Object({
  previews: Type.Array(
    Type.Object({
      title: Type.String(),
      goal: Type.String(),
      fixes: Type.Array(Type.String({ description: "Fingerprints" })),
      said: Type.Array(Type.String()),
      risk: nullable(risk),
      diff: Type.Array(hunk),
      refused: nullable(Type.String({ description: "Why nothing can be changed" })),
    }),
  ),
  refused: Type.Array(Type.String()),
});
export type FixPreviews = Static<typeof previewAnswer>;

const settings = {
  openLimit: Type.Integer({ minimum: 1, maximum: 100, description: "Open ones of a repository; the others wait" }),
  grouping: Type.Enum(fixGroupings),
  automatic: Type.Boolean({ description: "Whether policies may ask" }),
  reviewers: Type.Array(id, { maxItems: 20, description: "Ids of identities in Azure DevOps" }),
  drafts: Type.Boolean(),
};

/** Of whom a name is wanted, or what somebody types of one; one of both. */
export const reviewersQuery = Type.Object({
  id: Type.Optional(Type.Array(id, { maxItems: 20 })),
  search: Type.Optional(Type.String({ minLength: 2, maxLength: 100 })),
});

export const reviewersAnswer = Type.Object({
  rows: Type.Array(
    Type.Object({
      id,
      name: Type.String(),
      account: nullable(Type.String({ description: "What they sign in with; groups have none" })),
      isGroup: Type.Boolean(),
    }),
  ),
});
export type Reviewers = Static<typeof reviewersAnswer>;

export const fixSettingsBody = Type.Object(settings, { additionalProperties: false });
export type FixSettingsBody = Static<typeof fixSettingsBody>;

export const fixSettingsAnswer = Type.Object({
  ...settings,
  changedBy: nullable(Type.String()),
  changedAt: nullable(time),
});
export type FixSettingsAnswer = Static<typeof fixSettingsAnswer>;
