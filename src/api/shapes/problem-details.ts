/** RFC 9457: what every answer of 4xx and 5xx holds, as application/problem+json. */
import { type Static, Type } from "typebox";

export const problemDetails = Type.Object({
  type: Type.String({ description: "`urn:sallyport:problem#` and the code" }),
  code: Type.String({
    description:
      "A stable word to switch on: `invalid`, `signed-out`, `wrong-password`, `csrf`, `forbidden`, `not-found`, `conflict`, `gone`, `too-many-requests`, `too-large`, `unavailable`, `internal`; calls that ask Azure DevOps: `remote-` and its code (`remote-signed-out`)",
  }),
  title: Type.String({ description: "What happened, in one sentence for people" }),
  status: Type.Integer(),
  detail: Type.Optional(Type.String({ description: "What to do, or what exactly was wrong" })),
  instance: Type.Optional(Type.String({ description: "The request's id, as it stands in the log" })),
  errors: Type.Optional(
    Type.Array(
      Type.Object({
        pointer: Type.String({ description: "JSON pointer into the body (`#/name`), or `query/limit`, `params/id`" }),
        message: Type.String(),
      }),
    ),
  ),
});

export type ProblemDetails = Static<typeof problemDetails>;
