/** API tokens of the signed-in person, for scripts: `Authorization: Bearer spt_...`. */
import { type Static, Type } from "typebox";
import { id } from "../shapes/id.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf } from "../shapes/page.ts";
import { time } from "../shapes/time.ts";

const tokenRow = Type.Object({
  id,
  name: Type.String(),
  createdAt: time,
  expires: nullable(time),
});
export type ApiTokenRow = Static<typeof tokenRow>;

export const tokensAnswer = pageOf(tokenRow);
export type ApiTokens = Static<typeof tokensAnswer>;

export const createTokenBody = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 200 }), expires: Type.Optional(time) },
  { additionalProperties: false },
);
export type CreateTokenBody = Static<typeof createTokenBody>;

export const createdTokenAnswer = Type.Object({
  id,
  token: Type.String({ description: "Shown this once; only its hash is kept" }),
});
export type CreatedToken = Static<typeof createdTokenAnswer>;
