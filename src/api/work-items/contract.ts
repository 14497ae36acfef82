/** Work items: what Boards is asked to keep about issues, and how an instance or a project wants them. */
import { type Static, Type } from "typebox";
import { severities } from "#model/severity.ts";
import { workItemGroupings, workItemStates } from "#model/work-item.ts";
import { id } from "../shapes/id.ts";
import { severityName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { repositoryReference } from "../shapes/repository-reference.ts";
import { time } from "../shapes/time.ts";

const stateName = Type.Enum(workItemStates);
const grouping = Type.Enum(workItemGroupings);

/** Repeat `state` for several values. */
export const workItemsQuery = Type.Object({
  ...pageQuery,
  state: Type.Optional(Type.Array(stateName)),
  instanceId: Type.Optional(id),
  repositoryId: Type.Optional(id),
  issueId: Type.Optional(id),
});

export type WorkItemsQuery = Partial<Static<typeof workItemsQuery>>;

const workItemRow = Type.Object({
  id,
  instanceId: id,
  repository: repositoryReference,
  title: Type.String(),
  state: stateName,
  reason: nullable(Type.String({ description: "Why it waits, or what somebody has to decide" })),
  /** In Boards. */
  number: nullable(Type.Integer()),
  webUrl: nullable(Type.String()),
  type: nullable(Type.String()),
  remoteState: nullable(Type.String({ description: "As Boards names it" })),
  issues: Type.Integer(),
  openIssues: Type.Integer(),
  askedBy: Type.Object({ is: Type.Enum(["person", "policy"] as const), name: Type.String() }),
  askedAt: time,
  changedAt: time,
});
export type WorkItemRow = Static<typeof workItemRow>;

export const workItemsAnswer = pageOf(workItemRow);
export type WorkItems = Static<typeof workItemsAnswer>;

export const workItemAnswer = Type.Object({
  ...workItemRow.properties,
  /** The worst first, 500 of them. */
  listed: Type.Array(
    Type.Object({
      id,
      severity: severityName,
      message: Type.String(),
      path: Type.String(),
      line: nullable(Type.Integer()),
      isOpen: Type.Boolean(),
    }),
  ),
});
export type WorkItemDetail = Static<typeof workItemAnswer>;

export const askBody = Type.Object(
  {
    issues: Type.Array(id, { minItems: 1, maxItems: 1000 }),
    grouping: Type.Optional(grouping),
  },
  { additionalProperties: false },
);

export const askedAnswer = Type.Object({
  /** One for each group. */
  answers: Type.Array(
    Type.Object({
      is: Type.Enum(["asked", "joined", "refused"] as const),
      workItem: nullable(id),
      title: nullable(Type.String()),
      number: nullable(Type.Integer()),
      because: nullable(Type.String()),
    }),
  ),
});
export type AskedWorkItems = Static<typeof askedAnswer>;

/** Without a project it is about the whole instance. */
export const settingsQuery = Type.Object({ projectId: Type.Optional(id) });

const name = Type.String({ minLength: 1, maxLength: 255 });
const fieldValues = Type.Record(
  Type.String({ pattern: "^[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)+$", maxLength: 128 }),
  Type.Union([Type.String({ maxLength: 1000 }), Type.Number(), Type.Boolean()]),
  { description: "By reference name", maxProperties: 50, additionalProperties: false },
);

const settings = {
  automatic: Type.Boolean({ description: "Whether policies may ask" }),
  grouping,
  most: Type.Integer({
    minimum: 1,
    maximum: 200,
    description: "Open ones of a policy in a repository; with more, one takes them all",
  }),
  type: Type.Optional(name),
  area: Type.Optional(Type.String({ minLength: 1, maxLength: 4000, description: "`Payments\\Team A`" })),
  iteration: Type.Optional(Type.String({ minLength: 1, maxLength: 4000 })),
  assignedTo: Type.Optional(name),
  fields: fieldValues,
  severities: Type.Partial(
    Type.Object(
      Object.fromEntries(severities.map((one) => [one, fieldValues])) as Record<Severity, typeof fieldValues>,
    ),
    { additionalProperties: false },
  ),
  closedState: Type.Optional(name),
  reopenedState: Type.Optional(name),
};
type Severity = (typeof severities)[number];

export const settingsBody = Type.Object(settings, { additionalProperties: false });
export type WorkItemSettingsBody = Static<typeof settingsBody>;

export const settingsAnswer = Type.Object({
  ...settings,
  isOfProject: Type.Boolean({ description: "False: the project goes with its instance" }),
  changedBy: nullable(Type.String()),
  changedAt: nullable(time),
});
export type WorkItemSettingsAnswer = Static<typeof settingsAnswer>;

export const checkQuery = Type.Object({ projectId: id });
export const checkAnswer = Type.Object({
  /** Empty: work items can be made. */
  problems: Type.Array(Type.String()),
});
export type SettingsCheck = Static<typeof checkAnswer>;

export const processQuery = Type.Object({ projectId: id, type: Type.Optional(name) });
export const processAnswer = Type.Object({
  types: Type.Array(Type.String()),
  defaultType: nullable(Type.String({ description: "Taken if the settings name none" })),
  states: Type.Array(Type.Object({ name: Type.String(), category: nullable(Type.String()) })),
  fields: Type.Array(
    Type.Object({
      referenceName: Type.String(),
      name: Type.String(),
      isRequired: Type.Boolean(),
      hasDefault: Type.Boolean(),
      allowedValues: Type.Array(Type.String()),
    }),
  ),
  areas: Type.Array(Type.String()),
  iterations: Type.Array(Type.String()),
});
export type OfferedProcessAnswer = Static<typeof processAnswer>;
