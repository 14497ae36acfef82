/** For load balancers and monitoring. */
import { type Static, Type } from "typebox";

export const healthAnswer = Type.Object({ status: Type.Enum(["ok", "unavailable"] as const) });
export type Health = Static<typeof healthAnswer>;
