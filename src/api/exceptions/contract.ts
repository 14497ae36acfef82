/** The register of exceptions: what people decided not to fix, and what the code silences, in one list. */
import { type Static, Type } from "typebox";
import { exceptionSources, exceptionStateNames, justifications } from "#model/exception.ts";
import { dismissReasons } from "#model/issue.ts";
import { id } from "../shapes/id.ts";
import { severityName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { skip } from "../shapes/skip.ts";
import { time } from "../shapes/time.ts";

const filters = {
  state: Type.Optional(Type.Array(Type.Enum(exceptionStateNames))),
  source: Type.Optional(
    Type.Array(Type.Enum([...exceptionSources, "code"] as const), {
      description: "`code`: markers in the code of default branches; who wrote them is not known",
    }),
  ),
  due: Type.Optional(Type.Boolean({ description: "Only what ends within 14 days, the soonest first" })),
  author: Type.Optional(Type.String({ maxLength: 300 })),
  instanceId: Type.Optional(id),
  repositoryId: Type.Optional(id),
  search: Type.Optional(Type.String({ maxLength: 200, description: "Part of comment, author, rule, message or path" })),
};

export const exceptionsQuery = Type.Object({ ...pageQuery, ...filters });
export type ExceptionsQuery = Partial<Static<typeof exceptionsQuery>>;
export const exceptionsCsvQuery = Type.Object(filters);

const anchor = Type.Union([
  Type.Object({ is: Type.Literal("finding"), fingerprint: Type.String() }),
  Type.Object({
    is: Type.Literal("advisory"),
    ecosystem: Type.String(),
    package: Type.String(),
    advisory: Type.String(),
  }),
  Type.Object({ is: Type.Literal("rule"), rule: Type.String(), paths: Type.Array(Type.String()) }),
]);

export const exceptionAnswer = Type.Object({
  id: nullable(id),
  state: Type.Enum(exceptionStateNames),
  source: Type.Enum([...exceptionSources, "code"] as const),
  instance: Type.Object({ id, name: Type.String() }),
  repository: nullable(
    Type.Object({ id, name: Type.String(), project: Type.String() }, { description: "Null: in all of the instance" }),
  ),
  anchor: nullable(anchor),
  rule: Type.String(),
  severity: severityName,
  message: Type.String(),
  path: nullable(Type.String()),
  line: nullable(Type.Integer()),
  reason: nullable(Type.Enum(dismissReasons)),
  comment: Type.String(),
  justification: nullable(Type.Enum(justifications)),
  author: nullable(Type.String()),
  at: time,
  until: nullable(time),
  approver: nullable(Type.String()),
  /** Of a pull request: where it was said. */
  saidAt: nullable(Type.String()),
  ended: nullable(Type.Object({ at: time, by: nullable(Type.String()) })),
  covers: Type.Object({ issues: Type.Integer(), pullRequests: Type.Integer() }),
  /** Of the code: where it is written, and why. */
  skip: nullable(skip),
});
export type ExceptionRow = Static<typeof exceptionAnswer>;

export const exceptionsAnswer = pageOf(exceptionAnswer);
export type Exceptions = Static<typeof exceptionsAnswer>;

export const exceptionsBody = Type.Object(
  {
    issues: Type.Array(id, { minItems: 1, maxItems: 500 }),
    reach: Type.Optional(
      Type.Enum(["finding", "advisory", "rule"] as const, {
        description:
          "`finding` (if absent): this problem; `advisory`: this advisory against this package in all manifests; `rule`: all that the rule says of this file or resource",
      }),
    ),
    everywhere: Type.Optional(
      Type.Boolean({
        description:
          "In all repositories of the instance: secrets, and advisories against packages; what is `rotated` always is",
      }),
    ),
    reason: Type.Enum(dismissReasons, { description: "`rotated`: of secrets only" }),
    comment: Type.Optional(Type.String({ maxLength: 4000 })),
    justification: Type.Optional(
      Type.Enum(justifications, { description: "Of vulnerabilities: why the product is not affected, for VEX" }),
    ),
    until: Type.Optional(time),
  },
  { additionalProperties: false },
);
export type ExceptionsBody = Static<typeof exceptionsBody>;

export const madeAnswer = Type.Object({
  /** For each issue, in the order given. */
  outcomes: Type.Array(
    Type.Object({
      issue: id,
      is: Type.Enum(["made", "pending", "there", "refused"] as const, {
        description:
          "`pending`: a second person has to agree, whoever asked first; `there`: an exception for the same thing holds",
      }),
      exception: nullable(id),
      why: nullable(Type.String()),
    }),
  ),
});
export type MadeExceptions = Static<typeof madeAnswer>;

export const extendBody = Type.Object(
  { until: nullable(Type.String({ format: "date-time", description: "Null: without an end, where that is allowed" })) },
  { additionalProperties: false },
);

export const exceptionSettingsBody = Type.Object(
  {
    expiryRequired: Type.Boolean(),
    longestDays: Type.Integer({ minimum: 1, maximum: 3650 }),
    approvalFrom: nullable(severityName),
    reviewers: Type.Array(Type.String({ minLength: 1, maxLength: 300 }), {
      maxItems: 200,
      description: "Unique names of people, or names of groups, who may decide by replies in pull requests",
    }),
    authorsMay: Type.Boolean({ description: "Whether who made a pull request may decide there" }),
  },
  { additionalProperties: false },
);
export type ExceptionSettingsBody = Static<typeof exceptionSettingsBody>;
