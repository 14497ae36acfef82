/** Pipelines of organizations: who starts them with what, what they are made of and may use, and what rules say of them. */
import { type Static, Type } from "typebox";
import { pathCertainties } from "#model/posture/attack-path.ts";
import { billKinds } from "#model/posture/pipeline-bill.ts";
import { resourceKinds } from "#model/posture/resource-facts.ts";
import { resultRow } from "../posture/contract.ts";
import { evidence } from "../shapes/evidence.ts";
import { id } from "../shapes/id.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { time } from "../shapes/time.ts";

export const exposureNames = ["pull-requests", "forks", "open-branches", "webhooks", "injections"] as const;
export const pipelineSorts = ["risk", "name", "last-run"] as const;

const certainty = Type.Enum(pathCertainties);

const filter = {
  search: Type.Optional(
    Type.String({ maxLength: 200, description: "Part of a pipeline's, project's or repository's name" }),
  ),
  instanceId: Type.Optional(id),
  organizationId: Type.Optional(id),
  projectId: Type.Optional(id),
  /** Only those that somebody starts this way with code nobody reviewed. */
  exposure: Type.Optional(Type.Array(Type.Enum(exposureNames))),
  kind: Type.Optional(Type.Enum(["yaml", "classic"] as const)),
};

export const pipelinesQuery = Type.Object({
  ...pageQuery,
  ...filter,
  sort: Type.Optional(Type.Enum(pipelineSorts, { description: "Default: risk, the worst first" })),
});
export type PipelinesQuery = Partial<Static<typeof pipelinesQuery>>;
export const pipelinesExportQuery = Type.Object(filter);

const answer = Type.Object({
  is: Type.Enum(["yes", "no", "unknown"] as const),
  /** Of a yes: by what. */
  says: nullable(Type.String()),
  evidence: nullable(evidence),
});

const exposure = Type.Object({
  pullRequests: answer,
  forks: answer,
  openBranches: answer,
  webhooks: answer,
  injections: Type.Array(evidence, { description: "Texts that somebody chooses from outside reach a shell" }),
});

const run = Type.Object({
  id: Type.Integer(),
  number: Type.String(),
  url: Type.String(),
  reason: Type.String(),
  result: Type.String(),
  branch: Type.String(),
  at: time,
  requestedFor: nullable(Type.String()),
});

const pipelineRow = Type.Object({
  organizationId: id,
  organization: Type.String(),
  instanceId: id,
  project: Type.Object({ id, name: Type.String() }),
  definitionId: Type.Integer(),
  name: Type.String(),
  folder: Type.String({ description: "`\\` for the top" }),
  url: Type.String(),
  kind: Type.Enum(["yaml", "classic"] as const),
  isEnabled: Type.Boolean(),
  revision: Type.Integer(),
  repository: Type.Object({ kind: Type.String(), id: Type.String(), name: Type.String() }),
  /** Null: classic, or its file could not be read. */
  source: nullable(Type.Object({ ref: Type.String(), commit: Type.String(), path: Type.String() })),
  starts: Type.Array(Type.String(), { description: "What starts it, in words" }),
  identity: Type.Object({ name: Type.String(), reach: Type.Enum(["project", "organization", "unknown"] as const) }),
  exposure,
  risks: Type.Object({
    critical: Type.Integer(),
    high: Type.Integer(),
    medium: Type.Integer(),
    low: Type.Integer(),
    notEvaluated: Type.Integer(),
  }),
  attackPaths: Type.Integer({ description: "That lead through it now" }),
  lastRun: nullable(run),
  judgedAt: time,
});
export type PipelineRow = Static<typeof pipelineRow>;

export const pipelinesAnswer = pageOf(pipelineRow);
export type Pipelines = Static<typeof pipelinesAnswer>;

const billItem = Type.Object({
  kind: Type.Enum(billKinds),
  name: Type.String(),
  version: nullable(Type.String({ description: "Version, tag, digest, ref or commit" })),
  isMutable: nullable(Type.Boolean({ description: "Another thing can be put behind the same name and version" })),
  from: nullable(Type.String({ description: "Publisher, account or vault behind it" })),
  id: nullable(Type.String()),
  /** `run`: a run used it; `authorised`: settings allow it; `possible`: not all is known. */
  certainty,
  jobs: Type.Array(Type.String({ description: "`stage/job`" })),
  evidence: Type.Array(evidence),
});
export type BillItemRow = Static<typeof billItem>;

const bill = Type.Object({
  name: Type.String(),
  revision: Type.Integer(),
  url: Type.String(),
  source: nullable(Type.Object({ repository: Type.String(), commit: Type.String(), path: Type.String() })),
  starts: Type.Array(Type.String()),
  identity: pipelineRow.properties.identity,
  items: Type.Array(billItem),
  gaps: Type.Array(Type.String({ description: "What could not be put together, or is not known" })),
});

const billDiff = Type.Object({
  added: Type.Array(billItem),
  removed: Type.Array(billItem),
  changed: Type.Array(Type.Object({ before: billItem, after: billItem, fields: Type.Array(Type.String()) })),
});

/** One of the last twenty that differ from each other. */
const billEntry = Type.Object({
  id,
  revision: Type.Integer(),
  commit: nullable(Type.String()),
  at: time,
  seenAt: time,
  items: Type.Integer(),
  /** Against the one before; null: it is the oldest. */
  changes: nullable(Type.Object({ added: Type.Integer(), removed: Type.Integer(), changed: Type.Integer() })),
});

export const pipelineParams = Type.Object({
  id,
  projectId: id,
  definitionId: Type.Integer({ minimum: 0 }),
});

export const pipelineAnswer = Type.Object({
  ...pipelineRow.properties,
  uses: Type.Array(
    Type.Object({
      kind: Type.Enum(resourceKinds),
      name: Type.String(),
      certainty,
      isDeployment: Type.Boolean({ description: "A deployment is done there" }),
    }),
  ),
  gaps: Type.Array(Type.String()),
  /** Null: none was made yet. */
  bill: nullable(bill),
  /** Newest first. */
  bills: Type.Array(billEntry),
  /** Of the pipeline and of its runs, the worst first. */
  results: Type.Array(resultRow),
  /** Newest first, as far as they are known. */
  runs: Type.Array(run),
  paths: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), severity: Type.String() })),
});
export type PipelineDetail = Static<typeof pipelineAnswer>;

export const billParams = Type.Object({ ...pipelineParams.properties, billId: id });

export const billAnswer = Type.Object({
  ...billEntry.properties,
  bill,
  /** Against the one before it; null: it is the oldest. */
  diff: nullable(Type.Object({ against: id, ...billDiff.properties })),
});
export type BillDetail = Static<typeof billAnswer>;
