/** Imports: results of other scanners, given as SARIF 2.1.0. */
import { type Static, Type } from "typebox";
import { id } from "../shapes/id.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { time } from "../shapes/time.ts";

export const importQuery = Type.Object(
  {
    branch: Type.Optional(
      Type.String({ maxLength: 1000, description: "Its short or full name; the default branch if left out" }),
    ),
    pullRequest: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: "In place of a branch: its number" }),
    ),
    category: Type.Optional(
      Type.String({ maxLength: 200, description: "Tells analyses of one tool apart; the file's own if left out" }),
    ),
    commit: Type.Optional(Type.String({ pattern: "^[0-9a-fA-F]{7,64}$", description: "What was analysed" })),
    root: Type.Optional(
      Type.String({ maxLength: 1000, description: "The folder of the repository where the tool ran: for full paths" }),
    ),
  },
  { additionalProperties: false },
);
export type ImportQuery = Static<typeof importQuery>;

const problem = Type.Object({
  at: Type.String({ description: "Where in the file: `runs[0].results[12]`" }),
  message: Type.String(),
});

export const importRow = Type.Object({
  id,
  instanceId: id,
  repositoryId: id,
  branch: nullable(Type.String()),
  pullRequest: nullable(Type.Integer()),
  tool: Type.String(),
  version: nullable(Type.String()),
  category: Type.String({ description: "Empty if there is none" }),
  commit: nullable(Type.String()),
  at: time,
  by: Type.String(),
  counts: Type.Object({
    results: Type.Integer({ description: "In the file" }),
    findings: Type.Integer(),
    silenced: Type.Integer({ description: "Suppressed in the file" }),
    skipped: Type.Integer({ description: "Results that are none: passed, absent, or not understood" }),
    known: Type.Integer({ description: "Of a pull request: what its target has already" }),
    opened: Type.Integer(),
    fixed: Type.Integer(),
  }),
  problems: Type.Array(problem, { description: "The first hundred" }),
});
export type ImportRow = Static<typeof importRow>;

export const importsQuery = Type.Object(pageQuery);
export type ImportsQuery = Partial<Static<typeof importsQuery>>;
export const importsAnswer = pageOf(importRow);
export type Imports = Static<typeof importsAnswer>;

/** One for each tool and category in the file. */
export const importedAnswer = Type.Object({ imports: Type.Array(importRow) });
export type ImportedAnswer = Static<typeof importedAnswer>;
