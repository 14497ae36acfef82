/** Scans: what was looked at, because of what, and how it went. Progress arrives through /api/live. */
import { type Static, Type } from "typebox";
import { id } from "../shapes/id.ts";
import { scanOutcomeName, severityName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { place } from "../shapes/place.ts";
import { repositoryReference } from "../shapes/repository-reference.ts";
import { time } from "../shapes/time.ts";

export const scansQuery = Type.Object({
  ...pageQuery,
  repositoryId: Type.Optional(id),
  instanceId: Type.Optional(id),
  outcome: Type.Optional(Type.Enum(["running", "complete", "partial", "failed", "superseded"] as const)),
});
export type ScansQuery = Partial<Static<typeof scansQuery>>;

const scanRow = Type.Object({
  id,
  instanceId: id,
  repository: repositoryReference,
  target: Type.Union([
    Type.Object({ is: Type.Literal("branch"), ref: Type.String() }),
    Type.Object({ is: Type.Literal("pull-request"), number: Type.Integer(), iteration: Type.Integer() }),
    Type.Object({ is: Type.Literal("commit"), build: Type.Integer({ description: "The build that built it" }) }),
    Type.Object(
      { is: Type.Literal("history") },
      { description: "All that the branches ever held; listed only while it could not be read to its end" },
    ),
  ]),
  commit: Type.String(),
  because: Type.Object({
    is: Type.Enum(["hook", "schedule", "connected", "person"] as const),
    name: Type.Optional(Type.String({ description: "Of the person who asked" })),
  }),
  startedAt: time,
  finishedAt: nullable(time),
  /** Null while it runs. */
  outcome: nullable(scanOutcomeName),
  stats: nullable(
    Type.Object({
      files: Type.Integer(),
      notScanned: Type.Optional(
        Type.Object(
          { binary: Type.Integer(), tooLarge: Type.Integer() },
          {
            description:
              "Files beside those: of kinds that no scanner reads, by their names or their bytes, and too large ones. Absent: not counted",
          },
        ),
      ),
      bytes: Type.Integer(),
      milliseconds: Type.Number(),
      cache: Type.Object({ hits: Type.Integer(), misses: Type.Integer() }),
    }),
  ),
  problemCount: Type.Integer(),
  /** Why it failed. */
  message: nullable(Type.String()),
});
export type ScanRow = Static<typeof scanRow>;

export const scansAnswer = pageOf(scanRow);
export type Scans = Static<typeof scansAnswer>;

export const scanAnswer = Type.Object({
  ...scanRow.properties,
  problems: Type.Array(
    Type.Object({
      scanner: Type.String(),
      code: Type.String(),
      message: Type.String(),
      path: nullable(Type.String()),
      line: nullable(Type.Integer()),
      /** Something to know that took nothing from the result; the scan is complete all the same. */
      isNotice: Type.Boolean(),
    }),
  ),
  /** Of a built commit: what it holds. What a branch or a pull request holds stands in its issues. */
  findings: Type.Array(
    Type.Object({
      rule: Type.String(),
      title: Type.String({ description: "The rule's title" }),
      severity: severityName,
      message: Type.String(),
      at: place,
      masked: nullable(Type.String()),
    }),
  ),
});
export type ScanDetail = Static<typeof scanAnswer>;
