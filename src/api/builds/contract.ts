/** Builds that Azure DevOps reported as completed. */
import { type Static, Type } from "typebox";
import { id } from "../shapes/id.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { time } from "../shapes/time.ts";

export const buildsQuery = Type.Object({ ...pageQuery });
export type BuildsQuery = Partial<Static<typeof buildsQuery>>;

const buildRow = Type.Object({
  buildId: Type.Integer({ description: "Azure DevOps' own number" }),
  number: Type.String({ description: "The build's name: `20260131.2`" }),
  organization: Type.String(),
  project: Type.String(),
  definition: Type.String(),
  result: Type.String({ description: "Azure DevOps' own word: `succeeded`, `failed` ..." }),
  branch: nullable(Type.String({ description: "Without refs/heads/" })),
  commit: nullable(Type.String()),
  repository: nullable(Type.Object({ id, name: Type.String() })),
  requestedBy: nullable(Type.String({ description: "Who asked for the build, or whose push did" })),
  /** The scan of the built commit, where the build made one necessary. */
  scanId: nullable(id),
  finishedAt: nullable(time),
  webUrl: nullable(Type.String()),
});
export type BuildRow = Static<typeof buildRow>;

export const buildsAnswer = pageOf(buildRow);
export type Builds = Static<typeof buildsAnswer>;
