/** How an instance weighs urgency, in how many days it wants problems solved, whose they are, and saved views of the list. */
import { type Static, Type } from "typebox";
import { id } from "../shapes/id.ts";
import { nullable } from "../shapes/nullable.ts";
import { time } from "../shapes/time.ts";

export const urgencySettingsAnswer = Type.Object({
  text: Type.String({ description: "YAML; what is not given is as usual. docs/urgency.md tells the words" }),
  changedBy: nullable(Type.String()),
  changedAt: nullable(time),
});
export type UrgencySettings = Static<typeof urgencySettingsAnswer>;

export const urgencySettingsBody = Type.Object(
  { text: Type.String({ maxLength: 100_000 }) },
  { additionalProperties: false },
);

const movedIssue = Type.Object({
  id,
  title: Type.String(),
  message: Type.String(),
  repository: Type.String(),
  urgency: Type.Object({ before: Type.Integer(), after: Type.Integer() }),
  /** From 1; null: not among the first fifty. */
  place: Type.Object({ before: nullable(Type.Integer()), after: nullable(Type.Integer()) }),
});

/** What other weights would do; nothing is written. */
export const previewAnswer = Type.Object({
  top: Type.Array(movedIssue),
  leaving: Type.Array(movedIssue),
  considered: Type.Integer({ description: "Open issues that were looked at, the most urgent ones now" }),
  areAll: Type.Boolean(),
});
export type UrgencyPreview = Static<typeof previewAnswer>;

const days = Type.Integer({ minimum: 1, maximum: 3650 });

export const slaBody = Type.Object(
  {
    critical: days,
    high: days,
    medium: days,
    low: days,
    grace: Type.Integer({ minimum: 0, maximum: 3650, description: "More days for backlog" }),
  },
  { additionalProperties: false },
);
export type SlaBody = Static<typeof slaBody>;

export const slaAnswer = Type.Object({
  ...slaBody.properties,
  changedBy: nullable(Type.String()),
  changedAt: nullable(time),
});
export type SlaDays = Static<typeof slaAnswer>;

/** The file of the scanned branch that says who owns what; `path` is null if there is none. */
export const ownersAnswer = Type.Object({
  path: nullable(Type.String()),
  problems: Type.Array(Type.Object({ line: Type.Integer(), message: Type.String() })),
  readAt: nullable(time),
});

const viewProperties = {
  name: Type.String({ minLength: 1, maxLength: 100 }),
  query: Type.Record(Type.String({ maxLength: 50 }), Type.Array(Type.String({ maxLength: 1000 }), { maxItems: 100 }), {
    description: "Parameters of GET /api/issues",
  }),
  shared: Type.Boolean({ description: "With everybody who may see the instance" }),
  instanceId: nullable(id),
};

export const savedViewBody = Type.Object(viewProperties, { additionalProperties: false });
export type SavedViewBody = Static<typeof savedViewBody>;

const savedView = Type.Object({ id, ...viewProperties, by: Type.String(), isMine: Type.Boolean() });
export type SavedView = Static<typeof savedView>;

export const savedViewsAnswer = Type.Object({ rows: Type.Array(savedView) });
export type SavedViews = Static<typeof savedViewsAnswer>;
