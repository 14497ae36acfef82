/** Policies of an instance: those in force and where they come from, how they are changed, and what others would have done. */
import { type Static, Type } from "typebox";
import { branchKinds, novelties, policyActions, policyTriggers } from "#model/policy.ts";
import { id } from "../shapes/id.ts";
import { scannerName, severityName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { time } from "../shapes/time.ts";

const slug = Type.String({ pattern: "^[a-z0-9][a-z0-9-]*$", maxLength: 100, description: "Unique in an instance" });
const name = Type.String({ minLength: 1, maxLength: 200 });
const globs = Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { maxItems: 100 });
const closed = { additionalProperties: false };
const days = Type.Integer({ minimum: 0, maximum: 3650 });

/** All that are given must hold; a list holds if one of it does. In lists of globs one that begins with `!` takes out again. */
const conditions = Type.Object(
  {
    scanner: Type.Optional(Type.Array(scannerName)),
    rule: Type.Optional(globs),
    severity: Type.Optional(severityName),
    urgency: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    fixAvailable: Type.Optional(Type.Boolean()),
    relation: Type.Optional(Type.Enum(["direct", "transitive"] as const)),
    package: Type.Optional(globs),
    development: Type.Optional(Type.Boolean()),
    knownExploited: Type.Optional(Type.Boolean()),
    exploitLikelihood: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    reachability: Type.Optional(
      Type.Array(Type.Enum(["imported", "imported-by-tests", "not-imported", "unknown"] as const)),
    ),
    licenseCategory: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 50 })),
    live: Type.Optional(Type.Array(Type.Enum(["live", "not-live", "unknown", "not-asked"] as const))),
    inHead: Type.Optional(Type.Boolean()),
    path: Type.Optional(globs),
    age: Type.Optional(days),
    novelty: Type.Optional(Type.Enum(novelties)),
    repository: Type.Optional(globs),
    project: Type.Optional(globs),
    tag: Type.Optional(globs),
    branch: Type.Optional(Type.Array(Type.Enum(branchKinds))),
  },
  closed,
);

export const policy = Type.Object(
  {
    id: slug,
    name,
    description: Type.Optional(Type.String({ maxLength: 2000 })),
    enabled: Type.Boolean(),
    /** One group must hold; empty: every finding. */
    when: Type.Array(conditions, { maxItems: 50 }),
    scope: Type.Object({ repositories: globs, projects: globs, tags: globs }, closed),
    triggers: Type.Array(Type.Enum(policyTriggers), { minItems: 1 }),
    actions: Type.Array(Type.Enum(policyActions), { minItems: 1 }),
    graceDays: days,
    unfinished: Type.Object(
      { fails: Type.Enum(["open", "closed"] as const), afterMinutes: Type.Integer({ minimum: 1, maximum: 10_080 }) },
      closed,
    ),
  },
  closed,
);
export type PolicyBody = Static<typeof policy>;

export const policyAnswer = Type.Object({
  policy,
  says: Type.Array(Type.String(), { description: "In words: a text for each group of conditions, after “what is”" }),
  yaml: Type.String({ description: "As people write it in a repository" }),
  from: Type.Enum(["built-in", "console", "repository"] as const),
  /** Of the console: how often it was changed; null: as it comes. */
  version: nullable(Type.Integer()),
  changedBy: nullable(Type.String()),
  changedAt: nullable(time),
});
export type PolicyRow = Static<typeof policyAnswer>;

const policyMistake = Type.Object({ path: Type.String(), line: nullable(Type.Integer()), message: Type.String() });

const policySource = Type.Object({
  repository: Type.Object({ id, name: Type.String(), project: Type.String() }),
  ref: Type.String(),
  folder: Type.String(),
  changedBy: Type.String(),
  changedAt: time,
  /** What was read last, and what is in force; null: nothing was read without mistakes yet, and the console's decide. */
  readCommit: nullable(Type.String()),
  readAt: nullable(time),
  commitInForce: nullable(Type.String()),
  problems: Type.Array(policyMistake),
});

export const policiesAnswer = Type.Object({
  /** A hash of all that are in force: verdicts name it. */
  version: Type.String(),
  /** Null: the console. Otherwise nothing can be changed here. */
  source: nullable(policySource),
  rows: Type.Array(policyAnswer),
});
export type Policies = Static<typeof policiesAnswer>;

