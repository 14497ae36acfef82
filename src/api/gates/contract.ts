/** Gates: on which branches a red scan blocks, why it would not, who may pass by, and asking for gates or for their end. */
import { type Static, Type } from "typebox";
import { gateStates } from "#model/gate.ts";
import { id } from "../shapes/id.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { time } from "../shapes/time.ts";

const gateState = Type.Enum(gateStates);

export const gatesQuery = Type.Object({
  ...pageQuery,
  search: Type.Optional(
    Type.String({ maxLength: 200, description: "Part of the name of project, repository or branch" }),
  ),
  instanceId: Type.Optional(id),
  repositoryId: Type.Optional(id),
  state: Type.Optional(gateState),
  wanted: Type.Optional(Type.Boolean({ description: "Only those that somebody asked for, or only the others" })),
});
export type GatesQuery = Partial<Static<typeof gatesQuery>>;

const gateRow = Type.Object({
  instanceId: id,
  repositoryId: id,
  repository: Type.String(),
  project: Type.String(),
  organization: Type.String(),
  branch: Type.String({ description: "Without refs/heads/; `release/*` is all branches of a folder" }),
  isDefault: Type.Boolean(),
  wanted: Type.Boolean({ description: "Somebody asked for a gate here" }),
  changedBy: nullable(Type.String()),
  changedAt: nullable(time),
  /** `effective`: a red scan blocks. */
  state: gateState,
  flaws: Type.Array(Type.Object({ code: Type.String(), said: Type.String() }), {
    description: "Why a red scan would not block, with what to do; empty if it does",
  }),
  /** Null: not known yet. */
  directPushes: nullable(Type.Boolean({ description: "Commits come in without any pull request" })),
  /** Null: not known; of branches without a policy it is not looked at. */
  bypassers: nullable(
    Type.Array(Type.Object({ name: Type.String(), isGroup: Type.Boolean(), permissions: Type.Array(Type.String()) })),
  ),
  bypassersAt: nullable(time),
  /** What Azure DevOps said of the gate on an open pull request. */
  evaluation: nullable(Type.Object({ pullRequest: Type.Integer(), status: Type.String(), at: time })),
  checkedAt: nullable(time),
});
export type GateRow = Static<typeof gateRow>;

export const gatesAnswer = pageOf(gateRow);
export type Gates = Static<typeof gatesAnswer>;

/** All repositories that are scanned, unless some are named. */
export const gatesBody = Type.Object(
  {
    wanted: Type.Boolean(),
    repositoryIds: Type.Optional(Type.Array(id, { minItems: 1, maxItems: 10_000 })),
    projectId: Type.Optional(id),
    branch: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 500,
        description: "`main`, or a folder: `release/*`. Absent: each default branch",
      }),
    ),
  },
  { additionalProperties: false },
);
export type GatesBody = Static<typeof gatesBody>;

export const gatesAsked = Type.Object({ branches: Type.Integer() });
export type GatesAsked = Static<typeof gatesAsked>;
