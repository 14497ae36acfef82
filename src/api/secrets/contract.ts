/** Secrets: one row for each secret of an instance, however many repositories, branches and commits hold it. */
import { type Static, Type } from "typebox";
import { issueStateNames } from "../issues/contract.ts";
import { ruleWords } from "../rules/contract.ts";
import { id } from "../shapes/id.ts";
import { liveCheck } from "../shapes/live-check.ts";
import { severityName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { place } from "../shapes/place.ts";
import { repositoryReference } from "../shapes/repository-reference.ts";
import { time } from "../shapes/time.ts";

const secretSorts = [
  "severity",
  "-severity",
  "first-seen",
  "-first-seen",
  "introduced",
  "-introduced",
  "places",
  "-places",
  "rule",
  "-rule",
] as const;

/** Repeat a parameter for several values: `severity=critical&severity=high`. `severity` sorts the worst first. */
export const secretsQuery = Type.Object({
  ...pageQuery,
  search: Type.Optional(
    Type.String({
      maxLength: 200,
      description: "Part of message, rule or mask, or of the path, the repository or the author of any place",
    }),
  ),
  severity: Type.Optional(Type.Array(severityName)),
  rule: Type.Optional(Type.String({ maxLength: 300 })),
  provider: Type.Optional(Type.String({ maxLength: 200, description: "As rows name it" })),
  repositoryId: Type.Optional(id),
  instanceId: Type.Optional(id),
  state: Type.Optional(Type.Array(Type.Enum(issueStateNames))),
  place: Type.Optional(
    Type.Enum(["head", "branch", "history"] as const, {
      description: "`head`: some default branch holds it now; `branch`: only others do; `history`: no branch does",
    }),
  ),
  live: Type.Optional(Type.Enum(["live", "not-live", "unknown", "unchecked"] as const)),
  /** Default: severity. */
  sort: Type.Optional(Type.Enum(secretSorts)),
});
export type SecretsQuery = Partial<Static<typeof secretsQuery>>;

/** The oldest commit that is known to have brought it. */
const introduced = Type.Object({
  commit: Type.String(),
  author: Type.String(),
  at: nullable(time),
});

const secretRow = Type.Object({
  fingerprint: Type.String(),
  instanceId: id,
  rule: Type.String(),
  title: Type.String({ description: "The rule's title" }),
  provider: nullable(Type.String({ description: "Null if this version no longer has the rule" })),
  masked: nullable(Type.String()),
  severity: severityName,
  state: Type.Enum(issueStateNames, {
    description: "`open` if it is in some repository, else `dismissed`, else `silenced`, else `fixed`",
  }),
  inHead: Type.Boolean({ description: "Some default branch holds it now" }),
  branches: Type.Array(Type.String(), {
    description: "Where no default branch holds it: those that do, as far as they were looked at",
  }),
  /** Null: nobody asked. */
  live: nullable(liveCheck),
  /** Null: its history was not read yet. */
  introduced: nullable(introduced),
  firstSeen: time,
  /** Of its worst open issue. */
  at: place,
  repository: repositoryReference,
  places: Type.Integer({
    description: "In all repositories: lines that hold it, and of files that hold it no more the last ones that did",
  }),
  files: Type.Integer({ description: "Those that the places are in" }),
  repositories: Type.Integer(),
  issueIds: Type.Array(id),
});
export type SecretRow = Static<typeof secretRow>;

export const secretsAnswer = Type.Object({
  ...pageOf(secretRow).properties,
  issues: Type.Integer({
    description: "Of all these secrets, in the states asked for: a secret has one in each repository that holds it",
  }),
  /** Every provider that some secret is of, to choose from. */
  providers: Type.Array(Type.String()),
});
export type Secrets = Static<typeof secretsAnswer>;

export const secretParams = Type.Object({
  instanceId: id,
  fingerprint: Type.String({ minLength: 1, maxLength: 200 }),
});

const secretPlace = Type.Object({
  repository: repositoryReference,
  /** Without refs/heads/: those that hold it there, as far as they were looked at. */
  branches: Type.Array(Type.String()),
  path: Type.String(),
  line: Type.Integer(),
  /** The oldest commit that brought it there; null while the history was not read. */
  commit: nullable(Type.String()),
  author: nullable(Type.String()),
  at: nullable(time),
  inHead: Type.Boolean({ description: "The default branch holds it there now" }),
  webUrl: nullable(
    Type.String({ description: "In Azure DevOps: the line, or the commit where no branch holds the file so any more" }),
  ),
});
export type SecretPlace = Static<typeof secretPlace>;

const nextPlace = nullable(Type.String({ description: "For `after`; null on the last page" }));

export const placesQuery = Type.Object({
  after: Type.Optional(
    Type.String({
      pattern: "^(today|former)/-?[0-9]{1,18}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9]{1,9}/[^/]+/",
      description: "`next` of the page before: goes on after it, also if what stood there is gone",
    }),
  ),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
});

/** Those of today first, then the oldest first. */
export const placesAnswer = Type.Object({ ...pageOf(secretPlace).properties, next: nextPlace });
export type SecretPlaces = Static<typeof placesAnswer>;

export const secretAnswer = Type.Object({
  ...secretRow.properties,
  signals: Type.Array(Type.String({ description: "What decided, in words" })),
  /** Title, why it matters, how to revoke it, links; null if this version no longer has the rule. */
  words: nullable(ruleWords),
  /** The first 100 places; the rest stands at `/places`. */
  placesFound: Type.Array(secretPlace),
  nextPlace,
  /** One for each repository (and default branch) that has or had it. */
  issues: Type.Array(
    Type.Object({
      id,
      repository: repositoryReference,
      branch: Type.String(),
      state: Type.Enum(issueStateNames),
      onlyInHistory: Type.Boolean(),
    }),
  ),
});
export type SecretDetail = Static<typeof secretAnswer>;
