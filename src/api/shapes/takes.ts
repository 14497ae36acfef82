/** Which repositories an instance takes, and what it does with them, as people send it. */
import { type Static, Type } from "typebox";
import { id } from "./id.ts";

const glob = Type.String({ minLength: 1, maxLength: 300 });

/** Globs are matched as `project/repository`, without a slash with the repository's name: `*` any text, `?` one character. */
export const narrowingShape = Type.Object(
  {
    include: Type.Array(glob, { maxItems: 200, description: "Only these; empty means all" }),
    exclude: Type.Array(glob, { maxItems: 200 }),
    skipForks: Type.Boolean(),
    skipDisabled: Type.Boolean(),
    skipEmpty: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type NarrowingBody = Static<typeof narrowingShape>;

export const takesShape = Type.Union([
  Type.Object(
    { is: Type.Literal("existing"), narrowing: Type.Optional(narrowingShape) },
    { additionalProperties: false },
  ),
  Type.Object(
    { is: Type.Literal("existing-and-future"), narrowing: Type.Optional(narrowingShape) },
    { additionalProperties: false },
  ),
  Type.Object(
    { is: Type.Literal("list"), repositories: Type.Array(id, { maxItems: 50_000 }) },
    { additionalProperties: false },
  ),
]);

/** What an administrator switches per instance; everything else always runs. */
export const featuresShape = Type.Object(
  { comment: Type.Boolean(), status: Type.Boolean(), fix: Type.Boolean(), workItems: Type.Boolean() },
  { additionalProperties: false },
);
export type FeaturesBody = Static<typeof featuresShape>;

export const previewBody = Type.Object({ takes: takesShape }, { additionalProperties: false });

export const previewAnswer = Type.Object({
  /** How many repositories would be scanned, of how many. */
  taken: Type.Integer(),
  total: Type.Integer(),
  leftOut: Type.Object({
    fork: Type.Integer(),
    disabled: Type.Integer(),
    empty: Type.Integer(),
    notIncluded: Type.Integer(),
    excluded: Type.Integer(),
  }),
  names: Type.Array(Type.String({ description: "`project/repository`: the first twenty that would be scanned" })),
  /** Of an instance: what is scanned now and would be no longer, and its issues that are not fixed. */
  removed: Type.Object({ repositories: Type.Integer(), issues: Type.Integer() }),
});
export type Preview = Static<typeof previewAnswer>;
