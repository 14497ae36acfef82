/** What the provider said when it was asked whether it still takes the secret. */
import { Type } from "typebox";
import { time } from "./time.ts";

export const liveCheck = Type.Object({
  verdict: Type.Enum(["live", "not-live", "unknown"] as const),
  reason: Type.String({ description: "Of an unknown verdict: why. Otherwise empty, or what was answered" }),
  at: time,
  isByItself: Type.Boolean({ description: "Nobody was asked: the secret itself says that it is not valid any more" }),
});
