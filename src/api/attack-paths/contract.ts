/** Attack paths: who gets from where to what, edge by edge with proof, and the settings that end it. */
import { type Static, Type } from "typebox";
import { pathCertainties, pathEdgeKinds, pathNodeKinds } from "#model/posture/attack-path.ts";
import { evidence } from "../shapes/evidence.ts";
import { id } from "../shapes/id.ts";
import { severityName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { time } from "../shapes/time.ts";

const certainty = Type.Enum(pathCertainties);

const filter = {
  search: Type.Optional(Type.String({ maxLength: 200, description: "Part of the name of something on the path" })),
  instanceId: Type.Optional(id),
  organizationId: Type.Optional(id),
  projectId: Type.Optional(id),
  severity: Type.Optional(Type.Array(severityName)),
  certainty: Type.Optional(Type.Array(certainty)),
  state: Type.Optional(Type.Enum(["open", "gone"] as const, { description: "Default: open" })),
};

export const attackPathsQuery = Type.Object({ ...pageQuery, ...filter });
export type AttackPathsQuery = Partial<Static<typeof attackPathsQuery>>;
export const attackPathsExportQuery = Type.Object(filter);

const node = Type.Object({
  kind: Type.Enum(pathNodeKinds),
  id: Type.String(),
  name: Type.String(),
  projectId: nullable(Type.String()),
  url: nullable(Type.String()),
});
export type PathNodeRow = Static<typeof node>;

const pathRow = Type.Object({
  id: Type.String(),
  organizationId: id,
  organization: Type.String(),
  instanceId: id,
  rule: Type.String(),
  title: Type.String(),
  severity: severityName,
  /** The least sure of its edges: a run did it, settings allow it, or not all is known. */
  certainty,
  entry: node,
  target: node,
  steps: Type.Integer({ description: "Edges between the two" }),
  alternatives: Type.Integer({ description: "Other ways between the same two" }),
  cut: Type.Object({
    changes: Type.Integer({ description: "How many settings end it" }),
    isComplete: Type.Boolean({ description: "They end all ways" }),
    first: nullable(Type.String({ description: "The one that ends most, as an instruction" })),
  }),
  firstSeen: time,
  seenAt: time,
  goneAt: nullable(time),
});
export type AttackPathRow = Static<typeof pathRow>;

/** The worst first. */
export const attackPathsAnswer = pageOf(pathRow);
export type AttackPaths = Static<typeof attackPathsAnswer>;

const edge = Type.Object({
  is: Type.Enum(pathEdgeKinds),
  from: node,
  to: node,
  says: Type.String({ description: "Who can do what, and why nothing stops them" }),
  guards: Type.Array(Type.String({ description: "Stands here and does not hold, with why" })),
  certainty,
  evidence: Type.Array(evidence),
});

const change = Type.Object({
  edge: Type.Integer({ description: "Index into the edges" }),
  what: Type.String({ description: "The setting and its new value, as an instruction" }),
  url: nullable(Type.String()),
  closes: Type.Integer({ description: "How many of all paths of the organization it ends" }),
  of: Type.Integer(),
  /** What it would have stopped in the runs that are known. */
  sideEffects: Type.Object({ runs: Type.Integer(), days: Type.Integer(), pipelines: Type.Array(Type.String()) }),
});

export const attackPathParams = Type.Object({ id, path: Type.String({ minLength: 1, maxLength: 1000 }) });

export const attackPathAnswer = Type.Object({
  ...pathRow.properties,
  why: nullable(Type.String({ description: "What an attacker gains" })),
  fix: nullable(Type.String()),
  edges: Type.Array(edge),
  changes: Type.Array(change),
  /** The issue about it, where the rule has made one. */
  issue: nullable(Type.Object({ id, state: Type.Enum(["open", "fixed", "dismissed", "silenced"] as const) })),
});
export type AttackPathDetail = Static<typeof attackPathAnswer>;
