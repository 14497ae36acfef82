/** Live checks of an instance: which providers are asked whether they still take a secret, in which words, and who allowed it. */
import { type Static, Type } from "typebox";
import { nullable } from "../shapes/nullable.ts";
import { time } from "../shapes/time.ts";

const liveCheckRow = Type.Object({
  provider: Type.String({ description: "Its id: `github`" }),
  title: Type.String(),
  host: Type.String({ description: "The one host that is asked, over https" }),
  request: Type.String({ description: "What is sent: `GET /user`" }),
  trace: Type.String({ description: "What the request leaves at the provider, for whom switches it on" }),
  rules: Type.Array(Type.String({ description: "Rules whose secrets are asked about" })),
  enabled: Type.Boolean(),
  /** Null: it is off. */
  enabledBy: nullable(Type.String()),
  enabledAt: nullable(time),
});
export type LiveCheckRow = Static<typeof liveCheckRow>;

export const liveChecksAnswer = Type.Object({ rows: Type.Array(liveCheckRow) });
export type LiveChecks = Static<typeof liveChecksAnswer>;

/** One switch; the others stay as they are. */
export const liveCheckBody = Type.Object(
  { provider: Type.String({ minLength: 1, maxLength: 100 }), enabled: Type.Boolean() },
  { additionalProperties: false },
);
export type LiveCheckBody = Static<typeof liveCheckBody>;
