/** Dashboards: what became of what was found, how fast, and where nobody looks. */
import { type Static, Type } from "typebox";
import { id } from "../shapes/id.ts";
import { scannerName, severityName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { time } from "../shapes/time.ts";

const date = Type.String({ format: "date", description: "YYYY-MM-DD, UTC" });

const criteria = {
  instanceId: Type.Optional(id),
  projectId: Type.Optional(id),
  tag: Type.Optional(Type.String({ maxLength: 100, description: "Of repositories" })),
  from: Type.Optional(Type.String({ format: "date", description: "90 days before `to` if left out" })),
  to: Type.Optional(Type.String({ format: "date", description: "The last day that counts; today if left out" })),
};

export const dashboardsQuery = Type.Object(criteria, { additionalProperties: false });
export type DashboardsQuery = Static<typeof dashboardsQuery>;

export const dashboardParts = [
  "funnel",
  "time-to-fix",
  "sla",
  "coverage",
  "trend",
  "rules",
  "repositories",
  "owners",
] as const;
export type DashboardPart = (typeof dashboardParts)[number];

export const dashboardsCsvQuery = Type.Object(
  { ...criteria, part: Type.Enum(dashboardParts) },
  { additionalProperties: false },
);

/** Undefined times: nothing was fixed. */
const timeToFix = {
  fixed: Type.Integer(),
  meanHours: nullable(Type.Number()),
  medianHours: nullable(Type.Number({ description: "Out of a histogram: right within its steps" })),
};

const top = Type.Object({
  name: Type.String(),
  title: Type.String({ description: "As people read it" }),
  id: nullable(Type.String({ description: "Of a repository" })),
  open: Type.Integer(),
  urgent: Type.Integer(),
  overdue: Type.Integer(),
});

export const dashboardsAnswer = Type.Object({
  /** Open, silenced and dismissed issues are counted as of then; null: never yet. */
  asOf: nullable(time),
  from: date,
  to: date,
  funnel: Type.Object({
    raw: Type.Integer({ description: "What is there now, and what was fixed in the range" }),
    afterSilenced: Type.Integer({ description: "Without what the code silences" }),
    afterExceptions: Type.Integer({ description: "Without what people decided not to fix" }),
    urgent: Type.Integer({ description: "Open with an urgency of at least `urgentFrom`" }),
    urgentFrom: Type.Integer(),
    fixed: Type.Integer({ description: "In the range" }),
  }),
  timeToFix: Type.Object({
    all: Type.Object(timeToFix),
    bySeverity: Type.Array(Type.Object({ severity: severityName, ...timeToFix })),
    byScanner: Type.Array(Type.Object({ scanner: scannerName, ...timeToFix })),
  }),
  sla: Type.Object({
    onTrack: Type.Integer(),
    approaching: Type.Integer(),
    overdue: Type.Integer(),
    keptRate: nullable(Type.Number({ description: "0 to 1: of those fixed in the range, how many in time" })),
    bySeverity: Type.Array(
      Type.Object({
        severity: severityName,
        onTrack: Type.Integer(),
        approaching: Type.Integer(),
        overdue: Type.Integer(),
        keptRate: nullable(Type.Number()),
      }),
    ),
  }),
  coverage: Type.Object({
    repositories: Type.Integer({ description: "That there are" }),
    watched: Type.Integer(),
    lookedAt: Type.Integer({ description: "Watched, and looked at in the last 7 days" }),
    gated: Type.Integer({ description: "Watched, and a red scan blocks on their default branch" }),
    pullRequests: Type.Integer({ description: "Changed in the range" }),
    judged: Type.Integer({ description: "Of these, with a verdict" }),
  }),
  /** Weeks that end in the range, oldest first; the last may not be over. */
  trend: Type.Array(
    Type.Object({
      week: Type.String({ description: "Its Monday, YYYY-MM-DD" }),
      open: Type.Integer({ description: "When it ended" }),
      opened: Type.Integer(),
      fixed: Type.Integer(),
    }),
  ),
  /** The ten with the most open issues. */
  top: Type.Object({ rules: Type.Array(top), repositories: Type.Array(top), owners: Type.Array(top) }),
});
export type Dashboards = Static<typeof dashboardsAnswer>;