/** A policy while it is written: either its fields, as far as they are filled in, or its text. */
export const policyCheckBody = Type.Union([
  Type.Object({ text: Type.String({ maxLength: 100_000 }) }, closed),
  Type.Object(
    {
      policy: Type.Object(
        {
          ...policy.properties,
          id: Type.String({ maxLength: 200 }),
          name: Type.String({ maxLength: 1000 }),
          triggers: Type.Array(Type.Enum(policyTriggers)),
          actions: Type.Array(Type.Enum(policyActions)),
        },
        closed,
      ),
    },
    closed,
  ),
]);
export type PolicyCheckBody = Static<typeof policyCheckBody>;

export const policyCheckAnswer = Type.Object({
  text: Type.String(),
  /** Null while something is wrong. */
  policy: nullable(policy),
  says: Type.Array(Type.String()),
  problems: Type.Array(
    Type.Object({
      line: Type.Integer(),
      field: Type.String({ description: "`when[0].severity`; empty: all of it" }),
      message: Type.String(),
    }),
  ),
});
export type PolicyCheck = Static<typeof policyCheckAnswer>;

export const policyParams = Type.Object({ id, policy: Type.String({ minLength: 1, maxLength: 100 }) });

export const switchBody = Type.Object({ enabled: Type.Boolean() }, closed);
export const cloneBody = Type.Object({ id: slug, name }, closed);

export const policySourceBody = Type.Object(
  {
    repositoryId: id,
    /** `main` or the full name of a ref; left out: the default branch. */
    ref: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    /** Without slashes at its ends; empty: the whole repository. */
    folder: Type.String({ maxLength: 500 }),
  },
  closed,
);
export type PolicySourceBody = Static<typeof policySourceBody>;

export const dryRunBody = Type.Object(
  {
    /** The draft, or a whole set; left out: those in force. */
    policies: Type.Optional(Type.Array(policy, { minItems: 1, maxItems: 200 })),
    /** True: besides those in force. A draft of the same id takes the place of the one in force. */
    withInForce: Type.Optional(Type.Boolean()),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 365 })),
  },
  closed,
);
export type DryRunBody = Static<typeof dryRunBody>;

const outcome = Type.Enum(["passed", "blocked", "unfinished"] as const);

export const dryRunAnswer = Type.Object({
  days: Type.Integer(),
  pullRequests: Type.Integer(),
  findings: Type.Integer(),
  wouldBlock: Type.Integer(),
  newlyBlocked: Type.Integer({ description: "Blocked by these policies, and not blocked when it happened" }),
  freed: Type.Integer({ description: "Not blocked by these policies, and blocked when it happened" }),
  authors: Type.Array(Type.Object({ author: Type.String(), blocked: Type.Integer() })),
  policies: Type.Array(Type.Object({ policy: Type.String(), blocked: Type.Integer() })),
  /** Those that would have been blocked, or were; newest first, at most 500. */
  rows: Type.Array(
    Type.Object({
      repository: Type.Object({ id, name: Type.String(), project: Type.String() }),
      number: Type.Integer(),
      title: Type.String(),
      author: Type.String(),
      state: Type.Enum(["active", "completed", "abandoned"] as const),
      updatedAt: time,
      was: nullable(outcome),
      wouldBe: outcome,
      wouldEnd: outcome,
      decidedBy: Type.Array(Type.String()),
      findings: Type.Array(
        Type.Object({
          fingerprint: Type.String(),
          rule: Type.String(),
          message: Type.String(),
          policy: Type.String(),
        }),
      ),
    }),
  ),
});
export type DryRunAnswer = Static<typeof dryRunAnswer>;

export const previewAnswer = Type.Object({
  /** Mistakes in the files: then there is no run. */
  problems: Type.Array(policyMistake),
  run: nullable(dryRunAnswer),
});
export type PolicyPreview = Static<typeof previewAnswer>;

export const tagsBody = Type.Object(
  { tags: Type.Array(Type.String({ pattern: "^[^\\s,]{1,50}$" }), { maxItems: 30 }) },
  closed,
);
export const tagsAnswer = Type.Object({ tags: Type.Array(Type.String()) });
export type RepositoryTags = Static<typeof tagsAnswer>;
